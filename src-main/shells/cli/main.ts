/** @file The command line: ties a run to this process, its streams and its signals. */
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { dataDirectory, databasePath, findInstallation, startEngine } from '../../host/index.ts';
import { commands } from './commands/index.ts';
import { exitCodes } from './exit-codes.ts';
import { writeFailureReport } from './failure-report.ts';
import { watchInterrupts } from './interrupt.ts';
import { createNotes, type Notes } from './notes.ts';
import { createOutput } from './output.ts';
import { run, stoppedText } from './run.ts';

const FALLBACK_COLUMNS = 80;
const VERSION_UNKNOWN = 'of unknown version';

/** Whoever reads standard output may stop at any time (`| head`); that is no failure. */
function endQuietlyWithReader(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.done);
    throw error;
  });
}

/** On a terminal that can rewrite its line. */
function liveColumns(): (() => number) | undefined {
  const { stderr, env } = process;
  if (!stderr.isTTY || env['TERM'] === 'dumb') return undefined;
  return () => stderr.columns || FALLBACK_COLUMNS;
}

function styled(): boolean {
  const { NO_COLOR: noColor, TERM: terminal } = process.env;
  return process.stdout.isTTY && (noColor === undefined || noColor === '') && terminal !== 'dumb';
}

const notes = new Map<boolean, Notes>();

/** One for all who speak, so that a remark makes the live line give way. */
function notesFor(quiet: boolean): Notes {
  const known = notes.get(quiet);
  if (known !== undefined) return known;
  const fresh = createNotes({ stream: process.stderr, quiet, liveColumns: liveColumns() });
  notes.set(quiet, fresh);
  return fresh;
}

function versionOrUnknown(): string {
  try {
    return findInstallation().version;
  } catch {
    return VERSION_UNKNOWN;
  }
}

async function main(): Promise<void> {
  endQuietlyWithReader(process.stdout);
  endQuietlyWithReader(process.stderr);
  const words = process.argv.slice(2);
  const named = commands.find(({ name }) => words.includes(name));
  const quiet = words.includes('--quiet');
  const interrupts = watchInterrupts({
    stopping: () => notesFor(quiet).say('Stopping…'),
    overdue: () => notesFor(quiet).complain(stoppedText(named)),
  });
  process.exitCode = await run(words, {
    commands,
    output: createOutput(process.stdout, styled()),
    notesFor,
    signal: interrupts.signal,
    beforeForcedExit: (action) => interrupts.beforeForcedExit(action),
    workingDirectory: process.cwd(),
    installation: () => findInstallation(),
    databaseFor: (option) => databasePath(option),
    startEngine,
    reportFailure: (error, command) =>
      writeFailureReport(
        { error, command, version: versionOrUnknown(), when: new Date() },
        join(dataDirectory(), 'reports'),
      ),
  });
  interrupts.release();
}

await main();
