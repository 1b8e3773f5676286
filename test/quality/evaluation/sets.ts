/** @file Both sets with all that the engine says of them: pictures read, pairs proposed and judged. */
import path from 'node:path';
import { damages } from '../../../src-main/engine/damage/damages.ts';
import { decodeLocalFeatures } from '../../../src-main/engine/features/local-features-codec.ts';
import type { LocalFeatures } from '../../../src-main/engine/features/local-features.ts';
import { CANDIDATES_PER_CONTENT } from '../../../src-main/engine/scan/candidates.ts';
import type { ContentRecord } from '../../../src-main/engine/store/store.ts';
import { openVoteIndex } from '../../../src-main/engine/votes/open-vote-index.ts';
import { buildWasm } from '../../engine/features/built-wasm.ts';
import {
  CLEAN,
  copies,
  DISTRACTOR,
  distractors,
  truthOf,
  type SetPicture,
  type Truth,
} from '../sets/copies.ts';
import { withoutSlips } from '../sets/slips.ts';
import { lookalikes, type LookalikePair, type Split } from '../sets/lookalikes.ts';
import { candidatesOf, type CandidatePair, type VoteSearch } from './candidates.ts';
import { judgeAll, openJudge, withKindOfToday, type JudgedPair } from './evidence.ts';
import { keptBetweenRuns } from './kept.ts';
import { bestCosine, readPictures, Sides } from './library.ts';
import { withSecondLooks } from './second-looks.ts';

/** What a judge sees of a pair depends on these. */
const JUDGE_SOURCES = [
  'src-main/engine/similarity/verification',
  'src-main/engine/similarity/second-check',
  'src-main/engine/features',
  'src-main/engine/matching/judge.ts',
  ...['quantisation', 'segments', 'writer'].map((file) => `src-main/engine/imaging/jpeg-${file}.ts`),
  ...['kind', 'measures', 'resaved', 'same-at-sight', 'thumbnail-difference'].map(
    (file) => `src-main/engine/similarity/matcher/${file}.ts`,
  ),
  'src-main/engine/similarity/relation.ts',
];
/** What is proposed depends on these. */
const CANDIDATE_SOURCES = [
  'src-main/engine/features',
  'src-main/engine/scan/candidates.ts',
  'src-main/engine/similarity/votes',
  'assets/encoder',
  'assets/vocabulary',
  'test/quality/evaluation/candidates.ts',
  'test/quality/evaluation/sets.ts',
  'test/quality/sets/copies.ts',
];

const VOCABULARY_DIRECTORY = path.join(import.meta.dirname, '../../../assets/vocabulary');

export interface JudgedCopies {
  pictures: SetPicture[];
  /** All candidates, those that are not counted left out. */
  pairs: JudgedPair[];
  candidates: CandidatePair[];
  /** Pairs of a photo and its copy, whether proposed or not. */
  positives: Map<string, number>;
}

export async function judgedCopies(photos?: number, split: Split = 'test'): Promise<JudgedCopies> {
  const parts = await copies(photos, split);
  const pictures = [...parts.flat(), ...distractors()];
  const records = await readParts(parts, split);
  const pairOf = (a: number, b: number): [SetPicture, SetPicture] => {
    const [one, other] = [pictures[a], pictures[b]];
    if (one === undefined || other === undefined) throw new RangeError('No such picture.');
    return [one, other];
  };
  const truth = (a: number, b: number): Truth => truthOf(...pairOf(a, b));
  const families = Map.groupBy(pictures.keys(), (i) => pictures[i]?.photo ?? '');
  const name = `copies-${split}-${parts.flat().length}`;
  const candidates = await keptBetweenRuns(
    `candidates-${name}`,
    CANDIDATE_SOURCES,
    hashesOf(records),
    async () =>
      candidatesOf(records, {
        searched: CANDIDATES_PER_CONTENT + damages.length + 20,
        isCounted: (a, b) => truth(a, b) !== 'not counted',
        hiddenFrom: (i) =>
          (families.get(pictures[i]?.photo ?? '') ?? []).filter((j) => truth(i, j) === 'not counted'),
        search: await votesOf(records),
      }),
  );
  const isTrue = ({ a, b }: CandidatePair): boolean => truth(a, b) === 'copy';
  const found = await judgedParts(parts, records, candidates.filter(isTrue), split);
  const others = await judged(
    `${name}-others`,
    records,
    pathsOf(pictures),
    candidates.filter((pair) => !isTrue(pair)),
  );
  return { pictures, pairs: [...found, ...others], candidates, positives: countCopies(pictures) };
}

function countCopies(pictures: readonly SetPicture[]): Map<string, number> {
  const positives = new Map<string, number>();
  for (const { damage } of pictures) {
    if (damage !== CLEAN && damage !== DISTRACTOR) positives.set(damage, (positives.get(damage) ?? 0) + 1);
  }
  return positives;
}

