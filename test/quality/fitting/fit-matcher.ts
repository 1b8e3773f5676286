/**
 * @file Fits what turns the evidence of a pair into a score and a chance, and writes assets/matcher/matcher.json: on
 * damaged copies of the calibration photos, the distractors, and the look-alike families made to fit on. Nothing of what
 * test/quality reports is seen. Run: node test/quality/fitting/fit-matcher.ts
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitCalibration, type LabelledScore } from '../../../src-main/engine/encoder/evaluate.ts';
import { MATCHER_CARD_FILE, type MatcherCard } from '../../../src-main/engine/matching/card.ts';
import {
  evidenceNames,
  evidenceNumbers,
  type PairEvidence,
} from '../../../src-main/engine/similarity/matcher/evidence.ts';
import {
  COPY_FROM,
  logOdds,
  SAFE_FROM,
  scorePair,
  type MatcherWeights,
} from '../../../src-main/engine/similarity/matcher/score.ts';
import { judgedCopies, judgedLookalikes } from '../evaluation/sets.ts';
import { truthOf } from '../sets/copies.ts';
import { FIT_PHOTOS } from './fit-set.ts';
import { fitLogistic, type Example } from './logistic.ts';
import { SEED } from '../../../scripts/head-data.ts';

const OUTPUT = join(import.meta.dirname, '../../../assets/matcher');
/** Look-alikes weigh less than their number: there are thousands of them, out of few sources. */
const LOOKALIKE_WEIGHT = 0.25;
/**
 * Look-alikes are chosen for high cosines, so a fit would hold those against a pair. It only has to rank what nothing else
 * is known of.
 */
const COSINE_WEIGHT = 0.5;
/** Of the wrong pairs that the second check lets through, the highest has to stay below by this many log odds. */
const MARGIN = 0.5;
/** Least of the first check's score for the safe tier: twice what chance ever reached on the fit photos. */
const SAFE_FIRST_SCORES = [8, 9, 10, 11, 12];
const SAFE_LOOKALIKES_MAX = 0.001;
const CALIBRATION_RANGES = 50;

interface Labelled {
  evidence: PairEvidence;
  same: boolean;
  lookalike: boolean;
}

async function labelledPairs(): Promise<{ pairs: Labelled[]; missed: number }> {
  const { pictures, pairs, positives } = await judgedCopies(FIT_PHOTOS, 'fit');
  const copies = pairs.map(({ a, b, evidence }): Labelled => {
    const [one, other] = [pictures[a], pictures[b]];
    if (one === undefined || other === undefined) throw new RangeError('No such picture.');
    return { evidence, same: truthOf(one, other) === 'copy', lookalike: false };
  });
  const all = [...positives.values()].reduce((sum, count) => sum + count, 0);
  const found = copies.filter(({ same }) => same).length;
  const families = (await judgedLookalikes('fit'))
    // Photographed twice with nothing moved: no thumbnail can tell, so nothing is learned from it.
    .filter(({ pair }) => pair.label !== 'still')
    .map(({ pair, judged }) => ({ evidence: judged.evidence, same: pair.label === 'copy', lookalike: true }));
  return { pairs: [...copies, ...families], missed: all - found };
}

/** Only what the second check may let through can be wrongly called a copy. */
function isOpen({ second }: PairEvidence): boolean {
  return second === 'copy' || second === 'copy-changed' || second === 'doubt';
}

