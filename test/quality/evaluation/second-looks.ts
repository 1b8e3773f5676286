/** @file Pairs that thumbnails leave open, looked at on their files as the product does it; kept between runs. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PairJudge } from '../../../src-main/engine/matching/judge.ts';
import { lookAgain, type LookingReader } from '../../../src-main/engine/matching/second-look.ts';
import { secondLook } from '../../../src-main/engine/reader/second-look.ts';
import type { PairEvidence } from '../../../src-main/engine/similarity/matcher/evidence.ts';
import { openQuestion } from '../../../src-main/engine/similarity/matcher/settled.ts';
import {
  createWasmKernels,
  SECOND_CHECK_WASM,
} from '../../../src-main/engine/similarity/second-check/wasm-kernels.ts';
import type { ContentRecord } from '../../../src-main/engine/store/store.ts';
import { buildWasm } from '../../engine/features/built-wasm.ts';
import { NO_WEIGHTS, openJudge, relationsOf, type JudgedPair } from './evidence.ts';
import { keptBetweenRuns } from './kept.ts';
import { bestCosine, Sides } from './library.ts';

/** What a look at the files makes of a pair depends on these, besides all that the judge depends on. */
const LOOK_SOURCES = [
  ...['added', 'added-weights', 'close-look', 'noise', 'settled'].map(
    (file) => `src-main/engine/similarity/matcher/${file}.ts`,
  ),
  'src-main/engine/matching/second-look.ts',
  'src-main/engine/reader/second-look.ts',
];

type Settled = Pick<PairEvidence, 'second' | 'trusted'> &
  Pick<JudgedPair, 'relationOfCopy' | 'relationOfScene'>;

/** Those that are open, as their files settle them; the others as they were. */
export async function withSecondLooks(
  name: string,
  judgeSources: readonly string[],
  records: readonly ContentRecord[],
  files: readonly string[],
  pairs: readonly JudgedPair[],
): Promise<JudgedPair[]> {
  const open = pairs.filter(isOpen);
  const hashOf = (i: number): string => Buffer.from(records[i]?.hash ?? []).toString('hex');
  const settled = await keptBetweenRuns(
    `looked-${name}`,
    [...judgeSources, ...LOOK_SOURCES],
    open.map(({ a, b }) => `${hashOf(a)}:${hashOf(b)}`),
    () => lookAtAll(name, records, files, open),
  );
  const found = new Map(open.map((pair, i) => [pair, settled[i]]));
  return pairs.map((pair) => {
    const now = found.get(pair);
    if (now === undefined) return pair;
    const { second, trusted, relationOfCopy, relationOfScene } = now;
    return {
      ...pair,
      relationOfCopy,
      relationOfScene,
      evidence: { ...pair.evidence, second, trusted },
      byThumbnails: pair.evidence,
    };
  });
}

function isOpen({ evidence: { second, trusted }, seen }: JudgedPair): boolean {
  return seen !== null && openQuestion({ kind: second, trusted, ...seen }) !== null;
}

async function lookAtAll(
  name: string,
  records: readonly ContentRecord[],
  files: readonly string[],
  open: readonly JudgedPair[],
): Promise<Settled[]> {
  const [judge, pool, sides] = [await openJudge(), await openLooks(), new Sides(records)];
  const settled: Settled[] = [];
  const began = performance.now();
  for (const { a, b } of open) settled.push(await lookAt(judge, pool, sides, records, files, a, b));
  if (open.length > 0) {
    const each = (performance.now() - began) / open.length;
    console.log(`  looked at the files of ${open.length} pairs of ${name}, ${each.toFixed(0)} ms each`);
  }
  return settled;
}

async function lookAt(
  judge: PairJudge,
  pool: LookingReader,
  sides: Sides,
  records: readonly ContentRecord[],
  files: readonly string[],
  a: number,
  b: number,
): Promise<Settled> {
  const onDisk = (i: number): Parameters<typeof lookAgain>[2] => {
    const [record, file] = [records[i], files[i]];
    if (record === undefined || file === undefined) throw new RangeError(`There is no picture ${i}.`);
    return { match: sides.get(i), path: file, hash: record.hash };
  };
  const [one, other] = [onDisk(a), onDisk(b)];
  const judgement = await judge.judge(one.match, other.match, bestCosine(records[a], records[b]));
  const { signal } = new AbortController();
  const { evidence, measures } = await lookAgain(pool, NO_WEIGHTS, one, other, judgement, signal);
  return {
    second: evidence.second,
    trusted: evidence.trusted,
    ...relationsOf(one.match, other.match, measures),
  };
}

/** Looks in this process. */
async function openLooks(): Promise<LookingReader> {
  const kernels = await createWasmKernels(await readFile(path.join(await buildWasm(), SECOND_CHECK_WASM)));
  return {
    secondLook: (files) => secondLook(files, kernels, readFileSync, (_, work) => work()),
  };
}
