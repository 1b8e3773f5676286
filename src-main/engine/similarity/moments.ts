/** @file What capture times say: two of them that differ are two photos, however alike they look. */
import type { Relation } from '../../contract/model.ts';
import type { ContentRow } from '../store/store.ts';

export type MomentFacts = Pick<ContentRow, 'takenAt' | 'camera'>;

/** Frames of one camera within this time are a burst; further apart they are the same scene. */
const BURST_SECONDS = 30;
/**
 * Two clocks of one photo may differ by a time zone, summer time or a correction of the camera's: whole quarters of
 * an hour. Such a difference proves nothing.
 */
const CLOCK_STEP_SECONDS = 900;

/** Relations of two photos, taken at two moments: never copies. */
type MomentRelation = Extract<Relation, 'burst' | 'same-scene'>;

/** Seconds between two captures (ISO 8601, with or without offset); null when it can't be told. */
export function secondsApart(a: string | null, b: string | null): number | null {
  if (a === null || b === null) return null;
  const bothHaveOffsets = hasOffset(a) && hasOffset(b);
  const milliseconds = bothHaveOffsets
    ? Date.parse(a) - Date.parse(b)
    : Date.parse(`${wallClock(a)}Z`) - Date.parse(`${wallClock(b)}Z`);
  if (Number.isNaN(milliseconds)) return null;
  const seconds = Math.abs(milliseconds) / 1000;
  return seconds > 0 && seconds % CLOCK_STEP_SECONDS === 0 ? null : seconds;
}

/** The relation of two alike pictures that were taken at two moments; null when the times don't say so. */
export function momentRelation(a: MomentFacts, b: MomentFacts): MomentRelation | null {
  const seconds = secondsApart(a.takenAt, b.takenAt);
  if (seconds === null || seconds === 0) return null;
  return a.camera === b.camera && seconds <= BURST_SECONDS ? 'burst' : 'same-scene';
}

function hasOffset(time: string): boolean {
  return /(Z|[+-]\d\d:\d\d)$/.test(time);
}

function wallClock(time: string): string {
  return time.replace(/(Z|[+-]\d\d:\d\d)$/, '');
}
