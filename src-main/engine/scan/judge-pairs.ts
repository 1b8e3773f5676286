/** @file Candidates judged by what is stored of both photos; no file is opened. */
import type { PairJudge } from '../matching/judge.ts';
import type { StoredSides } from '../matching/side.ts';
import { createPause } from '../similarity/pacing.ts';
import { relate } from '../similarity/relation.ts';
import type { PairRow } from '../store/store.ts';
import { CANDIDATE_FLOOR, type Candidate } from './candidates.ts';

/**
 * Rows as they are stored, in order, of pairs that have anything in common. Equal pixels are not claimed: only a full decode proves them.
 * @throws LookalikeError CANCELLED
 */
export async function judgePairs(
  judge: PairJudge,
  sides: StoredSides,
  pairs: readonly Candidate[],
  signal: AbortSignal,
): Promise<PairRow[]> {
  const rows: PairRow[] = [];
  const pause = createPause(signal);
  for (const { a, b, cosine } of pairs) {
    await pause();
    const [one, other] = [sides.get(a), sides.get(b)];
    // A content that was forgotten meanwhile has no pairs.
    if (one === undefined || other === undefined) continue;
    const { score, likeness, measures, evidence } = await judge.judge(one, other, cosine);
    if (cosine <= CANDIDATE_FLOOR && evidence.verification === null) continue;
    const related = relate(one.facts, other.facts, { samePixels: false, likeness, measures });
    rows.push({ a, b, score, ...related, measures });
  }
  return rows;
}
