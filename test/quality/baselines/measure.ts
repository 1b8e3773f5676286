/** @file Others on both sets: pHash, and czkawka where it is at hand, each by the threshold that suits it best. */
import type { LookalikePair } from '../sets/lookalikes.ts';
import { truthOf, CLEAN, type SetPicture } from '../sets/copies.ts';
import { czkawkaPairs, czkawkaVersion, numberedFolder, type CzkawkaSettings } from './czkawka.ts';
import { countDistances, figuresOfCounts, type Counts, type HashFigures } from './hash-figures.ts';
import { HASH_BITS, hammingDistance, perceptualHash } from './perceptual-hash.ts';

export interface Baseline {
  name: string;
  figures: HashFigures;
  /** Part of the look-alike pairs, and of copies among them, that it groups at the best threshold for set Q. */
  lookalikes: { family: string; label: string; pairs: number; grouped: number }[];
}

export async function measurePerceptualHash(
  pictures: readonly SetPicture[],
  lookalikes: readonly LookalikePair[],
): Promise<Baseline> {
  const hashes: Uint8Array[] = [];
  for (const { path: file } of pictures) hashes.push(await perceptualHash(file));
  const distance = (a: number, b: number): number =>
    hammingDistance(hashes[a] ?? new Uint8Array(), hashes[b] ?? new Uint8Array());
  const figures = figuresOfCounts(countDistances(pictures, HASH_BITS, distance));
  const known = new Map<string, Uint8Array>();
  const hashOf = async (file: string): Promise<Uint8Array> => {
    const hash = known.get(file) ?? (await perceptualHash(file));
    known.set(file, hash);
    return hash;
  };
  const grouped: boolean[] = [];
  for (const { a, b } of lookalikes) {
    grouped.push(hammingDistance(await hashOf(a), await hashOf(b)) <= figures.best.distance);
  }
  return { name: 'pHash, 256 bits', figures, lookalikes: byFamily(lookalikes, (i) => grouped[i] === true) };
}

/** By bits a side of the hash: beyond these nearly everything is one group. 40 is the most it takes. */
const distancesOf: ReadonlyMap<number, readonly number[]> = new Map([
  [8, [0, 1, 2, 3, 4, 5, 6, 8, 10]],
  [16, [0, 2, 4, 6, 8, 10, 12, 15, 20, 25, 30, 35, 40]],
]);
const INVARIANCE = 'mirror-flip-rotate90';

/** Its hashes in the two sizes that it recommends; the best one by uAP is kept. */
const czkawkaSettings: readonly CzkawkaSettings[] = ['Gradient', 'Mean', 'DoubleGradient'].flatMap(
  (algorithm) =>
    [...distancesOf].map(([hashSize, distances]) => ({
      algorithm,
      hashSize,
      filter: 'Lanczos3',
      invariance: INVARIANCE,
      distances,
    })),
);

/** @returns undefined when the program can't be started */
export async function measureCzkawka(
  program: string,
  pictures: readonly SetPicture[],
  lookalikes: readonly LookalikePair[],
): Promise<Baseline | undefined> {
  const version = await czkawkaVersion(program);
  if (version === undefined) return undefined;
  const { folder, remove } = await numberedFolder(pictures.map(({ path: file }) => file));
  try {
    let best: { settings: CzkawkaSettings; figures: HashFigures } | undefined;
    for (const settings of czkawkaSettings) {
      const figures = figuresOfCounts(countGrouped(pictures, await czkawkaPairs(program, folder, settings)));
      console.log(
        `  ${version} ${settings.algorithm} ${settings.hashSize}: uAP ${figures.averagePrecision.toFixed(4)}`,
      );
      if (best === undefined || figures.averagePrecision > best.figures.averagePrecision) {
        best = { settings, figures };
      }
    }
    if (best === undefined) return undefined;
    const { algorithm, hashSize } = best.settings;
    const name = `${version} (${algorithm}, ${hashSize}, ${INVARIANCE})`;
    const rows = await groupedLookalikes(program, lookalikes, best.settings, best.figures.best.distance);
    return { name, figures: best.figures, lookalikes: rows };
  } finally {
    await remove();
  }
}

/** A distance above all: never grouped. */
const NEVER = 41;

function countGrouped(pictures: readonly SetPicture[], found: ReadonlyMap<string, number>): Counts {
  const counts: Counts = { copies: new Map(), others: new Array<number>(NEVER + 1).fill(0) };
  // Pairs that it never grouped count at NEVER; of the others that is all but a handful, which no figure depends on.
  const add = (list: number[], at: number): void => {
    list[at] = (list[at] ?? 0) + 1;
  };
  const families = Map.groupBy(pictures.keys(), (i) => pictures[i]?.photo ?? '');
  for (const members of families.values()) {
    const clean = members.find((i) => pictures[i]?.damage === CLEAN);
    if (clean === undefined) continue;
    for (const i of members) {
      if (i === clean) continue;
      const damage = pictures[i]?.damage ?? '';
      const list = counts.copies.get(damage) ?? new Array<number>(NEVER + 1).fill(0);
      add(list, found.get(`${Math.min(i, clean)}:${Math.max(i, clean)}`) ?? NEVER);
      counts.copies.set(damage, list);
    }
  }
  for (const [key, distance] of found) {
    const [i, j] = key.split(':').map(Number);
    const [a, b] = [pictures[i ?? -1], pictures[j ?? -1]];
    if (a !== undefined && b !== undefined && truthOf(a, b) === 'other') add(counts.others, distance);
  }
  // As if everything else came last: recall there costs all precision.
  counts.others[NEVER] = (pictures.length * pictures.length) / 2;
  return counts;
}

async function groupedLookalikes(
  program: string,
  pairs: readonly LookalikePair[],
  settings: CzkawkaSettings,
  distance: number,
): Promise<Baseline['lookalikes']> {
  const files = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const places = new Map(files.map((file, i) => [file, i]));
  const { folder, remove } = await numberedFolder(files);
  try {
    const found = await czkawkaPairs(program, folder, { ...settings, distances: [distance] });
    return byFamily(pairs, (i) => {
      const [a, b] = [places.get(pairs[i]?.a ?? '') ?? -1, places.get(pairs[i]?.b ?? '') ?? -1];
      return found.has(`${Math.min(a, b)}:${Math.max(a, b)}`);
    });
  } finally {
    await remove();
  }
}

function byFamily(
  pairs: readonly LookalikePair[],
  isGrouped: (i: number) => boolean,
): Baseline['lookalikes'] {
  const rows = Map.groupBy(pairs.keys(), (i) => `${pairs[i]?.family ?? ''}|${pairs[i]?.label ?? ''}`);
  return [...rows].map(([key, members]) => {
    const [family = '', label = ''] = key.split('|');
    return {
      family,
      label,
      pairs: members.length,
      grouped: members.filter(isGrouped).length / members.length,
    };
  });
}
