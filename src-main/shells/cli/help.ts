/** @file The texts of --help. */
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import type { OptionSpec, OptionSpecs } from './option-values.ts';
import { alignColumns, wrapWords } from './render-text.ts';

const HELP_WIDTH = 98;
/** Under the word after "Usage: ". */
const USAGE_INDENT = 7;
const PROGRAM = 'lookalike';

function optionRows(specs: OptionSpecs): string[] {
  const rows = Object.entries(specs).map(([name, spec]) => [optionWord(name, spec), spec.help]);
  return alignColumns(rows, { indent: 2, gap: 3 });
}

function optionWord(name: string, spec: OptionSpec): string {
  return spec.kind === 'flag' ? `--${name}` : `--${name} ${spec.value}`;
}

/** "Usage: lookalike scan DIR... [--exclude GLOB]... [--hidden]", as lines. */
export function usageLines(command: Command): string[] {
  const options = Object.entries(command.options).map(
    ([name, spec]) => `[${optionWord(name, spec)}]${spec.kind === 'many' ? '...' : ''}`,
  );
  const parts = ['Usage:', PROGRAM, command.name, command.operands, ...options];
  return wrapWords(
    parts.filter((part) => part !== ''),
    HELP_WIDTH,
    USAGE_INDENT,
  );
}

export function commandHelp(command: Command): string {
  const lines = [command.summary, '', ...usageLines(command)];
  for (const paragraph of command.details ?? [])
    lines.push('', ...wrapWords(paragraph.split(' '), HELP_WIDTH));
  if (Object.keys(command.options).length > 0) lines.push('', 'Options:', ...optionRows(command.options));
  lines.push('', 'Options of every command:', ...optionRows(commonOptions), '', 'Examples:');
  for (const { line, does } of command.examples) lines.push(`  ${PROGRAM} ${line}`, `      ${does}`);
  return `${lines.join('\n')}\n`;
}

export function generalHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ name, operands, summary }) => [`${name} ${operands}`.trim(), summary]);
  return `${[
    'Lookalike finds duplicate and near-duplicate photos. It looks at photos and changes none.',
    '',
    `Usage: ${PROGRAM} COMMAND [ARGUMENTS] [OPTIONS]`,
    '',
    'Commands:',
    ...alignColumns(rows, { indent: 2, gap: 3 }),
    '',
    'Options of every command:',
    ...optionRows(commonOptions),
    '',
    'Exit codes: 0 done, 1 unexpected failure, 2 wrong usage, 3 nothing there to work on,',
    '            4 the database cannot be used, 5 the backend cannot run, 130 interrupted',
    '',
    'Examples:',
    `  ${PROGRAM} scan ~/Pictures`,
    `  ${PROGRAM} groups --limit 20`,
    `  ${PROGRAM} COMMAND --help     options and examples of one command`,
  ].join('\n')}\n`;
}
