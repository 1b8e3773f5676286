import type { LabelledScore } from '../encoder/evaluate.ts';
import type { CalibrationRow } from '../similarity/calibration.ts';

/** A row of the calibration that was there counts as so many pairs: verdicts move it where there are many. */
const PAIRS_A_ROW = 20;

interface Pool {
  score: number;
  same: number;
  all: number;
}

/**
 * The chance at each score, fitted anew: what was known before as so many pairs a row, and the user's verdicts; made
 * monotone (pool adjacent violators: Ayer et al. 1955).
 */
export function recalibrate(
  before: readonly CalibrationRow[],
  judged: readonly LabelledScore[],
): CalibrationRow[] {
  const rows: Pool[] = [
    ...before.map(({ score, probability }) => ({ score, same: PAIRS_A_ROW * probability, all: PAIRS_A_ROW })),
    ...judged.map(({ score, same }) => ({ score, same: Number(same), all: 1 })),
  ].sort((a, b) => a.score - b.score);
  const pools: Pool[] = [];
  for (const row of rows) {
    let pool = row;
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.score !== pool.score && last.same / last.all < pool.same / pool.all) break;
      pools.pop();
      const all = last.all + pool.all;
      const score = (last.score * last.all + pool.score * pool.all) / all;
      pool = { score, same: last.same + pool.same, all };
    }
    pools.push(pool);
  }
  return pools.map(({ score, same, all }) => ({ score, probability: same / all }));
}
