/** @file What a judged pair leaves open, kept with its measures until its files settle it. */
import type { PairMeasures } from '../../contract/model.ts';
import type { Judgement } from './judge.ts';
import { lookAgain, openQuestionOf } from './second-look.ts';
import type { MatchSide } from './side.ts';

/** The judgement with what it leaves open among its measures. */
export function withOpenQuestion(a: MatchSide, b: MatchSide, judgement: Judgement): Judgement {
  const open = openQuestionOf(a, b, judgement);
  if (open === null || judgement.measures === null) return judgement;
  return { ...judgement, measures: { ...judgement.measures, open } };
}

/** Settled, by whatever it was. */
export function withoutOpenQuestion(measures: PairMeasures | null): PairMeasures | null {
  if (measures?.open === undefined) return measures;
  const settled = { ...measures };
  delete settled.open;
  return settled;
}

/**
 * As lookAgain; what the files leave open too stays noted.
 * @throws LookalikeError PHOTO_UNREADABLE that names the file, CANCELLED
 */
export async function settleOpen(...asked: Parameters<typeof lookAgain>): Promise<Judgement> {
  const [, , a, b, judgement] = asked;
  const seen = await lookAgain(...asked);
  const isSettled = seen.evidence !== judgement.evidence;
  if (!isSettled) return withOpenQuestion(a.match, b.match, seen);
  return { ...seen, measures: withoutOpenQuestion(seen.measures) };
}
