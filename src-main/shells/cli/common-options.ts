/** @file Options that every command has. */
import type { BackendName } from '../../contract/model.ts';
import { oneOf, text, wholeNumber, type OptionSpecs, type OptionValues } from './option-values.ts';

const MAX_THREADS = 256;
const backends: readonly BackendName[] = ['tensorflow', 'wasm', 'cpu'];

export const commonOptions = {
  db: {
    kind: 'one',
    value: 'FILE',
    parse: text,
    help: 'Database of the library; else LOOKALIKE_DB, else the one of the app',
  },
  json: { kind: 'flag', help: 'Print the result as JSON' },
  quiet: { kind: 'flag', help: 'No progress and no remarks' },
  threads: {
    kind: 'one',
    value: 'N',
    parse: wholeNumber(1, MAX_THREADS),
    help: 'Photos that are read at a time; as many as there are cores unless said',
  },
  backend: {
    kind: 'one',
    value: backends.join('|'),
    parse: oneOf(backends),
    help: 'What computes; the fastest that works unless said',
  },
  help: { kind: 'flag', help: 'Show help; after a command, that command’s' },
  version: { kind: 'flag', help: 'Show the version' },
} as const satisfies OptionSpecs;

export type CommonValues = OptionValues<typeof commonOptions>;