function chooseThresholds(
  pairs: readonly Labelled[],
  fitted: Pick<MatcherWeights, 'intercept' | 'weights'>,
): MatcherWeights {
  const base = { ...fitted, copyFrom: 0, safeFrom: 0, safeFirstScore: 0 };
  const highest = (of: readonly Labelled[]): number =>
    of.reduce((most, { evidence }) => Math.max(most, logOdds(evidence, base)), -Infinity);
  const wrong = pairs.filter(({ same, lookalike, evidence }) => !same && !lookalike && isOpen(evidence));
  const copyFrom = Math.max(0, highest(wrong) + MARGIN);
  const lookalikes = pairs.filter(({ same, lookalike }) => !same && lookalike);
  const candidates = SAFE_FIRST_SCORES.map((safeFirstScore) => ({
    ...base,
    copyFrom,
    safeFrom: copyFrom + MARGIN,
    safeFirstScore,
  }));
  const holds = (weights: MatcherWeights): boolean =>
    lookalikes.filter(({ evidence }) => scorePair(evidence, weights) >= SAFE_FROM).length <=
    SAFE_LOOKALIKES_MAX * lookalikes.length;
  const [strictest] = candidates.slice(-1);
  const chosen = candidates.find(holds) ?? strictest;
  if (chosen === undefined) throw new RangeError('No first score to choose from.');
  return chosen;
}

function figuresOf(
  pairs: readonly Labelled[],
  missed: number,
  weights: MatcherWeights,
): MatcherCard['figures'] {
  const share = (of: Labelled[], from: number): number =>
    Number(
      (
        of.filter(({ evidence }) => scorePair(evidence, weights) >= from).length / Math.max(1, of.length)
      ).toPrecision(4),
    );
  const copies = pairs.filter(({ same, lookalike }) => same && !lookalike);
  const others = pairs.filter(({ same, lookalike }) => !same && !lookalike);
  const lookalikes = pairs.filter(({ same, lookalike }) => !same && lookalike);
  return {
    copies: copies.length,
    missedByCandidates: missed,
    others: others.length,
    lookalikes: lookalikes.length,
    copiesCalled: share(copies, COPY_FROM),
    copiesSafe: share(copies, SAFE_FROM),
    othersCalled: share(others, COPY_FROM),
    lookalikesCalled: share(lookalikes, COPY_FROM),
    lookalikesSafe: share(lookalikes, SAFE_FROM),
  };
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}

const { pairs, missed } = await labelledPairs();
const examples = pairs.map(({ evidence, same, lookalike }): Example => ({
  numbers: evidenceNumbers(evidence),
  same,
  weight: lookalike ? LOOKALIKE_WEIGHT : 1,
}));
const fitted = fitLogistic(examples);
const intercept = fitted.intercept;
const weights = fitted.weights.map((weight, i) => (evidenceNames[i] === 'cosine' ? COSINE_WEIGHT : weight));
const rounded = { intercept: round(intercept), weights: weights.map(round) };
const matcher = chooseThresholds(pairs, rounded);
const scores: LabelledScore[] = pairs.map(({ evidence, same }) => ({
  score: scorePair(evidence, matcher),
  same,
}));
const positives = scores.filter(({ same }) => same).length;
const prior = positives / scores.length;
const points = fitCalibration(scores, {
  prior,
  ranges: CALIBRATION_RANGES,
  from: 0,
  positives,
  negatives: scores.length - positives,
});
const made = {
  intercept: rounded.intercept,
  weights: Object.fromEntries(
    evidenceNames.map((name, i) => [name, rounded.weights[i] ?? 0]),
  ) as MatcherCard['weights'],
  copyFrom: round(matcher.copyFrom),
  safeFrom: round(matcher.safeFrom),
  safeFirstScore: matcher.safeFirstScore,
  calibration: {
    method:
      'Shares of copies and of other candidate pairs at each score, made monotone (pool adjacent violators)',
    prior: round(prior),
    points: points.map(({ score, probability }) => ({
      score: round(score),
      probability: round(probability),
    })),
  },
};
const card: MatcherCard = {
  name: createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 8),
  ...made,
  made: {
    date: new Date().toISOString().slice(0, 10),
    command: 'node test/quality/fitting/fit-matcher.ts',
    seed: SEED,
    data: 'Damaged copies of the calibration photos, distractors, look-alike families of the half to fit on',
  },
  figures: figuresOf(pairs, missed, matcher),
};
mkdirSync(OUTPUT, { recursive: true });
writeFileSync(join(OUTPUT, MATCHER_CARD_FILE), `${JSON.stringify(card, null, 2)}\n`);
console.log(card);
