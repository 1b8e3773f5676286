/** @file From measured pairs to the weights of the second check's decision, and what they reach on held-out groups. */
import {
  type DecisionClass,
  decisionClasses,
} from '../../../src-main/engine/similarity/second-check/decision-weights.ts';
import {
  hasMoved,
  type SecondCheckMeasures,
} from '../../../src-main/engine/similarity/second-check/decision.ts';
import { decisionNumbers } from '../../../src-main/engine/similarity/second-check/numbers.ts';
import { chances, fitLogistic, type Logistic, type LogisticRow } from './logistic-fit.ts';
import type { LabelledPair, PairLabel } from './second-check-families.ts';

/** A pair without its pictures. */
export interface MeasuredPair extends Pick<LabelledPair, 'label' | 'family' | 'kind' | 'group'> {
  /** Null: the first check did not find it, or too little is shared. */
  measures: SecondCheckMeasures | null;
}

/** A burst in which nothing moved is fitted as a scene where something differs after all. */
const classOf: Partial<Record<PairLabel, DecisionClass>> = {
  copy: 'copy',
  scene: 'scene',
  still: 'scene',
  layout: 'layout',
};

const RIDGE = 0.002;
const FOLDS = 5;

interface DecidedPair {
  pair: MeasuredPair;
  row: LogisticRow;
}

/**
 * Copies with every kind of damage are coded as copies are, local edits all alike: the few of them count this many times, so
 * that hard coding is not taken for a camera's noise.
 */
const DAMAGED_COPY_WEIGHT = 6;

/** Those that the weights decide: something differs, nothing moved. Each class has the same weight. */
function decidedPairs(measured: readonly MeasuredPair[]): DecidedPair[] {
  const decided = measured.flatMap((pair): DecidedPair[] => {
    const name = classOf[pair.label];
    const { measures, family } = pair;
    if (name === undefined || measures === null) return [];
    if (measures.differing === 0 || hasMoved(measures)) return [];
    const numbers = decisionNumbers.map((number) => measures[number]);
    const weight = family === 'part' || family === 'whole' ? DAMAGED_COPY_WEIGHT : 1;
    return [{ pair, row: { label: decisionClasses.indexOf(name), numbers, weight } }];
  });
  const totals = decisionClasses.map((_, c) =>
    decided.reduce((sum, { row }) => (row.label === c ? sum + row.weight : sum), 0),
  );
  return decided.map(({ pair, row }) => ({
    pair,
    row: { ...row, weight: (row.weight * decided.length) / (totals[row.label] ?? 1) },
  }));
}

export function fitDecision(measured: readonly MeasuredPair[]): Logistic {
  const rows = decidedPairs(measured).map(({ row }) => row);
  return fitLogistic(rows, decisionClasses.length, RIDGE);
}

function foldOf(group: string): number {
  let hash = 0;
  for (const character of group) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return Math.abs(hash) % FOLDS;
}

/** Chance of a copy that weights fitted without a pair's photo or layout give it. */
function heldOutChances(decided: readonly DecidedPair[]): { pair: MeasuredPair; chance: number }[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const others = decided.filter(({ pair }) => foldOf(pair.group) !== fold);
    const fitted = fitLogistic(
      others.map(({ row }) => row),
      decisionClasses.length,
      RIDGE,
    );
    return decided
      .filter(({ pair }) => foldOf(pair.group) === fold)
      .map(({ pair, row }) => ({ pair, chance: chances(fitted, row.numbers)[0] ?? 0 }));
  }).flat();
}

const LIMITS = [0.35, 0.5, 0.6, 0.8, 0.95];

/** Lines of a table: of each family's decided pairs, the share whose chance of a copy is above each limit. */
export function heldOutTable(measured: readonly MeasuredPair[]): string[] {
  const families = new Map<string, number[]>();
  for (const { pair, chance } of heldOutChances(decidedPairs(measured))) {
    const name = `${pair.family}, ${pair.label}`;
    families.set(name, [...(families.get(name) ?? []), chance]);
  }
  const lines = [...families].sort().map(([name, values]) => {
    const shares = LIMITS.map((limit) => {
      const share = values.filter((value) => value > limit).length / values.length;
      return share.toFixed(3);
    });
    return `| ${name} | ${values.length} | ${shares.join(' | ')} |`;
  });
  const heads = LIMITS.map((limit) => `> ${limit}`).join(' | ');
  return [`| decided by weights | pairs | ${heads} |`, `|---|---|${'---|'.repeat(LIMITS.length)}`, ...lines];
}

/** The source of decision-weights.ts. */
export function weightsSource({ mean, deviation, weights }: Logistic, summary: string): string {
  const rounded = (value: number | undefined): string => String(Number((value ?? 0).toPrecision(4)));
  const standards = decisionNumbers.map(
    (number, i) => `  ${number}: [${rounded(mean[i])}, ${rounded(deviation[i])}],`,
  );
  const rows = decisionClasses.map(
    (name, c) => `  ${name}: [${(weights[c] ?? []).map((value) => rounded(value)).join(', ')}],`,
  );
  return `/**
 * @file Weights of the decision, made by test/quality/fitting/fit-second-check.ts: multinomial logistic regression.
 * ${summary}
 */
import { type DecisionNumbers } from './numbers.ts';

export const decisionClasses = ['copy', 'scene', 'layout'] as const;
export type DecisionClass = (typeof decisionClasses)[number];

/** Mean and deviation that each number is standardised by. */
export const standard: Record<keyof DecisionNumbers, readonly [mean: number, deviation: number]> = {
${standards.join('\n')}
};

/** Intercept and one weight a number, in the order of decisionNumbers. */
export const weights: Record<DecisionClass, readonly number[]> = {
${rows.join('\n')}
};
`;
}
