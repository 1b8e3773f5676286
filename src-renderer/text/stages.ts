/** @file A scan in words: its stages, what is done, rate and time left. */
import { scanStages, type ScanProgress, type ScanStage } from '../../src-main/contract/progress.ts';
import type { ScanSummary } from '../../src-main/contract/model.ts';
import { count } from './numbers.ts';

export const stageLabels: Record<ScanStage, string> = {
  find: 'Find files',
  read: 'Read photos',
  compare: 'Compare',
  look: 'Look closer',
  group: 'Group',
};

/** What the big number of the scan card counts, after "of N". */
const doneWords: Record<ScanStage, string> = {
  find: 'files found',
  read: 'photos read',
  compare: 'photos compared',
  look: 'pairs looked at',
  group: 'groups made',
};

const jobWords: Record<ScanStage, string> = {
  find: 'Finding files',
  read: 'Reading photos',
  compare: 'Comparing photos',
  look: 'Looking at files',
  group: 'Grouping',
};

export type StageState = 'done' | 'now' | 'next';

export function stageState(stage: ScanStage, current: ScanStage): StageState {
  const difference = scanStages.indexOf(stage) - scanStages.indexOf(current);
  if (difference < 0) return 'done';
  return difference === 0 ? 'now' : 'next';
}

/** Share of the running stage that is done, or null while nobody knows how much there is. */
export function stageShare(progress: ScanProgress): number | null {
  if (progress.total === null) return null;
  return progress.total === 0 ? 1 : Math.min(1, progress.done / progress.total);
}

/** The words after the big number: "of 48,210 photos read". */
export function amountWords(progress: ScanProgress): string {
  const words = doneWords[progress.stage];
  return progress.total === null ? words : `of ${count(progress.total)} ${words}`;
}

/** "Reading photos: 31,406 of 48,210" */
export function jobLine(progress: ScanProgress): string {
  const amount =
    progress.total === null ? count(progress.done) : `${count(progress.done)} of ${count(progress.total)}`;
  return `${jobWords[progress.stage]}: ${amount}`;
}

/** What the last scan found, as one sentence. */
export function changesLine(summary: ScanSummary): string {
  const changes = [
    [summary.new, 'new'],
    [summary.changed, 'changed'],
    [summary.moved, 'moved'],
    [summary.removed, 'gone'],
  ] as const;
  const said = changes.filter(([amount]) => amount > 0).map(([amount, word]) => `${count(amount)} ${word}`);
  return said.length === 0 ? 'Nothing had changed.' : `Since the scan before: ${said.join(', ')}.`;
}
