/** @file Pairs judged by the engine, and what its judge saw of each: computed once, scored as often as weights change. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Relation } from '../../../src-main/contract/model.ts';
import { createJudge, type PairJudge } from '../../../src-main/engine/matching/judge.ts';
import type { PairEvidence } from '../../../src-main/engine/similarity/matcher/evidence.ts';
import { evidenceNames } from '../../../src-main/engine/similarity/matcher/evidence.ts';
import { relate, type Likeness } from '../../../src-main/engine/similarity/relation.ts';
import {
  createWasmKernels,
  SECOND_CHECK_WASM,
} from '../../../src-main/engine/similarity/second-check/wasm-kernels.ts';
import {
  createWasmMatcher,
  MATCHING_WASM,
} from '../../../src-main/engine/similarity/verification/wasm-matcher.ts';
import { buildWasm } from '../../engine/features/built-wasm.ts';
import type { Sides } from './library.ts';

export interface JudgedPair {
  a: number;
  b: number;
  evidence: PairEvidence;
  /** Were it a copy. */
  relationOfCopy: Relation;
  relationOfScene: Relation;
}

/** The judge without weights: what it sees does not depend on them. */
export async function openJudge(): Promise<PairJudge> {
  const built = await buildWasm();
  const match = await createWasmMatcher(await readFile(path.join(built, MATCHING_WASM)));
  const kernels = await createWasmKernels(await readFile(path.join(built, SECOND_CHECK_WASM)));
  const weights = evidenceNames.map(() => 0);
  return createJudge({
    match,
    kernels,
    weights: { intercept: 0, weights, copyFrom: 0, safeFrom: 0, safeFirstScore: 0 },
  });
}

export async function judgeAll(
  judge: PairJudge,
  sides: Sides,
  pairs: readonly { a: number; b: number; cosine: number }[],
  tell: (done: number) => void = () => undefined,
): Promise<JudgedPair[]> {
  const judged: JudgedPair[] = [];
  for (const [i, { a, b, cosine }] of pairs.entries()) {
    const [one, other] = [sides.get(a), sides.get(b)];
    const { evidence, measures } = await judge.judge(one, other, cosine);
    const relation = (likeness: Likeness): Relation =>
      relate(one.facts, other.facts, { samePixels: false, likeness, measures }).relation;
    judged.push({
      a,
      b,
      evidence,
      relationOfCopy: relation('copy'),
      relationOfScene: relation('scene'),
    });
    if ((i + 1) % 10_000 === 0) tell(i + 1);
  }
  return judged;
}
