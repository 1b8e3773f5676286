/** @file What scores are worth: pairs of photos pooled, precision, recall, and a monotone calibration. */

export interface LabelledScore {
  score: number;
  same: boolean;
}

export interface CalibrationRow {
  score: number;
  probability: number;
}

export interface OperatingPoint {
  /** Lowest score that is taken. */
  threshold: number;
  precision: number;
  recall: number;
}

/** Highest first; of equal scores the false ones first, so that ties never flatter. */
function ranked(scores: readonly LabelledScore[]): LabelledScore[] {
  return [...scores].sort((a, b) => b.score - a.score || Number(a.same) - Number(b.same));
}

/** Mean of the precision at every true pair, over one pooled ranking (micro average precision, uAP). */
export function averagePrecision(scores: readonly LabelledScore[], positives: number): number {
  let found = 0;
  let sum = 0;
  for (const [i, { same }] of ranked(scores).entries()) {
    if (!same) continue;
    found++;
    sum += found / (i + 1);
  }
  return positives === 0 ? 0 : sum / positives;
}

/**
 * The lowest threshold at and above which at least `precision` of all pairs are true.
 * @param positives true pairs in all, those left out of `scores` included.
 */
export function pointAtPrecision(
  scores: readonly LabelledScore[],
  positives: number,
  precision: number,
): OperatingPoint {
  const order = ranked(scores);
  let best: OperatingPoint = { threshold: 1, precision: 1, recall: 0 };
  let found = 0;
  for (const [i, { score, same }] of order.entries()) {
    if (same) found++;
    if (order[i + 1]?.score === score) continue;
    const reached = found / (i + 1);
    if (reached >= precision) best = { threshold: score, precision: reached, recall: found / positives };
  }
  return best;
}

export function pointAtThreshold(
  scores: readonly LabelledScore[],
  positives: number,
  threshold: number,
): OperatingPoint {
  const taken = scores.filter((pair) => pair.score >= threshold);
  const found = taken.filter((pair) => pair.same).length;
  return {
    threshold,
    precision: taken.length === 0 ? 1 : found / taken.length,
    recall: positives === 0 ? 0 : found / positives,
  };
}

interface Densities {
  /** Share of the true and of the false pairs that fall into one range of scores. */
  copies: number;
  others: number;
}

export interface CalibrationOptions {
  /** Chance that any pair is a true one before its score is known. */
  prior: number;
  /** Scores are counted in this many ranges between `from` and 1. */
  ranges: number;
  from: number;
  /** True and false pairs in all, those below `from` included. */
  positives: number;
  negatives: number;
}

/**
 * Bayes on the shares of true and false pairs at each score, made monotone (pool adjacent violators: Ayer et al.
 * 1955). One half is added to each count, so that no range claims certainty.
 */
export function fitCalibration(
  scores: readonly LabelledScore[],
  options: CalibrationOptions,
): CalibrationRow[] {
  const { prior, ranges, from, positives, negatives } = options;
  const width = (1 - from) / ranges;
  const copies = new Float64Array(ranges).fill(0.5);
  const others = new Float64Array(ranges).fill(0.5);
  for (const { score, same } of scores) {
    if (score < from) continue;
    const range = Math.min(ranges - 1, Math.floor((score - from) / width));
    const counts = same ? copies : others;
    counts[range] = (counts[range] ?? 0) + 1;
  }
  const densities = Array.from(copies, (count, i): Densities => {
    return { copies: count / positives, others: (others[i] ?? 0) / negatives };
  });
  return poolViolators(densities).map(({ copies: same, others: other, first, last }) => ({
    score: from + ((first + last + 1) / 2) * width,
    probability: (prior * same) / (prior * same + (1 - prior) * other),
  }));
}

interface Pool extends Densities {
  first: number;
  last: number;
}

/** Joins neighbouring ranges until the ratio of true to false never falls. */
function poolViolators(densities: readonly Densities[]): Pool[] {
  const pools: Pool[] = [];
  for (const [i, density] of densities.entries()) {
    let pool: Pool = { ...density, first: i, last: i };
    for (let before = pools.at(-1); before !== undefined; before = pools.at(-1)) {
      if (pool.copies * before.others >= before.copies * pool.others) break;
      pools.pop();
      pool = {
        copies: pool.copies + before.copies,
        others: pool.others + before.others,
        first: before.first,
        last: pool.last,
      };
    }
    pools.push(pool);
  }
  return pools;
}
