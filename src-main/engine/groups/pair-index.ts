/** @file Looks up the row of a pair of contents among the slim pairs. */
import type { ScoredPairs } from './library-rows.ts';

export class PairIndex {
  /** Rows of content c: those from start[c] to start[c + 1] - 1 of the two lists below. */
  readonly #start: Int32Array;
  readonly #other: Int32Array;
  readonly #row: Int32Array;

  constructor(contents: number, { count, a, b }: ScoredPairs) {
    const start = new Int32Array(contents + 1);
    for (let row = 0; row < count; row++) {
      for (const end of [a[row] ?? 0, b[row] ?? 0]) start[end + 1] = (start[end + 1] ?? 0) + 1;
    }
    for (let content = 0; content < contents; content++) {
      start[content + 1] = (start[content + 1] ?? 0) + (start[content] ?? 0);
    }
    const free = start.slice();
    this.#start = start;
    this.#other = new Int32Array(2 * count);
    this.#row = new Int32Array(2 * count);
    const put = (content: number, other: number, row: number): void => {
      const at = free[content] ?? 0;
      this.#other[at] = other;
      this.#row[at] = row;
      free[content] = at + 1;
    };
    for (let row = 0; row < count; row++) {
      put(a[row] ?? 0, b[row] ?? 0, row);
      put(b[row] ?? 0, a[row] ?? 0, row);
    }
  }

  /** @returns -1 when there is no such pair */
  rowOf(a: number, b: number): number {
    const [from, to] = this.degree(a) <= this.degree(b) ? [a, b] : [b, a];
    const end = this.#start[from + 1] ?? 0;
    for (let at = this.#start[from] ?? 0; at < end; at++)
      if (this.#other[at] === to) return this.#row[at] ?? -1;
    return -1;
  }

  /** Pairs that a content is in. */
  degree(content: number): number {
    return (this.#start[content + 1] ?? 0) - (this.#start[content] ?? 0);
  }

  /** Rows of the pairs that a content is in, best first. */
  rowsOf(content: number): Int32Array {
    return this.#row.subarray(this.#start[content] ?? 0, this.#start[content + 1] ?? 0);
  }
}
