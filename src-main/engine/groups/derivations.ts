/** @file Which contents were made from which others, by what was measured of the pairs. */
import { swapLetters } from '../similarity/swap-measures.ts';
import type { GroupRows } from './group-rows.ts';

interface Derivation {
  /** The one that was made from the other. */
  content: number;
  /** Sentences that call it A and the other B. */
  because: readonly string[];
}

const NOTHING: readonly string[] = [];

export class Derivations {
  readonly #rows: Pick<GroupRows, 'index' | 'pairs' | 'readMeasures'>;
  /** By row; null: nothing tells. */
  readonly #known = new Map<number, Derivation | null>();

  constructor(rows: Pick<GroupRows, 'index' | 'pairs' | 'readMeasures'>) {
    this.#rows = rows;
  }

  /** Numbers of contents. @returns what says so, this one called A and the other B; empty: nothing does */
  madeFrom(content: number, other: number | undefined): readonly string[] {
    if (other === undefined || other === content) return NOTHING;
    const row = this.#rows.index.rowOf(content, other);
    if (row === -1) return NOTHING;
    let derivation = this.#known.get(row);
    if (derivation === undefined) this.#known.set(row, (derivation = this.#read(row)));
    return derivation?.content === content ? derivation.because : NOTHING;
  }

  #read(row: number): Derivation | null {
    const { pairs, readMeasures } = this.#rows;
    const derived = readMeasures(row)?.derived;
    if (derived === null || derived === undefined) return null;
    return derived.side === 'a'
      ? { content: pairs.a[row] ?? -1, because: derived.because }
      : { content: pairs.b[row] ?? -1, because: derived.because.map(swapLetters) };
  }
}
