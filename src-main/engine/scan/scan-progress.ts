/** @file The running counts of a scan, stage by stage, and when they are told. */
import type { FailureCode, PhotoId } from '../../contract/model.ts';
import type { ScanProgress, ScanStage } from '../../contract/progress.ts';
import { ProgressThrottle } from '../jobs/progress-throttle.ts';
import type { Clock } from '../ports.ts';

const RECENT_PHOTOS = 10;
const MS_A_SECOND = 1_000;

/** What a scan has done so far; the words of the summary. */
export interface ScanCounts {
  new: number;
  changed: number;
  moved: number;
  unchanged: number;
  removed: number;
  failed: number;
  /** In directories of folders that are there, but which can't be listed. */
  unreachable: number;
}

type StageCounts = Partial<Pick<ScanProgress, 'done' | 'total' | 'bytesDone' | 'bytesTotal' | 'copies'>>;

export class ScanReporter {
  readonly counts: ScanCounts = {
    new: 0,
    changed: 0,
    moved: 0,
    unchanged: 0,
    removed: 0,
    failed: 0,
    unreachable: 0,
  };
  /** Seconds each stage took. */
  readonly seconds: Partial<Record<ScanStage, number>> = {};
  readonly #clock: Clock;
  readonly #throttle: ProgressThrottle;
  readonly #began: number;
  #stageBegan: number;
  #stage: ScanStage = 'find';
  #now: Required<StageCounts> = { done: 0, total: null, bytesDone: 0, bytesTotal: null, copies: 0 };
  #recent: PhotoId[] = [];

  constructor(clock: Clock, send: (progress: ScanProgress) => void) {
    this.#clock = clock;
    this.#throttle = new ProgressThrottle(clock, send);
    this.#began = this.#stageBegan = clock.now();
  }

  /** Runs a stage: its first counts, its time, and its last counts whatever ends it. */
  async stage<T>(stage: ScanStage, start: StageCounts, work: () => Promise<T>): Promise<T> {
    this.#stage = stage;
    this.#stageBegan = this.#clock.now();
    const { copies } = this.#now;
    this.#now = { done: 0, total: null, bytesDone: 0, bytesTotal: null, copies, ...start };
    this.#tell();
    try {
      return await work();
    } finally {
      this.seconds[stage] = this.#since(this.#stageBegan);
      this.#tell();
      this.#throttle.flush();
    }
  }

  update(counts: StageCounts): void {
    Object.assign(this.#now, counts);
    this.#tell();
  }

  /** Adds files that are done in this stage. */
  add(done: number, bytes = 0): void {
    this.update({ done: this.#now.done + done, bytesDone: this.#now.bytesDone + bytes });
  }

  /** The photo becomes the newest of those that were read last. */
  show(photo: PhotoId): void {
    this.#recent = [photo, ...this.#recent.slice(0, RECENT_PHOTOS - 1)];
  }

  #since(start: number): number {
    return (this.#clock.now() - start) / MS_A_SECOND;
  }

  #tell(): void {
    const { unchanged, moved, failed } = this.counts;
    this.#throttle.report({
      stage: this.#stage,
      ...this.#now,
      known: unchanged + moved,
      failed,
      recent: this.#recent,
      seconds: this.#since(this.#began),
      stageSeconds: this.#since(this.#stageBegan),
    });
  }
}

/** As the summary has them: only codes that occur. */
export function failedByCode(
  rows: { code: FailureCode; photos: number }[],
): Partial<Record<FailureCode, number>> {
  return Object.fromEntries(rows.map(({ code, photos }) => [code, photos]));
}
