/** @file The summary of a scan as text. */
import { failureCodes, type ScanSummary } from '../../contract/model.ts';
import { scanStages } from '../../contract/progress.ts';
import { countOf, formatCount, formatDuration } from './render-text.ts';
import { failureWords, stageWords } from './words.ts';

/** "Find files 0.1 s, Read photos 12 s" */
function times(seconds: Record<string, number>): string {
  return scanStages
    .filter((stage) => seconds[stage] !== undefined)
    .map((stage) => `${stageWords[stage]} ${formatDuration(seconds[stage] ?? 0)}`)
    .join(', ');
}

function totalSeconds(seconds: Record<string, number>): number {
  return scanStages.reduce((sum, stage) => sum + (seconds[stage] ?? 0), 0);
}

export function summaryText(summary: ScanSummary): string[] {
  const parts: [number, string][] = [
    [summary.new, 'new'],
    [summary.changed, 'changed'],
    [summary.moved, 'moved'],
    [summary.unchanged, 'unchanged'],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  const lines = [`${countOf(summary.photos, 'photo')}${told.length === 0 ? '' : `: ${told.join(', ')}`}`];
  if (summary.removed > 0) lines.push(`${formatCount(summary.removed)} no longer there`);
  if (summary.offline > 0)
    lines.push(`${formatCount(summary.offline)} in folders that are not connected; they stay listed`);
  const failed = failureCodes.flatMap((code) => {
    const count = summary.failed[code] ?? 0;
    return count === 0 ? [] : [{ count, word: failureWords[code].toLowerCase() }];
  });
  const failures = failed.reduce((sum, { count }) => sum + count, 0);
  if (failures > 0) {
    const by = failed.map(({ count, word }) => `${formatCount(count)} ${word}`).join(', ');
    lines.push(`${formatCount(failures)} could not be read (${by}). “lookalike failed” lists them.`);
  }
  if (!summary.stopped)
    lines.push(
      summary.groups === 0
        ? 'No copies found'
        : `${countOf(summary.groups, 'group')} of copies. “lookalike groups” lists them.`,
    );
  lines.push(`${formatDuration(totalSeconds(summary.seconds))} (${times(summary.seconds)})`);
  lines.push(`Computed by ${summary.backend}, model ${summary.model}`);
  return lines;
}
