/** @file Which photos hold another with something added around it: the copy, whatever its size. */
import type { Edit } from '../../contract/model.ts';
import type { GroupRows } from './group-rows.ts';
import { codeOf, SERIES_RELATIONS } from './library-rows.ts';

/** Edits name the relation of copies; what is no copy may lie in a collage too. */
const MAY_BE_AROUND = new Set((['edited', ...Object.values(SERIES_RELATIONS)] as const).map(codeOf));
const AROUND: ReadonlySet<Edit> = new Set(['border', 'screenshot', 'collage']);

export class Surroundings {
  readonly #rows: Pick<GroupRows, 'index' | 'pairs' | 'readMeasures'>;
  /** The content that holds the other, by row; -1: neither. */
  readonly #holders = new Map<number, number>();

  constructor(rows: Pick<GroupRows, 'index' | 'pairs' | 'readMeasures'>) {
    this.#rows = rows;
  }

  /** Numbers of contents. */
  holds(content: number, other: number | undefined): boolean {
    const row = other === undefined ? -1 : this.#rows.index.rowOf(content, other);
    if (row === -1 || !MAY_BE_AROUND.has(this.#rows.pairs.relation[row] ?? 0)) return false;
    let holder = this.#holders.get(row);
    if (holder === undefined) this.#holders.set(row, (holder = this.#holderOf(row)));
    return holder === content;
  }

  /** What was put around a photo takes a part of its frame that the other does not show. */
  #holderOf(row: number): number {
    const { pairs, readMeasures } = this.#rows;
    const measures = readMeasures(row);
    if (!measures?.edits.some((edit) => AROUND.has(edit))) return -1;
    const { overlapA, overlapB } = measures.alignment;
    if (overlapA === overlapB) return -1;
    return (overlapA < overlapB ? pairs.a[row] : pairs.b[row]) ?? -1;
  }
}
