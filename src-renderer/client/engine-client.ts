/** @file The engine and the shell as the window sees them, whatever carries the words. */
import type { Notice } from '../../src-main/contract/engine.ts';
import { LookalikeError } from '../../src-main/contract/errors.ts';
import type {
  MethodEvent,
  MethodInput,
  MethodName,
  MethodOutput,
  PictureSize,
} from '../../src-main/contract/methods.ts';
import type { PhotoId } from '../../src-main/contract/model.ts';
import type { ShellInput, ShellMethodName, ShellOutputs } from '../../src-main/contract/shell.ts';

export interface ClientRequestOptions<N extends MethodName> {
  signal?: AbortSignal;
  onEvent?: (event: MethodEvent<N>) => void;
}

export interface Client {
  /** @throws LookalikeError only. */
  request<N extends MethodName>(
    name: N,
    input: MethodInput<N>,
    options?: ClientRequestOptions<N>,
  ): Promise<MethodOutput<N>>;
  /** @throws LookalikeError only. */
  shell<N extends ShellMethodName>(name: N, input: ShellInput<N>): Promise<ShellOutputs[N]>;
  /** @returns the function that ends the subscription. */
  onNotice(listener: (notice: Notice) => void): () => void;
  /**
   * Tells when the way to the shell breaks (false) and is there again (true). Only a served window can lose it.
   * @returns the function that ends the subscription.
   */
  onConnection(listener: (connected: boolean) => void): () => void;
  photoUrl(id: PhotoId, size: PictureSize): string;
}

/** A signal that is aborted already fires no event: such a request is not sent. @throws LookalikeError CANCELLED */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true)
    throw new LookalikeError('CANCELLED', 'The work was stopped.', { cause: signal.reason });
}