async function readParts(parts: readonly SetPicture[][], split: Split): Promise<ContentRecord[]> {
  const records: ContentRecord[] = [];
  for (const [i, part] of parts.entries()) {
    records.push(
      ...(await readPictures(
        `copies-${split}-${i}`,
        part.map(({ path: file }) => file),
      )),
    );
  }
  records.push(
    ...(await readPictures(
      'distractors',
      distractors().map(({ path: file }) => file),
    )),
  );
  return records;
}

/** Judges each photo against all its copies, part by part, and keeps those that were proposed. */
async function judgedParts(
  parts: readonly SetPicture[][],
  records: readonly ContentRecord[],
  proposed: readonly CandidatePair[],
  split: Split,
): Promise<JudgedPair[]> {
  const asked = new Set(proposed.map(({ a, b }) => `${Math.min(a, b)}:${Math.max(a, b)}`));
  const kept: JudgedPair[] = [];
  let first = 0;
  for (const [i, part] of parts.entries()) {
    const own = records.slice(first, first + part.length);
    const pairs: { a: number; b: number; cosine: number }[] = [];
    let clean = 0;
    for (const [k, { damage }] of part.entries()) {
      if (damage === CLEAN) clean = k;
      else pairs.push({ a: clean, b: k, cosine: bestCosine(own[clean], own[k]) });
    }
    for (const pair of await judged(`copies-${split}-${i}-true`, own, pathsOf(part), pairs)) {
      const placed = { ...pair, a: pair.a + first, b: pair.b + first };
      if (asked.has(`${placed.a}:${placed.b}`)) kept.push(placed);
    }
    first += part.length;
  }
  return kept;
}

export async function judgedLookalikes(
  split: Split,
  part: 'whole' | 'sample' = 'whole',
): Promise<{ pair: LookalikePair; judged: JudgedPair }[]> {
  const list = await withoutSlips(await lookalikes(split, part));
  const files = [...new Set(list.flatMap(({ a, b }) => [a, b]))];
  const places = new Map(files.map((file, i) => [file, i]));
  const name = `lookalikes-${split}-${part}`;
  const records = await readPictures(name, files);
  const rows = list.map(({ a, b }) => {
    const [one, other] = [places.get(a) ?? 0, places.get(b) ?? 0];
    return { a: one, b: other, cosine: bestCosine(records[one], records[other]) };
  });
  const pairs = await judged(name, records, files, rows);
  return list.flatMap((pair, i) => {
    const one = pairs[i];
    return one === undefined ? [] : [{ pair, judged: one }];
  });
}

async function votesOf(records: readonly ContentRecord[]): Promise<VoteSearch> {
  const index = await openVoteIndex(VOCABULARY_DIRECTORY, await buildWasm());
  if (index.reason !== undefined) throw new Error(`Votes would be counted slowly: ${index.reason}`);
  for (const [i, record] of records.entries()) index.add(i, featuresOf(record));
  return (i, count, hidden) => {
    const record = records[i];
    if (record === undefined) throw new RangeError(`There is no picture ${i}.`);
    return index.search(featuresOf(record), count, hidden).map(({ id }) => id);
  };
}

function featuresOf({ look }: ContentRecord): LocalFeatures {
  const features = decodeLocalFeatures(look.localFeatures);
  if (features === undefined) throw new Error('Local features of another version.');
  return features;
}

function pathsOf(pictures: readonly SetPicture[]): string[] {
  return pictures.map(({ path: file }) => file);
}

/** Which pictures they are of. */
function hashesOf(records: readonly ContentRecord[]): string[] {
  return records.map(({ hash }) => Buffer.from(hash).toString('hex'));
}

/** In the order of the pairs; sorted by picture for the work itself, so that few pictures are at hand at once. */
async function judged(
  name: string,
  records: readonly ContentRecord[],
  files: readonly string[],
  pairs: readonly { a: number; b: number; cosine: number }[],
): Promise<JudgedPair[]> {
  const kept = await keptBetweenRuns(
    `judged-${name}`,
    JUDGE_SOURCES,
    [...hashesOf(records), ...pairs.map(({ a, b, cosine }) => `${a}:${b}:${cosine}`)],
    async () => {
      const order = [...pairs.keys()].sort((i, j) => (pairs[i]?.a ?? 0) - (pairs[j]?.a ?? 0));
      const sorted = order.flatMap((i) => pairs[i] ?? []);
      const began = performance.now();
      const results = await judgeAll(await openJudge(), new Sides(records), sorted, (done) => {
        const seconds = (performance.now() - began) / 1000;
        console.log(`  judged ${done} of ${pairs.length} pairs of ${name} in ${seconds.toFixed(0)} s`);
      });
      const placed: JudgedPair[] = [];
      for (const [k, i] of order.entries()) {
        const result = results[k];
        if (result !== undefined) placed[i] = result;
      }
      return placed;
    },
  );
  return withSecondLooks(name, JUDGE_SOURCES, records, files, kept.map(withKindOfToday));
}
