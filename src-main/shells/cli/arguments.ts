/** @file From words to a command with checked options. Anything wrong is a UsageError that shows the right way. */
import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { commonOptions, type CommonValues } from './common-options.ts';
import { ValueError, type OptionSpec, type OptionSpecs, type OptionValues } from './option-values.ts';
import { nearestWord } from './suggest.ts';

/** Wrong usage. `command` is the one whose usage line is shown; undefined when none was recognised. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly command: Command | undefined;

  constructor(message: string, command?: Command) {
    super(message);
    this.command = command;
  }
}

export interface ParsedLine {
  /** Undefined with --help or --version alone, or when no word was given at all. */
  command: Command | undefined;
  operands: string[];
  options: OptionValues<OptionSpecs>;
  common: CommonValues;
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

function tokenize(words: readonly string[], specs: OptionSpecs): Token[] {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      { type: spec.kind === 'flag' ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...words],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  return tokens;
}

function didYouMean(given: string, known: readonly string[], prefix = ''): string {
  const nearest = nearestWord(given, known);
  return nearest === undefined ? '' : ` Did you mean “${prefix}${nearest}”?`;
}

/** The first word that is no option is the command. */
function findCommand(
  words: readonly string[],
  commands: readonly Command[],
): { command: Command | undefined; rest: string[] } {
  const first = tokenize(words, commonOptions).find((token) => token.kind === 'positional');
  if (first === undefined) return { command: undefined, rest: [...words] };
  const command = commands.find(({ name }) => name === first.value);
  if (command === undefined) {
    const names = commands.map(({ name }) => name);
    throw new UsageError(`There is no command “${first.value}”.${didYouMean(first.value, names)}`);
  }
  return { command, rest: words.filter((_, index) => index !== first.index) };
}

type OptionToken = Extract<Token, { kind: 'option' }>;

function valueOf(token: OptionToken, spec: OptionSpec, command: Command | undefined): unknown {
  const { rawName, value, inlineValue } = token;
  if (spec.kind === 'flag') {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`, command);
    return true;
  }
  if (value === undefined || (!inlineValue && value.startsWith('--')))
    throw new UsageError(`${rawName} needs a value: ${rawName} ${spec.value}`, command);
  try {
    return spec.parse(value);
  } catch (error) {
    if (error instanceof ValueError) throw new UsageError(`${rawName} ${error.message}.`, command);
    throw error;
  }
}

function checkOperandCount(operands: readonly string[], command: Command): void {
  const { min, max } = command.operandCount;
  const surplus = operands[max];
  if (surplus !== undefined) throw new UsageError(`“${surplus}” is one word too many.`, command);
  if (operands.length < min) throw new UsageError(`“${command.name}” needs ${command.operands}.`, command);
  if (operands.includes('')) throw new UsageError('A path must not be empty.', command);
}

function pick<Specs extends OptionSpecs>(values: Map<string, unknown[]>, specs: Specs): OptionValues<Specs> {
  const entries = Object.entries(specs).map(([name, spec]): [string, unknown] => {
    const given = values.get(name) ?? [];
    if (spec.kind === 'many') return [name, given];
    return [name, spec.kind === 'flag' ? given.length > 0 : given.at(-1)];
  });
  return Object.fromEntries(entries) as OptionValues<Specs>;
}

/** @throws UsageError */
export function parseCommandLine(words: readonly string[], commands: readonly Command[]): ParsedLine {
  const { command, rest } = findCommand(words, commands);
  const specs: OptionSpecs = { ...command?.options, ...commonOptions };
  const operands: string[] = [];
  const values = new Map<string, unknown[]>();
  for (const token of tokenize(rest, specs)) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (spec === undefined || !token.rawName.startsWith('--')) {
      const hint = didYouMean(token.name, Object.keys({ ...commonOptions, ...specs }), '--');
      throw new UsageError(`There is no option “${token.rawName}”.${hint}`, command);
    }
    values.set(token.name, [...(values.get(token.name) ?? []), valueOf(token, spec, command)]);
  }
  const common = pick(values, commonOptions);
  if (command !== undefined && !common.help && !common.version) checkOperandCount(operands, command);
  return { command, operands, options: pick(values, command?.options ?? {}), common };
}
