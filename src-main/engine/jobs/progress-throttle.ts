/** @file At most five reports of progress a second; the first and the last of a stage always get through. */
import type { ScanProgress } from '../../contract/progress.ts';
import type { Clock } from '../ports.ts';

const INTERVAL_MS = 200;

export class ProgressThrottle {
  readonly #clock: Clock;
  readonly #send: (progress: ScanProgress) => void;
  #held: ScanProgress | undefined;
  #stage: string | undefined;
  #sentAt = 0;

  constructor(clock: Clock, send: (progress: ScanProgress) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  report(progress: ScanProgress): void {
    if (progress.stage !== this.#stage) {
      this.flush();
      this.#stage = progress.stage;
      this.#pass(progress);
    } else if (this.#clock.now() - this.#sentAt >= INTERVAL_MS) {
      this.#pass(progress);
    } else {
      this.#held = progress;
    }
  }

  /** Sends what was held back: at the end of a stage. */
  flush(): void {
    if (this.#held !== undefined) this.#pass(this.#held);
  }

  #pass(progress: ScanProgress): void {
    this.#held = undefined;
    this.#sentAt = this.#clock.now();
    this.#send(progress);
  }
}
