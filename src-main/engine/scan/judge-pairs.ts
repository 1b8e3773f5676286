/** @file Candidates judged by what is stored of both photos; no file is opened. */
import type { Judgement, PairJudge } from '../matching/judge.ts';
import { withOpenQuestion } from '../matching/open-pair.ts';
import type { MatchSide, StoredSides } from '../matching/side.ts';
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
    const judgement = withOpenQuestion(one, other, await judge.judge(one, other, cosine));
    if (cosine <= CANDIDATE_FLOOR && judgement.evidence.verification === null) continue;
    const row = pairRow(one, other, judgement, personal);
    if (row.measures !== null) copies.note(row);
    rows.push(row);
  }
  return { rows, judged };
}

/** A judged pair as it is stored. @param a the side with the lower id */
export function pairRow(
  a: MatchSide,
  b: MatchSide,
  { score, likeness, measures, evidence: { cosine } }: Judgement,
  personal: PersonalScore | undefined,
): PairRow {
  const related = relate(a.facts, b.facts, { samePixels: false, likeness, measures });
  const seen = personalise({ ...related, score, measures, cosine }, personal);
  return { a: a.facts.id, b: b.facts.id, ...seen, measures };
}
