/** @file How sure a group or a pair is, in a word: one rule for the window and the command line. */
import type { Tier } from './model.ts';

/** Chances from which on the words hold; "Likely" is all that is left. */
export const CERTAIN_FROM = 0.999;
export const VERY_LIKELY_FROM = 0.99;

export type ChanceWord = 'Certain' | 'Very likely' | 'Likely' | 'Check';

/** Whether it wants a look is the tier's to say, however likely it is; how likely it is names all others. */
export function chanceWord({ tier, probability }: { tier: Tier; probability: number }): ChanceWord {
  if (tier === 'check') return 'Check';
  if (probability >= CERTAIN_FROM) return 'Certain';
  return probability >= VERY_LIKELY_FROM ? 'Very likely' : 'Likely';
}
