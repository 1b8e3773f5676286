/** @file How many pairs have which score, and what a threshold there would mean. */
import { LOWEST_THRESHOLD } from '../../contract/methods.ts';
import type { ScoreHistogram } from '../../contract/model.ts';
import type { ModelInfo } from '../context.ts';
import { pairProbability } from '../similarity/calibration.ts';
import { isSeriesCode, relationOf, type ScoredPairs } from './library-rows.ts';

/** Two hundredths each. */
const BINS = 45;

/** Of the pairs that could be copies: bursts, scenes and layouts are told by their relation, not by a score. */
export function scoreHistogram(
  { count, score, relation }: ScoredPairs,
  model: Pick<ModelInfo, 'threshold' | 'safeFrom' | 'calibration'>,
  threshold: number,
): ScoreHistogram {
  const pairs = new Int32Array(BINS);
  const wrong = new Float64Array(BINS);
  for (let row = 0; row < count; row++) {
    const code = relation[row] ?? 0;
    if (isSeriesCode(code)) continue;
    const value = score[row] ?? 0;
    const bin = Math.min(BINS - 1, Math.floor(((value - LOWEST_THRESHOLD) / (1 - LOWEST_THRESHOLD)) * BINS));
    pairs[bin] = (pairs[bin] ?? 0) + 1;
    wrong[bin] = (wrong[bin] ?? 0) + 1 - pairProbability(model.calibration, relationOf(code), value);
  }
  const startOf = (bin: number): number => LOWEST_THRESHOLD + (bin / BINS) * (1 - LOWEST_THRESHOLD);
  const from = (bin: number): ScoreHistogram['expectedWrong'][number] => ({
    score: startOf(bin),
    pairs: pairs.subarray(bin).reduce((sum, value) => sum + value, 0),
    wrong: wrong.subarray(bin).reduce((sum, value) => sum + value, 0),
  });
  const bins = [...Array(BINS).keys()];
  return {
    bins: bins.map((bin) => ({
      from: startOf(bin),
      to: bin === BINS - 1 ? 1 : startOf(bin + 1),
      pairs: pairs[bin] ?? 0,
    })),
    threshold,
    shipped: model.threshold,
    safeFrom: model.safeFrom,
    probabilityAt: model.calibration.map(({ score: at, probability }) => ({ score: at, probability })),
    expectedWrong: bins.map(from),
  };
}
