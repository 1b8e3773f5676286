/** @file The one training that may run, whoever started it: how it goes, its curve, what came of it. */
import type {
  TrainingEpoch,
  TrainingProgress,
  TrainingResult,
  TrainingSource,
} from '../../src-main/contract/model.ts';
import type { Client } from '../client/engine-client.ts';
import type { Messages } from './messages.svelte.ts';

/** A training of another window tells nothing by itself: it is asked this often. */
const FOLLOW_EVERY_MS = 1000;

export class Training {
  readonly #client: Client;
  readonly #messages: Messages;
  readonly #later: (run: () => void, ms: number) => void;
  #following = false;
  /** Of a training that this window asked for. */
  #stop: AbortController | null = null;
  /** Seen and answered: not shown again. */
  #settled: string | null = null;

  progress = $state.raw<TrainingProgress | null>(null);
  /** Those that this window has seen. */
  epochs = $state.raw<readonly TrainingEpoch[]>([]);
  result = $state.raw<TrainingResult | null>(null);
  paused = $state(false);
  stopping = $state(false);
  #asked = $state(false);
  readonly running = $derived(this.#asked || this.progress !== null);
  /** After the rounds it takes seconds, and stopping would lose them. */
  readonly canStop = $derived(
    !this.stopping && (this.progress === null || ['views', 'train'].includes(this.progress.stage)),
  );

  constructor(
    client: Client,
    messages: Messages,
    later: (run: () => void, ms: number) => void = (run, ms) => void setTimeout(run, ms),
  ) {
    this.#client = client;
    this.#messages = messages;
    this.#later = later;
  }

  /** What runs and what ran, for a window that was not there. */
  async load(): Promise<void> {
    if (this.#asked || this.#following) return;
    try {
      const { progress, paused, last } = await this.#client.request('train.state', {});
      if (progress === null) {
        this.progress = null;
        if (last !== null && nameOf(last) !== this.#settled) this.result = last;
        return;
      }
      this.#told(progress);
      this.paused = paused;
      this.#following = true;
      this.#later(() => {
        this.#following = false;
        void this.load();
      }, FOLLOW_EVERY_MS);
    } catch (error) {
      this.progress = null;
      this.#messages.report(error);
    }
  }

  /** Never rejects: what fails is said. @returns null when nothing came of it */
  async run(data: Extract<TrainingSource, 'self' | 'verdicts'>): Promise<TrainingResult | null> {
    if (this.running) return null;
    this.#asked = true;
    this.result = null;
    this.epochs = [];
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    try {
      this.result = await this.#client.request(
        'train.run',
        { data },
        { signal, onEvent: (progress) => this.#told(progress) },
      );
    } catch (error) {
      this.#messages.report(error);
    }
    this.#stop = null;
    this.#asked = false;
    this.progress = null;
    this.paused = false;
    this.stopping = false;
    return this.result;
  }

  async pause(paused: boolean): Promise<void> {
    try {
      this.paused = (await this.#client.request('train.pause', { paused })).paused;
    } catch (error) {
      this.#messages.report(error);
    }
  }

  /** Ends the rounds; the best one counts. Before the first there is nothing to keep. */
  async stop(): Promise<void> {
    if (!this.canStop) return;
    this.stopping = true;
    try {
      // One that is paused would never come to its end.
      if (this.paused) await this.pause(false);
      if (this.#stop === null) await this.#client.request('train.stop', {});
      else this.#stop.abort();
    } catch (error) {
      this.stopping = false;
      this.#messages.report(error);
    }
  }

  /** Its result was used or left: it is not shown again. */
  settle(): void {
    if (this.result !== null) this.#settled = nameOf(this.result);
    this.result = null;
    this.epochs = [];
  }

  #told(progress: TrainingProgress): void {
    this.progress = progress;
    const { epoch } = progress;
    if (epoch === null) return;
    this.epochs = [...this.epochs.filter((other) => other.epoch < epoch.epoch), epoch];
  }
}

/** Two results are the same training when everything that was measured is. */
function nameOf(result: TrainingResult): string {
  return JSON.stringify(result);
}
