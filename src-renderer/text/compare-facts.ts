/** @file Facts of two to four photos side by side: made of the comparisons of A with each of the others. */
import type { Comparison } from '../../src-main/contract/model.ts';

/** best: what a keeper's rule prefers; lost: the keeper does not say it, so it would be gone with the copies. */
export type FactTone = 'best' | 'lost' | null;

export interface FactCell {
  /** null: the photo does not say. */
  value: string | null;
  tone: FactTone;
}

export interface FactRow {
  name: string;
  differs: boolean;
  /** A first, in the order of the photos. */
  cells: FactCell[];
}

type Facts = Comparison['facts'];

/**
 * @param facts of A with each of the others; undefined while a comparison is on its way
 * @param keeper place of the photo that stays, -1 when it is not among them
 */
export function factRows(facts: readonly (Facts | undefined)[], keeper: number): FactRow[] {
  const names = [...new Set(facts.flatMap((entries) => entries?.map(({ name }) => name) ?? []))];
  return names.map((name) => rowOf(name, facts, keeper));
}

function rowOf(name: string, facts: readonly (Facts | undefined)[], keeper: number): FactRow {
  const pairs = facts.map((entries) => entries?.find((fact) => fact.name === name));
  // Every pair says the same of A; one in which neither says anything may leave the fact out.
  const ofA = pairs.find((pair) => pair !== undefined)?.a ?? null;
  const values = [ofA, ...pairs.map((pair) => pair?.b ?? null)];
  const better = pairs.map((pair) => pair?.better ?? null);
  const kept = values[keeper] ?? null;
  const onlyKept = kept !== null && values.every((value, place) => place === keeper || value === null);
  return {
    name,
    differs: values.some((value) => value !== ofA),
    cells: values.map((value, place) => {
      if (value === null) return { value, tone: null };
      if (keeper !== -1 && kept === null) return { value, tone: 'lost' };
      const isBest = place === 0 ? better.includes('a') && !better.includes('b') : better[place - 1] === 'b';
      return { value, tone: isBest || (onlyKept && place === keeper) ? 'best' : null };
    }),
  };
}

export interface LostFact {
  name: string;
  value: string;
  /** Places of the photos that say it. */
  places: number[];
}

/** What would be gone if only the keeper stayed. */
export function lostFacts(rows: readonly FactRow[]): LostFact[] {
  return rows.flatMap(({ name, cells }) => {
    const lost = cells.map(({ value, tone }) => (tone === 'lost' ? value : null));
    return [...new Set(lost)].flatMap((value) => {
      if (value === null) return [];
      return [{ name, value, places: lost.flatMap((entry, place) => (entry === value ? [place] : [])) }];
    });
  });
}
