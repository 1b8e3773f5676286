/**
 * @file Fits what tells additions to a photo from other content of a layout, and writes similarity/matcher/added-weights.ts:
 * on the same pairs as fit-matcher.ts, before it. Prints what weights fitted on other photos and layouts say of each pair.
 * Run: node test/quality/fitting/fit-added.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addedNames, addedNumbers, withProducts } from '../../../src-main/engine/similarity/matcher/added.ts';
import type { JudgedPair } from '../evaluation/evidence.ts';
import { judgedCopies, judgedLookalikes } from '../evaluation/sets.ts';
import { truthOf } from '../sets/copies.ts';
import { FIT_PHOTOS } from './fit-set.ts';
import { fitLogistic, type Logistic } from './logistic.ts';

const OUTPUT = join(import.meta.dirname, '../../../src-main/engine/similarity/matcher/added-weights.ts');
/** Of standardised numbers and products: chosen by what is said of layouts that were left out. */
const RIDGE = 100;
const FOLDS = 10;

interface ChangedPair {
  numbers: number[];
  same: boolean;
  family: string;
  /** Photo or layout: left out together. */
  group: string;
}

async function changedPairs(): Promise<ChangedPair[]> {
  const { pictures, pairs } = await judgedCopies(FIT_PHOTOS, 'fit');
  const pairOf = (changed: JudgedPair['changed'], rest: Omit<ChangedPair, 'numbers'>): ChangedPair[] =>
    changed === null ? [] : [{ ...rest, numbers: addedNumbers(changed.measures) }];
  const copies = pairs.flatMap(({ a, b, changed }) => {
    const [one, other] = [pictures[a], pictures[b]];
    if (one === undefined || other === undefined || truthOf(one, other) !== 'copy') return [];
    return pairOf(changed, { same: true, family: 'damaged copy', group: one.photo });
  });
  const families = (await judgedLookalikes('fit'))
    .filter(({ pair }) => pair.label !== 'recoloured')
    .flatMap(({ pair: { label, family, source }, judged: { changed } }) =>
      pairOf(changed, { same: label === 'copy', family, group: source.split('/')[0] ?? source }),
    );
  return [...copies, ...families];
}

interface Fitted extends Logistic {
  means: number[];
  deviations: number[];
}

function fit(pairs: readonly ChangedPair[]): Fitted {
  const columns = addedNames.map((_, i) => pairs.map(({ numbers }) => numbers[i] ?? 0));
  const first = columns.map(standardOf);
  const products = pairs.map(({ numbers }) => withProducts(standardised(numbers, first)));
  const second = (products[0] ?? []).map((_, i) => standardOf(products.map((row) => row[i] ?? 0)));
  const copies = pairs.filter(({ same }) => same).length;
  const { intercept, weights } = fitLogistic(
    pairs.map(({ same }, k) => ({
      numbers: standardised(products[k] ?? [], second),
      same,
      weight: pairs.length / (2 * (same ? copies : pairs.length - copies)),
    })),
    RIDGE,
  );
  // The second standard goes into the weights.
  const folded = weights.map((weight, i) => weight / (second[i]?.deviation ?? 1));
  const shift = folded.reduce((sum, weight, i) => sum + weight * (second[i]?.mean ?? 0), 0);
  return {
    intercept: intercept - shift,
    weights: folded,
    means: first.map(({ mean }) => mean),
    deviations: first.map(({ deviation }) => deviation),
  };
}

interface Standard {
  mean: number;
  deviation: number;
}

function standardOf(values: readonly number[]): Standard {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: variance > 0 ? Math.sqrt(variance) : 1 };
}

function standardised(numbers: readonly number[], standards: readonly Standard[]): number[] {
  return numbers.map((value, i) => (value - (standards[i]?.mean ?? 0)) / (standards[i]?.deviation ?? 1));
}

function chanceOf(numbers: readonly number[], { means, deviations, intercept, weights }: Fitted): number {
  const standards = means.map((mean, i) => ({ mean, deviation: deviations[i] ?? 1 }));
  const odds = withProducts(standardised(numbers, standards)).reduce(
    (sum, value, i) => sum + value * (weights[i] ?? 0),
    intercept,
  );
  return 1 / (1 + Math.exp(-odds));
}

/** Of each family the shares of pairs whose chance is above each limit, by weights that saw neither photo nor layout. */
function printHeldOut(pairs: readonly ChangedPair[]): void {
  const groups = [...new Set(pairs.map(({ group }) => group))].sort();
  const foldOf = new Map(groups.map((group, i) => [group, i % FOLDS]));
  const limits = [0.3, 0.4, 0.5, 0.6, 0.75, 0.8];
  const chances = new Map<ChangedPair, number>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const isOut = ({ group }: ChangedPair): boolean => foldOf.get(group) === fold;
    const fitted = fit(pairs.filter((pair) => !isOut(pair)));
    for (const pair of pairs.filter(isOut)) chances.set(pair, chanceOf(pair.numbers, fitted));
  }
  console.log(`held out: shares above ${limits.join(', ')}`);
  for (const [name, members] of Map.groupBy(
    pairs,
    ({ family, same }) => `${family}, ${same ? 'copy' : 'other'}`,
  )) {
    const shares = limits.map((limit) =>
      (members.filter((pair) => (chances.get(pair) ?? 0) > limit).length / members.length).toFixed(3),
    );
    console.log(`${name} (${members.length}): ${shares.join(' ')}`);
  }
}

function sourceOf({ means, deviations, intercept, weights }: Fitted, count: number): string {
  const listed = (values: readonly number[]): string =>
    `[${values.map((value) => Number(value.toPrecision(4))).join(', ')}]`;
  return `/** @file Weights of added.ts, made by test/quality/fitting/fit-added.ts on ${count} pairs. */

/** Of the numbers, in their order. */
export const addedMeans: readonly number[] = ${listed(means)};
export const addedDeviations: readonly number[] = ${listed(deviations)};
export const addedIntercept = ${Number(intercept.toPrecision(4))};
/** Of the standardised numbers and their products. */
export const addedWeights: readonly number[] = ${listed(weights)};
`;
}

const pairs = await changedPairs();
printHeldOut(pairs);
writeFileSync(OUTPUT, sourceOf(fit(pairs), pairs.length));
