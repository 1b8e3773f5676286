/** @file Made by scripts/fit-second-check.ts. */
import { type DecisionNumbers } from './numbers.ts';

export const decisionClasses = ['copy', 'scene', 'layout'] as const;
export type DecisionClass = (typeof decisionClasses)[number];

/** Mean and deviation that each number is standardised by. */
export const standard: Record<keyof DecisionNumbers, readonly [mean: number, deviation: number]> = {
  twoSided: [0.287, 0.182],
  sideRatio: [0.959, 0.919],
  twoSidedPieces: [0.484, 0.273],
  oneSideFlat: [0.035, 0.059],
  commonColours: [0.43, 0.211],
  flatDiffering: [0.228, 0.204],
  flatGround: [0.132, 0.113],
  differingShare: [0.108, 0.138],
  largestPiece: [0.87, 0.204],
  coherence: [0.046, 0.043],
  flatAround: [0, 1],
  remainder: [0, 1],
  peak: [0, 1],
  otherSide: [0, 1],
};

/** Intercept and one weight a number, in the order of decisionNumbers. */
export const weights: Record<DecisionClass, readonly number[]> = {
  copy: [2.24, 0.3, 0.36, -0.64, -0.04, -0.58, 1.46, -0.85, -1.63, 0.2, -0.03, 0, 0, 0, 0],
  scene: [0.59, -0.62, 0.46, 0.84, 0.21, -0.13, -0.51, -0.24, -0.68, 0.55, -0.12, 0, 0, 0, 0],
  layout: [-2.83, 0.32, -0.81, -0.19, -0.16, 0.72, -0.95, 1.09, 2.31, -0.75, 0.15, 0, 0, 0, 0],
};
