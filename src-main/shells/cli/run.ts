/** @file One run of the command line, from words to an exit code. */
import { LookalikeError } from '../../contract/errors.ts';
import type { Installation } from '../../host/index.ts';
import { parseCommandLine, UsageError, type ParsedLine } from './arguments.ts';
import type { Command } from './command.ts';
import { EngineSession, type SessionOptions } from './engine-session.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts';
import { commandHelp, generalHelp, usageLines } from './help.ts';
import type { Notes } from './notes.ts';
import type { Output } from './output.ts';

export interface Surroundings {
  commands: readonly Command[];
  output: Output;
  /** For the options given, because --quiet decides what is said. */
  notesFor: (quiet: boolean) => Notes;
  signal: AbortSignal;
  /** Registers what is to be done when the process is ended without waiting. */
  beforeForcedExit: (action: () => void) => void;
  workingDirectory: string;
  installation: () => Installation;
  databaseFor: (option: string | undefined) => string;
  startEngine: SessionOptions['startEngine'];
  /** @returns the path of the file that it wrote. */
  reportFailure: (error: unknown, command: string | undefined) => Promise<string>;
}

export const STOPPED = 'Stopped.';

/** Never rejects. */
export async function run(words: readonly string[], around: Surroundings): Promise<ExitCode> {
  let parsed: ParsedLine;
  try {
    parsed = parseCommandLine(words, around.commands);
  } catch (error) {
    return failed(error, around, undefined);
  }
  const { command, common } = parsed;
  try {
    if (common.version) {
      await around.output.line(around.installation().version);
      return exitCodes.done;
    }
    if (common.help) {
      await around.output.write(command === undefined ? generalHelp(around.commands) : commandHelp(command));
      return exitCodes.done;
    }
    if (command === undefined) throw new UsageError('Name a command.');
    return await runCommand(command, parsed, around);
  } catch (error) {
    return failed(error, around, command);
  }
}

async function runCommand(command: Command, parsed: ParsedLine, around: Surroundings): Promise<ExitCode> {
  const notes = around.notesFor(parsed.common.quiet);
  const databaseFile = around.databaseFor(parsed.common.db);
  const { startEngine, output, signal, workingDirectory } = around;
  const session = new EngineSession({ databaseFile, common: parsed.common, notes, startEngine });
  around.beforeForcedExit(() => session.kill());
  try {
    const code = await command.run({
      operands: parsed.operands,
      options: parsed.options,
      common: parsed.common,
      workingDirectory,
      output,
      notes,
      signal,
      databaseFile,
      installation: around.installation,
      openEngine: (need) => session.open(need),
    });
    if (!signal.aborted) return code;
  } catch (error) {
    // What fails while it is being stopped fails because it is being stopped.
    if (!signal.aborted) throw error;
  } finally {
    await session.close();
  }
  notes.complain(stoppedText(command));
  return exitCodes.interrupted;
}

export function stoppedText(command: Command | undefined): string {
  return command?.keeps === undefined ? STOPPED : `${STOPPED} ${command.keeps}`;
}

async function failed(error: unknown, around: Surroundings, command: Command | undefined): Promise<ExitCode> {
  const { complain } = around.notesFor(true);
  if (error instanceof UsageError) {
    complain(error.message);
    if (error.command === undefined) complain('“lookalike --help” lists the commands.');
    else for (const line of usageLines(error.command)) complain(line);
    return exitCodes.wrongUsage;
  }
  if (error instanceof LookalikeError && error.code !== 'INTERNAL') {
    complain(error.nextStep === undefined ? error.message : `${error.message} ${error.nextStep}`);
    return exitCodeOf(error.code);
  }
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
  const file = await around.reportFailure(error, command?.name);
  complain(`Lookalike failed unexpectedly: ${message.replace(/\.$/, '')}. A report is in ${file}`);
  return exitCodes.unexpected;
}
