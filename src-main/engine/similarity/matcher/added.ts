/**
 * @file Whether what differs in a copy that was saved again was put there (a text, a sticker, a retouch), or is what two
 * pages of one layout differ in. A quadratic logistic regression on what the second check measures.
 */
import type { SecondCheckMeasures } from '../second-check/decision.ts';
import { decisionNumbers } from '../second-check/numbers.ts';
import { addedIntercept, addedMeans, addedDeviations, addedWeights } from './added-weights.ts';

/** Names of the numbers, in their order. */
export const addedNames = [...decisionNumbers, 'logDiffering', 'displacement80', 'poke', 'shown'] as const;

/** One number for each name. */
export function addedNumbers(measures: SecondCheckMeasures): number[] {
  const { differing, displacement80, poke, shown } = measures;
  const numbers = decisionNumbers.map((name) => measures[name]);
  return [...numbers, Math.log1p(differing), displacement80, poke, shown];
}

/** The numbers, then all products of two of them: (0,0), (0,1) .. (1,1) .. */
export function withProducts(numbers: readonly number[]): number[] {
  return [...numbers, ...numbers.flatMap((one, i) => numbers.slice(i).map((other) => one * other))];
}

/** Chance, 0..1, of pairs of which half are copies. */
export function addedChance(measures: SecondCheckMeasures): number {
  const standardised = addedNumbers(measures).map(
    (value, i) => (value - (addedMeans[i] ?? 0)) / (addedDeviations[i] ?? 1),
  );
  const odds = withProducts(standardised).reduce(
    (sum, value, i) => sum + value * (addedWeights[i] ?? 0),
    addedIntercept,
  );
  return 1 / (1 + Math.exp(-odds));
}
