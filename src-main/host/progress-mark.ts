/** @file How far a resumable request has come, as one number that grows with committed work over all its runs. */
import { methods, type MethodEvent, type MethodName } from '../contract/methods.ts';
import { scanStages, type ScanProgress } from '../contract/progress.ts';

/** More than the items of any stage. */
const STAGE_WEIGHT = 1e12;

/**
 * Photos read by an earlier run are `known` to the next, so the sum grows with them. Finding files commits nothing
 * and starts anew each time.
 */
function scanMark(progress: ScanProgress): number {
  const items = progress.stage === 'find' ? 0 : progress.known + progress.done;
  return scanStages.indexOf(progress.stage) * STAGE_WEIGHT + items;
}

const marks: { [N in MethodName]?: (event: MethodEvent<N>) => number } = { 'scan.run': scanMark };

/** 0 for what is not resumable. */
export function progressMark(name: MethodName, event: unknown): number {
  const mark = methods[name].resumable ? marks[name] : undefined;
  return mark === undefined ? 0 : (mark as (event: unknown) => number)(event);
}
