/** @file Who may run now: a pool's workers as numbered lanes, opened one by one as work piles up. */
import { cancelled } from '../jobs/cancel.ts';

/** Files that one worker alone works off sooner than a second one would have started (it loads the encoder). */
const FIRST_LANE_FILES = 24;
/** Every further worker needs this much more to be worth its start. */
const NEXT_LANE_FILES = 8;

interface Waiting {
  start(lane: number): void;
}

export class Lanes {
  readonly #most: number;
  readonly #free: number[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #idle: (() => void)[] = [];
  #open = 0;
  #busy = 0;
  #files = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Waits for a lane. `files`: how many photos it is; 0 for what somebody waits for: it goes before the others. */
  async run<T>(
    files: number,
    signal: AbortSignal | undefined,
    work: (lane: number) => Promise<T>,
  ): Promise<T> {
    this.#files += files;
    try {
      this.#widen();
      const lane = await this.#acquire(files === 0, signal);
      try {
        return await work(lane);
      } finally {
        this.#release(lane);
      }
    } finally {
      this.#files -= files;
    }
  }

  /** Resolves when no lane is in use. */
  async idle(): Promise<void> {
    if (this.#busy === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #widen(): void {
    const wanted = 1 + Math.max(0, Math.floor((this.#files - FIRST_LANE_FILES) / NEXT_LANE_FILES) + 1);
    while (this.#open < Math.min(this.#most, wanted)) this.#hand(this.#open++);
  }

  async #acquire(urgent: boolean, signal: AbortSignal | undefined): Promise<number> {
    if (signal?.aborted) throw cancelled(signal);
    const lane = this.#free.pop();
    if (lane !== undefined) {
      this.#busy++;
      return lane;
    }
    return new Promise<number>((resolve, reject) => {
      const waiting = {
        start: (lane: number) => {
          signal?.removeEventListener('abort', giveUp);
          resolve(lane);
        },
      };
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(cancelled(signal));
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      if (urgent) this.#waiting.unshift(waiting);
      else this.#waiting.push(waiting);
    });
  }

  #hand(lane: number): void {
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#free.push(lane);
      return;
    }
    this.#busy++;
    next.start(lane);
  }

  #release(lane: number): void {
    this.#busy--;
    this.#hand(lane);
    if (this.#busy > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
