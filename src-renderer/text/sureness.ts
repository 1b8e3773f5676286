/** @file How sure groups must be to be listed, and how much they must free: the choices of the filter. */
import { CERTAIN_FROM, VERY_LIKELY_FROM } from '../../src-main/contract/chance.ts';
import type { MethodInput } from '../../src-main/contract/methods.ts';

export const surenesses = ['any', 'safe', 'certain', 'very-likely', 'likely', 'check'] as const;
export type Sureness = (typeof surenesses)[number];

export const surenessLabels: Record<Sureness, string> = {
  any: 'However sure',
  safe: 'Safe only',
  certain: 'Certain',
  'very-likely': 'Very likely or more',
  likely: 'Likely or more',
  check: 'To check',
};

type Conditions = Pick<MethodInput<'groups.list'>, 'tiers' | 'minProbability'>;

/** The words on the rows are made of tier and chance: what wants a look is "Check" however likely it is. */
export const surenessConditions: Record<Sureness, Conditions> = {
  any: {},
  safe: { tiers: ['safe'] },
  certain: { tiers: ['safe', 'likely'], minProbability: CERTAIN_FROM },
  'very-likely': { tiers: ['safe', 'likely'], minProbability: VERY_LIKELY_FROM },
  likely: { tiers: ['safe', 'likely'] },
  check: { tiers: ['check'] },
};

const MEGABYTE = 1_000_000;
/** Bytes that a group must free, 0 for any. */
export const leastBytes = [0, MEGABYTE, 10 * MEGABYTE, 100 * MEGABYTE, 1000 * MEGABYTE] as const;
