/** @file Which rows of embeddings are parts of one content. Contents are known by numbers, which take little room. */
import { cosineOfRows } from '../similarity/vectors.ts';
import type { ContentId, EmbeddingRows } from '../store/store.ts';

const NO_BOXES: readonly number[] = [];

export class ContentParts {
  readonly #embeddings: EmbeddingRows;
  /** By number, which is the row of the frame. */
  readonly #ids: ContentId[];
  readonly #numbers: ReadonlyMap<ContentId, number>;
  /** Number of the content of each row. */
  readonly #owners: Int32Array;
  /** Rows of the boxes, where a content has any. */
  readonly #boxes = new Map<number, number[]>();

  constructor(embeddings: EmbeddingRows) {
    const { ids, frames } = embeddings;
    this.#embeddings = embeddings;
    this.#ids = ids.slice(0, frames);
    this.#numbers = new Map(this.#ids.map((id, number) => [id, number]));
    this.#owners = Int32Array.from(ids, (id) => this.numberOf(id));
    for (let row = frames; row < ids.length; row++) {
      const owner = this.ownerOf(row);
      const boxes = this.#boxes.get(owner);
      if (boxes === undefined) this.#boxes.set(owner, [row]);
      else boxes.push(row);
    }
  }

  get count(): number {
    return this.#ids.length;
  }

  idOf(number: number): ContentId {
    return this.#ids[number] ?? 0;
  }

  /** @throws RangeError when there is no embedding of its frame */
  numberOf(id: ContentId): number {
    const number = this.#numbers.get(id);
    if (number === undefined) throw new RangeError(`Content ${id} has no embedding of its frame.`);
    return number;
  }

  /** Number of the content that a row is part of. */
  ownerOf(row: number): number {
    return this.#owners[row] ?? 0;
  }

  /** Ascending. */
  rowsOf(numbers: Iterable<number>): Int32Array {
    const rows: number[] = [];
    for (const number of numbers) rows.push(number, ...this.#boxesOf(number));
    return Int32Array.from(rows).sort();
  }

  /** The largest between the parts of one and those of the other. */
  cosine(a: number, b: number): number {
    let best = -1;
    for (const row of [a, ...this.#boxesOf(a)]) {
      for (const other of [b, ...this.#boxesOf(b)]) {
        best = Math.max(best, cosineOfRows(this.#embeddings, row, other));
      }
    }
    return best;
  }

  #boxesOf(number: number): readonly number[] {
    return this.#boxes.get(number) ?? NO_BOXES;
  }
}
