/** @file What a command is, and what it gets to work with. */
import type { Installation } from '../../host/index.ts';
import type { OpenEngine } from './engine-session.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Notes } from './notes.ts';
import type { OptionSpecs, OptionValues } from './option-values.ts';
import type { Output } from './output.ts';
import type { CommonValues } from './common-options.ts';

export interface Invocation<Specs extends OptionSpecs = OptionSpecs> {
  operands: string[];
  options: OptionValues<Specs>;
  common: CommonValues;
  /** Relative paths of the user are relative to this. */
  workingDirectory: string;
  /** Standard output: the result and nothing else. */
  output: Output;
  /** Standard error: progress and remarks. */
  notes: Notes;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  openEngine: OpenEngine;
  /** The database that the options name; absolute. It need not exist. */
  databaseFile: string;
  /** The program's own files. @throws LookalikeError ENGINE_NOT_STARTED when they are missing. */
  installation: () => Installation;
}

export interface CommandText {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** What follows the name: "DIR...", "A B", "". */
  operands: string;
  operandCount: { min: number; max: number };
  /** Paragraphs for the command's own help. */
  details?: readonly string[];
  examples: readonly { line: string; does: string }[];
  /** Said after Ctrl-C, when something was kept. */
  keeps?: string;
}

export interface Command extends CommandText {
  options: OptionSpecs;
  run(invocation: Invocation): Promise<ExitCode>;
}

/** Ties the type of `options` to what `run` gets. */
export function defineCommand<const Specs extends OptionSpecs>(
  command: CommandText & { options: Specs; run(invocation: Invocation<Specs>): Promise<ExitCode> },
): Command {
  return command;
}
