/** @file How photos compare with one photo, A: by their thumbnails at once, then by both files where those may tell more. */
import type { Comparison, PhotoId } from '../../src-main/contract/model.ts';
import type { Client } from '../client/engine-client.ts';
import { errorWords } from '../text/errors.ts';

/** Why a pair could not be compared, in words. */
export interface Uncompared {
  problem: string;
}

export class Comparisons {
  readonly #client: Client;
  #asking = new AbortController();
  /** Of each photo beside A. */
  all = $state.raw<ReadonlyMap<PhotoId, Comparison | Uncompared>>(new Map());
  /** The photo whose file and that of A are being looked at. */
  looking = $state<PhotoId | null>(null);
  /** Why files could not be looked at, in words; what thumbnails tell stands. */
  #unlooked = $state.raw<ReadonlyMap<PhotoId, string>>(new Map());

  constructor(client: Client) {
    this.#client = client;
  }

  /** Forgets what was asked before. */
  ask(a: PhotoId, others: readonly PhotoId[]): void {
    this.all = new Map();
    this.looking = null;
    this.#unlooked = new Map();
    this.#asking.abort();
    this.#asking = new AbortController();
    void this.#askAll(a, others, this.#asking.signal);
  }

  /** Undefined while it is on its way or when there is none. */
  of(id: PhotoId): Comparison | undefined {
    const outcome = this.all.get(id);
    return outcome === undefined || 'problem' in outcome ? undefined : outcome;
  }

  problemOf(id: PhotoId): string | undefined {
    const outcome = this.all.get(id);
    return outcome !== undefined && 'problem' in outcome ? outcome.problem : undefined;
  }

  /** Why the files could not be looked at, though they may tell more. */
  unlookedOf(id: PhotoId): string | undefined {
    return this.#unlooked.get(id);
  }

  async #askAll(a: PhotoId, others: readonly PhotoId[], signal: AbortSignal): Promise<void> {
    await Promise.all(others.map((id) => this.#compare(a, id, signal)));
    // One after the other: the engine decodes two files for each.
    for (const id of others) {
      if (!signal.aborted && isUntried(this.of(id))) await this.#look(a, id, signal);
    }
  }

  async #compare(a: PhotoId, b: PhotoId, signal: AbortSignal): Promise<void> {
    let outcome: Comparison | Uncompared;
    try {
      outcome = await this.#client.request('compare.photos', { a, b }, { signal });
    } catch (error) {
      outcome = { problem: inWords(error) };
    }
    if (!signal.aborted) this.all = new Map(this.all).set(b, outcome);
  }

  async #look(a: PhotoId, b: PhotoId, signal: AbortSignal): Promise<void> {
    this.looking = b;
    try {
      const seen = await this.#client.request('pairs.look', { a, b }, { signal });
      if (!signal.aborted) this.all = new Map(this.all).set(b, seen);
    } catch (error) {
      if (!signal.aborted) this.#unlooked = new Map(this.#unlooked).set(b, inWords(error));
    }
    if (!signal.aborted) this.looking = null;
  }
}

function inWords(error: unknown): string {
  const { title, detail } = errorWords(error);
  return `${title} ${detail}`;
}

/** Thumbnails leave something open, and nobody has looked at the files. */
function isUntried(comparison: Comparison | undefined): boolean {
  const measures = comparison?.measures;
  return measures?.open !== undefined && measures.looked === 'thumbnails';
}
