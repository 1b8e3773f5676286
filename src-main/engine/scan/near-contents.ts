/** @file Which contents are near each other by embedding: lists of rows as lists of contents, in a few flat arrays. */
import { NO_ROW, type NearestLists } from '../similarity/nearest-lists.ts';
import type { ContentParts } from './content-parts.ts';

/** The answer of an index: list i belongs to rows[i]. */
export interface FoundLists {
  rows: Int32Array;
  lists: NearestLists;
}

export interface NearContent {
  /** Of the other content. */
  number: number;
  /** The largest between parts of both. */
  cosine: number;
}

/** A content that is in the list of another has that one in its own. */
export class NearContents {
  /** Content n takes the places from ends[n - 1] up to, not including, ends[n]. */
  readonly #ends: Uint32Array;
  readonly #others: Int32Array;
  readonly #cosines: Float64Array;

  /** @param floor cosine that a neighbour has to be above */
  constructor(parts: ContentParts, found: readonly FoundLists[], floor: number) {
    const starts = new Uint32Array(parts.count + 1);
    eachNeighbour(parts, found, floor, (one, other) => {
      starts[one + 1] = (starts[one + 1] ?? 0) + 1;
      starts[other + 1] = (starts[other + 1] ?? 0) + 1;
    });
    for (let n = 1; n < starts.length; n++) starts[n] = (starts[n] ?? 0) + (starts[n - 1] ?? 0);
    const total = starts[parts.count] ?? 0;
    this.#others = new Int32Array(total);
    this.#cosines = new Float64Array(total);
    const put = (one: number, other: number, cosine: number): void => {
      const place = starts[one] ?? 0;
      this.#others[place] = other;
      this.#cosines[place] = cosine;
      starts[one] = place + 1;
    };
    eachNeighbour(parts, found, floor, (one, other, cosine) => {
      put(one, other, cosine);
      put(other, one, cosine);
    });
    this.#ends = starts;
  }

  /** Each once, by number. */
  of(content: number): NearContent[] {
    const from = content === 0 ? 0 : (this.#ends[content - 1] ?? 0);
    const best = new Map<number, number>();
    for (let place = from; place < (this.#ends[content] ?? 0); place++) {
      const other = this.#others[place] ?? 0;
      best.set(other, Math.max(best.get(other) ?? -1, this.#cosines[place] ?? -1));
    }
    return [...best].map(([number, cosine]) => ({ number, cosine })).sort((a, b) => a.number - b.number);
  }
}

function eachNeighbour(
  parts: ContentParts,
  found: readonly FoundLists[],
  floor: number,
  visit: (one: number, other: number, cosine: number) => void,
): void {
  for (const { rows, lists } of found) {
    const { k, scores } = lists;
    for (const [list, row] of rows.entries()) {
      const own = parts.ownerOf(row);
      for (let place = list * k; place < (list + 1) * k; place++) {
        const neighbour = lists.rows[place] ?? NO_ROW;
        const cosine = scores[place] ?? -Infinity;
        if (neighbour === NO_ROW || cosine <= floor) break;
        const other = parts.ownerOf(neighbour);
        if (other !== own) visit(own, other, cosine);
      }
    }
  }
}
