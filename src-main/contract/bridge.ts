/**
 * @file What the Electron preload puts on `window` as {@link BRIDGE_KEY}: three functions, no channel names. Errors
 * are envelopes, because Electron keeps no more than the message of an error that is thrown across.
 */
import type { Notice } from './engine.ts';
import type { ErrorEnvelope } from './errors.ts';

export const BRIDGE_KEY = 'lookalike';

export type BridgeReply = { ok: true; output: unknown } | { ok: false; error: ErrorEnvelope };

/** `event`: what the request of this id reports while it runs. `notice`: what everybody is told. */
export type BridgeMessage =
  { kind: 'event'; requestId: string; event: unknown } | { kind: 'notice'; notice: Notice };

export interface Bridge {
  /**
   * Asks a method of the contract or of the shell. `requestId` is the caller's own, unique while the request runs.
   * Never rejects on purpose; what fails comes back as `ok: false`.
   */
  request(requestId: string, name: string, input: unknown): Promise<BridgeReply>;
  /** Aborts the request; its reply still comes, as the method defines. An unknown id is ignored. */
  cancel(requestId: string): Promise<void>;
  /** @returns the function that ends the subscription. */
  onEvent(listener: (message: BridgeMessage) => void): () => void;
}
