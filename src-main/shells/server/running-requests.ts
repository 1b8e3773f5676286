/** @file Requests under way, by the name that their sender gave them, so that another request can cancel one. */
import { LookalikeError } from '../../contract/errors.ts';

/** A cancel may overtake its request; this many such names are remembered. */
const EARLY_CANCELS_KEPT = 256;

const namePattern = /^[A-Za-z0-9-]{8,64}$/;

export class RunningRequests {
  readonly #named = new Map<string, AbortController>();
  readonly #all = new Set<AbortController>();
  readonly #cancelledEarly = new Set<string>();

  /** @throws LookalikeError INVALID_INPUT when the name is malformed or in use. */
  start(name: string | undefined): AbortController {
    const controller = new AbortController();
    if (name !== undefined) {
      if (!namePattern.test(name) || this.#named.has(name))
        throw new LookalikeError('INVALID_INPUT', 'The name of the request is malformed or in use.');
      this.#named.set(name, controller);
      if (this.#cancelledEarly.delete(name)) controller.abort();
    }
    this.#all.add(controller);
    return controller;
  }

  end(name: string | undefined, controller: AbortController): void {
    this.#all.delete(controller);
    if (name !== undefined) this.#named.delete(name);
  }

  cancel(name: string): void {
    const controller = this.#named.get(name);
    if (controller !== undefined) {
      controller.abort();
      return;
    }
    if (!namePattern.test(name)) return;
    this.#cancelledEarly.add(name);
    const [oldest] = this.#cancelledEarly;
    if (this.#cancelledEarly.size > EARLY_CANCELS_KEPT && oldest !== undefined)
      this.#cancelledEarly.delete(oldest);
  }

  cancelAll(): void {
    for (const controller of this.#all) controller.abort();
  }
}
