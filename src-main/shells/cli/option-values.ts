/** @file Options as a command declares them: a flag, one value, or a value each time it is given. */
import { withThousands } from '../../contract/thousands.ts';

interface OptionText {
  help: string;
  /** Stands for the value in the help: N, FILE, "cosine|l2". */
  value?: string;
}
export type FlagOption = OptionText & { kind: 'flag' };
export type OneOption<T> = OptionText & { kind: 'one'; value: string; parse: (text: string) => T };
export type ManyOption<T> = OptionText & { kind: 'many'; value: string; parse: (text: string) => T };
export type OptionSpec = FlagOption | OneOption<unknown> | ManyOption<unknown>;
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What a command gets: false, undefined and [] stand for options that were not given. */
export type OptionValues<Specs extends OptionSpecs> = {
  [Name in keyof Specs]: Specs[Name] extends { kind: 'flag' }
    ? boolean
    : Specs[Name] extends { kind: 'one'; parse: (text: string) => infer T }
      ? T | undefined
      : Specs[Name] extends { kind: 'many'; parse: (text: string) => infer T }
        ? T[]
        : never;
};

/** Says what is wrong with a value; the parser puts the option's name before it. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
}

export const text = (given: string): string => {
  if (given === '') throw new ValueError('must not be empty');
  return given;
};

/** Whole numbers from `min` to `max`. */
export function wholeNumber(min: number, max: number): (given: string) => number {
  return (given) => {
    const value = Number(given);
    if (!/^\d+$/.test(given) || value < min || value > max)
      throw new ValueError(`must be a whole number from ${min} to ${withThousands(max)}, not “${given}”`);
    return value;
  };
}

export function realNumber(min: number, max: number): (given: string) => number {
  return (given) => {
    const value = given.trim() === '' ? Number.NaN : Number(given);
    if (!(value >= min && value <= max))
      throw new ValueError(`must be a number from ${min} to ${max}, not “${given}”`);
    return value;
  };
}

export function oneOf<const T extends string>(words: readonly T[]): (given: string) => T {
  return (given) => {
    const word = words.find((candidate) => candidate === given);
    if (word === undefined) throw new ValueError(`must be one of ${words.join(', ')}, not “${given}”`);
    return word;
  };
}
