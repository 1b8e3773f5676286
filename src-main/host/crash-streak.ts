/**
 * @file Counts crashes in a row. A crash is "in a row" with the one before unless what was running then has got
 * further since; a restart alone, or an answer to something else, proves nothing.
 *
 * What makes an engine crash again and again by itself is a resumable request, which is sent again after each restart.
 * So while one runs only its own progress counts: beyond its farthest point, or a file blamed and left out. (A library
 * with many photos that kill the decoder costs two crashes a photo, the second followed by a blame: it comes through.)
 * Other requests count as got over when each has been answered once, or when the engine has lived a while without them.
 */
import { methods, type MethodName } from '../contract/methods.ts';

/** Crashes in a row after which the engine stays down. */
export const CRASH_LIMIT = 3;
/** Life after a restart that clears requests which nobody has asked again. */
export const STABLE_MS = 60_000;

export class CrashStreak {
  #crashes = 0;
  /** Restarts in all, for the notices. */
  #restarts = 0;
  /** Methods in flight at the last crash that have not been answered since. */
  readonly #suspects = new Set<MethodName>();
  #resumableMark = 0;
  #resumableRuns = false;
  #stable: ReturnType<typeof setTimeout> | undefined;

  get crashes(): number {
    return this.#crashes;
  }

  /** A crash has not been got over yet. */
  get counting(): boolean {
    return this.#crashes > 0;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /**
   * @param running methods in flight, resumable ones left out
   * @param mark how far a resumable request has come in all its runs, or null when none runs
   * @returns whether the engine may be started once more
   */
  crashed(running: Iterable<MethodName>, mark: number | null): boolean {
    clearTimeout(this.#stable);
    this.#crashes += 1;
    this.#suspects.clear();
    if (mark === null) for (const name of running) this.#suspects.add(name);
    this.#resumableRuns = mark !== null;
    this.#resumableMark = mark ?? 0;
    const again = this.#crashes < CRASH_LIMIT;
    if (again) this.#restarts += 1;
    return again;
  }

  /** The engine runs again. `blamed`: it now leaves out a file that it crashed on. */
  started(blamed: boolean): void {
    clearTimeout(this.#stable);
    if (blamed) this.#pass();
    this.#stable = setTimeout(() => {
      this.#suspects.clear();
      this.#settle();
    }, STABLE_MS);
    this.#stable.unref();
  }

  answered(name: MethodName): void {
    if (methods[name].resumable) this.#resumableRuns = false;
    this.#suspects.delete(name);
    this.#settle();
  }

  /** A resumable request has come this far. */
  advanced(mark: number): void {
    if (this.#resumableRuns && mark > this.#resumableMark) this.#pass();
  }

  reset(): void {
    clearTimeout(this.#stable);
    this.#crashes = 0;
    this.#suspects.clear();
    this.#resumableRuns = false;
  }

  #pass(): void {
    this.#resumableRuns = false;
    this.#settle();
  }

  #settle(): void {
    if (this.#suspects.size === 0 && !this.#resumableRuns) this.#crashes = 0;
  }
}
