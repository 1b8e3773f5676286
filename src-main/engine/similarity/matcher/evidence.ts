/** @file What is known of a pair before it is judged. */
import type { SecondCheckKind } from '../second-check/decision.ts';
import type { Verification } from '../verification/verify.ts';

/** From this score of the first check on the second one is asked: below it nothing fits. */
export const SECOND_CHECK_FROM = 4;

export interface PairEvidence {
  /** Largest cosine between frame or boxes of one and frame or boxes of the other. */
  cosine: number;
  /** Null: no map fits. */
  verification: Verification | null;
  /** Null: not asked, because the first check found too little, or the two share too little to compare. */
  second: SecondCheckKind | null;
  /** Something speaks for one of the files having been made from the other, and a thumbnail shows what there is to see. */
  trusted: boolean;
}

/** Names of the numbers that the weights belong to, in their order. */
export const evidenceNames = [
  'cosine',
  'logInliers',
  'logScore',
  'good',
  'correlation',
  'inlierShare',
  'copy',
  'changed',
  'doubt',
  'scene',
  'layout',
  'recoloured',
] as const;

/** A number for each name; all 0 but the cosine when nothing fits. */
export function evidenceNumbers({ cosine, verification, second }: PairEvidence): number[] {
  const kinds = ['copy', 'copy-changed', 'doubt', 'scene', 'same-layout', 'recoloured'] as const;
  const of = verification;
  return [
    Math.max(0, cosine),
    Math.log1p(of?.inliers ?? 0),
    Math.log1p(of?.score ?? 0),
    of?.good ?? 0,
    Math.max(0, of?.meanCorrelation ?? 0),
    of === null ? 0 : of.inliers / Math.max(1, of.matches),
    ...kinds.map((kind) => (second === kind ? 1 : 0)),
  ];
}
