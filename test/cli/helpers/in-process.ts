/** @file One run of the command line in this process, with an engine double. */
import { PassThrough } from 'node:stream';
import type { Installation } from '../../../src-main/host/index.ts';
import { commands } from '../../../src-main/shells/cli/commands/index.ts';
import { createNotes } from '../../../src-main/shells/cli/notes.ts';
import { createOutput } from '../../../src-main/shells/cli/output.ts';
import { run } from '../../../src-main/shells/cli/run.ts';
import { engineDouble, type Answers, type EngineDouble } from './engine-double.ts';

export interface InProcessRun {
  code: number;
  out: string;
  err: string;
  engine: EngineDouble;
  /** Errors for which a report was written. */
  reported: unknown[];
}

export interface Circumstances {
  /** An existing file makes “there is a library” true. */
  database?: string;
  signal?: AbortSignal;
  installation?: Partial<Installation>;
}

function collect(stream: PassThrough): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

export async function runInProcess(
  words: string[],
  answers: Answers = {},
  { database = import.meta.filename, signal, installation }: Circumstances = {},
): Promise<InProcessRun> {
  const engine = engineDouble(answers);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [collect(stdout), collect(stderr)];
  const reported: unknown[] = [];
  const code = await run(words, {
    commands,
    output: createOutput(stdout, false),
    notesFor: (quiet) => createNotes({ stream: stderr, quiet, liveColumns: undefined }),
    beforeForcedExit: () => undefined,
    signal: signal ?? new AbortController().signal,
    workingDirectory: '/work-here',
    installation: () => ({
      nodeBinary: '',
      engineEntry: '',
      readerWorker: '',
      trainingWorker: '',
      searchWorker: '',
      trunkDirectory: '',
      headDirectory: '',
      matcherDirectory: '',
      vocabularyDirectory: '',
      wasmDirectory: '',
      version: '9.8.7',
      ...installation,
    }),
    databaseFor: (option) => option ?? database,
    startEngine: () => engine,
    reportFailure: (error) => {
      reported.push(error);
      return Promise.resolve('/reports/failure.txt');
    },
  });
  return { code, out: out(), err: err(), engine, reported };
}
