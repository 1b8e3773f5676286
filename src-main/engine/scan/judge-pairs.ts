/** @file Candidates judged by what is stored of both photos; no file is opened. */
import type { PairJudge } from '../matching/judge.ts';
import type { StoredSides } from '../matching/side.ts';
import { createPause } from '../similarity/pacing.ts';
import { personalise, type PersonalScore } from '../similarity/matcher/personal-score.ts';
import { relate } from '../similarity/relation.ts';
import type { PairRow } from '../store/store.ts';
import { CANDIDATE_FLOOR, type Candidate } from './candidates.ts';
import type { PlainCopies } from './plain-copies.ts';

export interface Judging {
  judge: PairJudge;
  sides: StoredSides;
  /** What is known of plain copies; what is judged is added. */
  copies: PlainCopies;
  /** What the user's verdicts change of scores. */
  personal: PersonalScore | undefined;
  signal: AbortSignal;
}

export interface JudgedPairs {
  rows: PairRow[];
  /** How many of the pairs had to be looked at. */
  judged: number;
}

/**
 * Rows as they are stored, of pairs that have anything in common, the most alike first: what follows from those is not
 * judged. Equal pixels are not claimed: only a full decode proves them.
 * @throws LookalikeError CANCELLED
 */
export async function judgePairs(
  { judge, sides, copies, personal, signal }: Judging,
  pairs: readonly Candidate[],
): Promise<JudgedPairs> {
  const rows: PairRow[] = [];
  let judged = 0;
  const pause = createPause(signal);
  for (const { a, b, cosine } of pairs.toSorted((p, q) => q.cosine - p.cosine || p.a - q.a || p.b - q.b)) {
    await pause();
    const [one, other] = [sides.get(a), sides.get(b)];
    // A content that was forgotten meanwhile has no pairs.
    if (one === undefined || other === undefined) continue;
    const implied = copies.imply(a, b, { a: one.facts, b: other.facts });
    if (implied !== null) {
      rows.push(implied);
      continue;
    }
    judged++;
    const { score, likeness, measures, evidence } = await judge.judge(one, other, cosine);
    if (cosine <= CANDIDATE_FLOOR && evidence.verification === null) continue;
    const related = relate(one.facts, other.facts, { samePixels: false, likeness, measures });
    const seen = personalise({ ...related, score, measures, cosine }, personal);
    const row = { a, b, ...seen, measures };
    if (measures !== null) copies.note(row);
    rows.push(row);
  }
  return { rows, judged };
}
