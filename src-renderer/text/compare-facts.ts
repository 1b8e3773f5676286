/** @file Facts of two to four photos side by side: made of the comparisons of A with each of the others. */
import type { Comparison, Folder, PairMeasures, Photo } from '../../src-main/contract/model.ts';
import { takenAt } from './dates.ts';
import { formatName } from './formats.ts';
import { bytes, count } from './numbers.ts';
import { placeOf } from './places.ts';

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
 * @param facts of A with each of the others, without those in which the two agree; undefined while a comparison is on
 * its way
 * @param keeper place of the photo that stays, -1 when it is not among them
 * @param own facts that the photos carry themselves, for those that no comparison tells
 */
export function factRows(
  facts: readonly (Facts | undefined)[],
  keeper: number,
  own: readonly { name: string; values: readonly string[] }[] = [],
): FactRow[] {
  const names = [...new Set(facts.flatMap((entries) => entries?.map(({ name }) => name) ?? []))];
  const told = names.map((name) => rowOf(name, facts, keeper));
  const untold = own.filter(({ name }) => !names.includes(name));
  const filled = untold.map(({ name, values }) => ({
    name,
    differs: new Set(values).size > 1,
    cells: values.map((value) => ({ value, tone: null })),
  }));
  return [...told, ...filled].sort((a, b) => orderOf(a.name) - orderOf(b.name));
}

/** As the comparisons tell them, one of which may begin in the middle. What is not named here comes last. */
const order = [
  'Pixels',
  'Format',
  'File size',
  'Quality',
  'Date taken',
  'Camera',
  'Lens',
  'Exposure',
  'Place',
];

function orderOf(name: string): number {
  const place = order.indexOf(name);
  return place === -1 ? order.length : place;
}

function rowOf(name: string, facts: readonly (Facts | undefined)[], keeper: number): FactRow {
  const pairs = facts.map((entries) => entries?.find((fact) => fact.name === name));
  // Every pair says the same of A; one that does not speak of the fact agrees with A.
  const ofA = pairs.find((pair) => pair !== undefined)?.a ?? null;
  const ofOthers = pairs.map((pair, place) => {
    if (pair !== undefined) return pair.b;
    return facts[place] === undefined ? null : ofA;
  });
  const values = [ofA, ...ofOthers];
  const better = pairs.map((pair) => pair?.better ?? null);
  const kept = values[keeper] ?? null;
  const onlyKept = kept !== null && values.every((value, place) => place === keeper || value === null);
  return {
    name,
    differs: true,
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

/** "C comes from A: it is compressed more". The signs are told of A and B, but B may have another letter here. */
export function derivedLine(derived: NonNullable<PairMeasures['derived']>, letter: string): string {
  const [later, earlier] = derived.side === 'b' ? [letter, 'A'] : ['A', letter];
  const signs = derived.because.map((sign) =>
    sign.replace(/\bB\b/g, letter).replace(new RegExp(`^${later}\\b`), 'it'),
  );
  return `${later} comes from ${earlier}: ${signs.join(', ')}`;
}

/** Facts that every photo carries itself, in the words of the comparisons. */
export function ownFacts(
  photos: readonly Photo[],
  folders: readonly Folder[],
): { name: string; values: string[] }[] {
  const say: Record<string, (photo: Photo) => string> = {
    Pixels: ({ width, height }) => `${count(width)} × ${count(height)}`,
    Format: ({ format }) => formatName(format),
    'File size': (photo) => bytes(photo.bytes),
    'Date taken': (photo) => takenAt(photo.takenAt),
    Camera: ({ camera }) => camera ?? 'Not said',
    Folder: (photo) => placeOf(photo, folders),
  };
  return Object.entries(say).map(([name, of]) => ({ name, values: photos.map(of) }));
}
