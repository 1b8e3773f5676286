/**
 * @file Stage "group": what groups still need to be told for sure. Groups themselves follow from stored pairs
 * (engine/groups); here equal pixels are proved, and real detail is measured where a keeper depends on it.
 */
import { GroupIndex } from '../groups/group-index.ts';
import type { GroupSummary } from '../groups/group-summary.ts';
import { readGroupRows } from '../groups/group-rows.ts';
import { readDecisions } from '../groups/decisions.ts';
import { savedThreshold } from '../groups/settings.ts';
import { createPause } from '../similarity/pacing.ts';
import { measureDetail } from './real-detail.ts';
import { provePixels } from './same-pixels.ts';
import type { Stage, StageRun } from './stage.ts';

/** An abort keeps what was found so far; the next scan goes on. */
export const groupStage: Stage = async (run) => {
  try {
    await groupAll(run);
    return true;
  } catch (error) {
    if (run.signal.aborted) return false;
    throw error;
  }
};

async function groupAll(run: StageRun): Promise<void> {
  const threshold = savedThreshold(run.store) ?? run.model.threshold;
  const index = await readIndex(run);
  const groups = index.at(threshold).filter(({ kind }) => kind === 'copies');
  const report = (done: number, copies: number): void => run.report({ done, total: groups.length, copies });
  report(0, 0);
  const pause = createPause(run.signal);
  let copies = 0;
  for (const [done, group] of groups.entries()) {
    await finish(run, index, group);
    copies += group.members.length - 1;
    report(done + 1, copies);
    await pause();
  }
}

async function finish(run: StageRun, index: GroupIndex, group: GroupSummary): Promise<void> {
  await provePixels(run, index, group);
  await measureDetail(run, index, group);
}

async function readIndex({ store, model, signal }: StageRun): Promise<GroupIndex> {
  const rows = await readGroupRows(store, model.name, signal);
  return new GroupIndex(rows, model, readDecisions(store, rows));
}
