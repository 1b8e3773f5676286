/** @file The engine as every caller sees it, wherever it runs. */
import type { MethodEvent, MethodInput, MethodName, MethodOutput } from './methods.ts';
import type { ScanSummary } from './model.ts';
import type { ScanProgress } from './progress.ts';

export interface RequestOptions<N extends MethodName> {
  /** Aborting is honoured within 250 ms; see the method for what then comes back. */
  signal?: AbortSignal;
  onEvent?: (event: MethodEvent<N>) => void;
}

/** What the engine, or the host that keeps it alive, tells everyone who listens. */
export type Notice =
  | { type: 'library-changed' }
  | { type: 'scan-progress'; progress: ScanProgress }
  | { type: 'scan-ended'; summary: ScanSummary }
  | { type: 'scan-failed'; code: string; message: string }
  /** The engine process ended unexpectedly; requests in flight fail unless they are resumable. */
  | { type: 'engine-exited'; restarts: number }
  /** It runs again. `blamed`: the file that is now left out because it ended the process twice, if one is. */
  | { type: 'engine-restarted'; restarts: number; blamed: string | null }
  /** The third crash in a row: it stays down until `restart` is asked for. */
  | { type: 'engine-gave-up'; reason: string };

export interface Engine {
  /** @throws LookalikeError only. */
  request<N extends MethodName>(
    name: N,
    input: MethodInput<N>,
    options?: RequestOptions<N>,
  ): Promise<MethodOutput<N>>;
  /** @returns the function that ends the subscription. */
  subscribe(listener: (notice: Notice) => void): () => void;
  close(): Promise<void>;
}
