/**
 * @file Weights of the decision, made by scripts/fit-second-check.ts: multinomial logistic regression.
 * Fitted on 3,962 pairs of 46 photos and 30 layouts, each class with the same weight.
 */
import { type DecisionNumbers } from './numbers.ts';

export const decisionClasses = ['copy', 'scene', 'layout'] as const;
export type DecisionClass = (typeof decisionClasses)[number];

/** Mean and deviation that each number is standardised by. */
export const standard: Record<keyof DecisionNumbers, readonly [mean: number, deviation: number]> = {
  twoSided: [0.289, 0.1847],
  sideRatio: [0.8072, 0.9606],
  twoSidedPieces: [0.5293, 0.2895],
  oneSideFlat: [0.05457, 0.07829],
  commonColours: [0.4698, 0.2438],
  flatDiffering: [0.276, 0.2335],
  flatGround: [0.2722, 0.2687],
  differingShare: [0.09999, 0.09794],
  largestPiece: [0.811, 0.2688],
  coherence: [0.0475, 0.04673],
  flatAround: [0.273, 0.2481],
  remainder: [-1.351, 0.9837],
  peak: [3.56, 1.348],
  otherSide: [0.05811, 0.1255],
};

/** Intercept and one weight a number, in the order of decisionNumbers. */
export const weights: Record<DecisionClass, readonly number[]> = {
  copy: [
    0.6217, -0.4043, 0.1102, -0.2958, -0.3988, -0.4214, 0.7335, -1.359, -0.9836, -0.26, 0.02666, 0.04468,
    -0.2888, -0.2913, -0.3113,
  ],
  scene: [
    0.026, -0.5592, 0.4334, 0.8543, 0.1736, 0.3802, -1.121, -0.1154, -0.4766, 0.6254, -0.4234, -0.08926,
    1.483, 0.132, -0.02637,
  ],
  layout: [
    -0.6477, 0.9635, -0.5436, -0.5584, 0.2253, 0.0412, 0.3878, 1.475, 1.46, -0.3654, 0.3967, 0.04458, -1.194,
    0.1593, 0.3377,
  ],
};
