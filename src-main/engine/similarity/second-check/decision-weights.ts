/**
 * @file Weights of the decision, made by test/quality/fitting/fit-second-check.ts: multinomial logistic regression.
 * Fitted on 4,926 made pairs of 46 photos and 30 layouts.
 */
import { type DecisionNumbers } from './numbers.ts';

export const decisionClasses = ['copy', 'scene', 'layout'] as const;
export type DecisionClass = (typeof decisionClasses)[number];

/** Mean and deviation that each number is standardised by. */
export const standard: Record<keyof DecisionNumbers, readonly [mean: number, deviation: number]> = {
  twoSided: [0.2938, 0.1855],
  sideRatio: [0.7901, 0.9438],
  twoSidedPieces: [0.5334, 0.2889],
  oneSideFlat: [0.05343, 0.0781],
  commonColours: [0.4738, 0.2473],
  flatDiffering: [0.2721, 0.2347],
  flatGround: [0.2695, 0.2698],
  differingShare: [0.1004, 0.09897],
  largestPiece: [0.8099, 0.2699],
  coherence: [0.04893, 0.0465],
  flatAround: [0.2699, 0.2503],
  remainder: [-1.179, 0.989],
  peak: [3.491, 1.385],
  otherSide: [0.05732, 0.1243],
};

/** Intercept and one weight a number, in the order of decisionNumbers. */
export const weights: Record<DecisionClass, readonly number[]> = {
  copy: [
    0.6212, -0.3516, 0.07893, -0.2629, -0.46, -0.2596, 0.6659, -1.311, -0.9374, -0.2334, 0.01029, -0.009848,
    0.05195, -0.2563, -0.3423,
  ],
  scene: [
    0.2466, -0.6558, 0.418, 0.8423, 0.1457, 0.151, -0.9944, -0.1045, -0.5054, 0.5399, -0.4155, -0.06947,
    1.287, 0.1192, -0.0407,
  ],
  layout: [
    -0.8678, 1.007, -0.4969, -0.5793, 0.3143, 0.1087, 0.3285, 1.415, 1.443, -0.3065, 0.4052, 0.07932, -1.339,
    0.1371, 0.383,
  ],
};
