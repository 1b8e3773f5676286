/** @file How fast a scan goes and how long it will take, from what it has told so far. */
import type { ScanProgress } from '../../src-main/contract/progress.ts';

/** Older samples say little about what comes: photos differ in size from folder to folder. */
const WINDOW_S = 15;
/** With less time in the window, the mean of the whole stage is steadier. */
const TRUSTED_S = 2;
/** So early in a stage, any time left would be a guess. */
const SILENT_S = 1;

export interface Sample {
  stage: ScanProgress['stage'];
  seconds: number;
  done: number;
}

/** Adds what was just told; forgets other stages, a restart of the count and what is older than the window. */
export function withSample(samples: readonly Sample[], progress: ScanProgress): Sample[] {
  const { stage, seconds, done } = progress;
  const kept = samples.filter(
    (sample) =>
      sample.stage === stage &&
      sample.seconds <= seconds &&
      sample.done <= done &&
      seconds - sample.seconds <= WINDOW_S,
  );
  return [...kept, { stage, seconds, done }];
}

/** Items a second in the running stage, or null while it is too early to tell. */
export function rateOf(samples: readonly Sample[], progress: ScanProgress): number | null {
  const first = samples[0];
  if (first !== undefined && progress.seconds - first.seconds >= TRUSTED_S) {
    return (progress.done - first.done) / (progress.seconds - first.seconds);
  }
  return progress.stageSeconds < SILENT_S ? null : progress.done / progress.stageSeconds;
}

/** Seconds that the running stage still takes, or null while nobody can tell. */
export function secondsLeft(rate: number | null, progress: ScanProgress): number | null {
  if (rate === null || rate <= 0 || progress.total === null) return null;
  return Math.max(0, progress.total - progress.done) / rate;
}
