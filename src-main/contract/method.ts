/** @file What a method of the contract is: who may ask, what goes in, what comes back. */
import type * as v from 'valibot';

/**
 * Who may ask. `window`: the renderer and browsers too; such an input names no path, only ids.
 * `shell`: only the shell's own code (command line, dialogs), because the input names paths.
 */
export type Reach = 'window' | 'shell';

export interface Method<Schema extends v.GenericSchema, Output, Event> {
  readonly reach: Reach;
  readonly input: Schema;
  /**
   * A resumable method may be sent again, unchanged, to an engine that was restarted after a crash: it goes on
   * where its committed work ends. All others fail with ENGINE_EXITED.
   */
  readonly resumable: boolean;
  /** Never set: carries the types of what comes back. */
  readonly types?: { output: Output; event: Event };
}

/** Ties the types of output and events to a schema of the input. */
export function method<Output, Event = never>() {
  return <const Schema extends v.GenericSchema>(
    reach: Reach,
    input: Schema,
    options: { resumable?: boolean } = {},
  ): Method<Schema, Output, Event> => ({ reach, input, resumable: options.resumable ?? false });
}
