/** @file A scan's progress in words: one live line on a terminal, one line a finished stage elsewhere. */
import type { ScanProgress, ScanStage } from '../../contract/progress.ts';
import { countOf, formatCount, formatDuration, formatPercent, formatWholeSeconds } from './render-text.ts';
import { stageWords } from './words.ts';

/** The rate is that of the last seconds, so that a slow start or a fast cache doesn't mislead. */
const RATE_WINDOW_S = 10;
const CLEAR_LINE = '\r\u001b[2K';

const unitOf: Record<ScanStage, string> = {
  find: 'file',
  read: 'photo',
  compare: 'photo',
  look: 'pair',
  group: 'group',
};

/** Items a second over the last seconds of a stage. */
export class RateMeter {
  #stage: ScanStage | undefined;
  #samples: { seconds: number; done: number }[] = [];

  /** @returns undefined while there is too little to tell. */
  add(progress: ScanProgress): number | undefined {
    if (progress.stage !== this.#stage) this.#samples = [];
    this.#stage = progress.stage;
    const now = { seconds: progress.stageSeconds, done: progress.done };
    this.#samples = this.#samples.filter(({ seconds }) => seconds >= now.seconds - RATE_WINDOW_S);
    this.#samples.push(now);
    const first = this.#samples[0] ?? now;
    const span = now.seconds - first.seconds;
    return span >= 1 && now.done > first.done ? (now.done - first.done) / span : undefined;
  }
}

/** "Read photos 65 %, 31,406 of 48,210 photos, 212 photos/s, about 1 min 19 s left" */
export function liveText(progress: ScanProgress, rate: number | undefined): string {
  const { stage, done, total, failed } = progress;
  const unit = unitOf[stage];
  const parts =
    total === null
      ? [`${stageWords[stage]}: ${countOf(done, unit)}`]
      : [
          `${stageWords[stage]} ${formatPercent(total === 0 ? 1 : Math.floor((done / total) * 100) / 100)}`,
          `${formatCount(done)} of ${countOf(total, unit)}`,
        ];
  if (rate !== undefined) {
    parts.push(`${formatCount(rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate))} ${unit}s/s`);
    if (total !== null && done < total) parts.push(`about ${formatWholeSeconds((total - done) / rate)} left`);
  }
  if (failed > 0) parts.push(`${formatCount(failed)} unreadable`);
  return parts.join(', ');
}

/** "Read photos: 2,107 photos, 1,204 known already, 4 unreadable, 12.3 s" */
export function stageText(progress: ScanProgress): string {
  const { stage, done, total, known, failed, stageSeconds } = progress;
  const unit = unitOf[stage];
  const whole = total === null || done >= total;
  const parts = [whole ? countOf(done, unit) : `${formatCount(done)} of ${countOf(total, unit)}`];
  if (stage === 'read' && known > 0) parts.push(`${formatCount(known)} known already`);
  if (stage === 'read' && failed > 0) parts.push(`${formatCount(failed)} unreadable`);
  return `${stageWords[stage]}: ${[...parts, formatDuration(stageSeconds)].join(', ')}`;
}

export class ProgressReport {
  readonly #write: (text: string) => void;
  readonly #columns: (() => number) | undefined;
  readonly #rate = new RateMeter();
  #last: ScanProgress | undefined;
  #lineShown = false;

  /** @param columns of a terminal whose line can be rewritten. */
  constructor(write: (text: string) => void, columns: (() => number) | undefined) {
    this.#write = write;
    this.#columns = columns;
  }

  show(progress: ScanProgress): void {
    const previous = this.#last;
    if (previous !== undefined && previous.stage !== progress.stage) this.#finishStage(previous);
    this.#last = progress;
    if (this.#columns !== undefined) this.showText(liveText(progress, this.#rate.add(progress)));
  }

  /** On a terminal, in place of what the line said before; elsewhere nothing. */
  showText(text: string): void {
    if (this.#columns === undefined) return;
    // A full last column makes some terminals break the line.
    this.#write(`${CLEAR_LINE}${text.slice(0, Math.max(1, this.#columns() - 1))}`);
    this.#lineShown = true;
  }

  end(): void {
    if (this.#last !== undefined) this.#finishStage(this.#last);
    this.#last = undefined;
    this.clear();
  }

  /** Makes room for other text; the next progress draws the line again. */
  clear(): void {
    if (this.#lineShown) this.#write(CLEAR_LINE);
    this.#lineShown = false;
  }

  #finishStage(progress: ScanProgress): void {
    this.clear();
    this.#write(`${stageText(progress)}\n`);
  }
}
