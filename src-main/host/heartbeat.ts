/**
 * @file Notices an engine that lives but does nothing any more. Its main thread may well be busy for a long while in
 * one synchronous call (an integrity check of a database of many gigabytes on a slow disk), so only minutes of silence
 * count, and any frame breaks the silence. Beats are counted, not the clock: a computer that sleeps beats no more.
 */

const BEAT_MS = 5000;
/** Five minutes without any frame. */
const SILENT_BEATS_LIMIT = 60;

export class Heartbeat {
  readonly #ping: (beat: number) => void;
  readonly #dead: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #beat = 0;
  #silent = 0;

  constructor(ping: (beat: number) => void, dead: () => void) {
    this.#ping = ping;
    this.#dead = dead;
  }

  start(): void {
    this.stop();
    this.#silent = 0;
    this.#timer = setInterval(() => this.#tick(), BEAT_MS);
    this.#timer.unref();
  }

  /** A frame came. */
  heard(): void {
    this.#silent = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    if (this.#silent >= SILENT_BEATS_LIMIT) {
      this.stop();
      this.#dead();
      return;
    }
    // One ping a silence: a busy engine need not answer a queue of them.
    if (this.#silent === 0) this.#ping(++this.#beat);
    this.#silent += 1;
  }
}
