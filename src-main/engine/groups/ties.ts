/** @file What ties two contents of one group together: the same bytes, pixels, a scored pair, a photo that holds both. */
import { pairProbability, type CalibrationRow } from '../similarity/calibration.ts';
import type { Tie } from './group-summary.ts';
import type { ImpliedLink } from './implied-links.ts';
import { relationOf, type ScoredPairs } from './library-rows.ts';
import type { Linkage } from './linkage.ts';
import type { PairIndex } from './pair-index.ts';

export interface TieSource {
  contents: number;
  pairs: ScoredPairs;
  index: PairIndex;
  implied: readonly ImpliedLink[];
  linkage: Linkage;
  calibration: readonly CalibrationRow[];
}

const SAME_BYTES: Tie = { relation: 'exact', score: 1, probability: 1, certain: true, row: -1, by: -1 };
const SAME_PIXELS: Tie = { ...SAME_BYTES, relation: 'same-pixels' };
/** The user's word is as good as a proof. */
const SAME_BY_VERDICT: Tie = { ...SAME_BYTES, relation: 'similar', score: 0 };
const UNKNOWN: Tie = { relation: 'similar', score: 0, probability: 0, certain: false, row: -1, by: -1 };

export class Ties {
  readonly #source: TieSource;
  readonly #implied: Map<number, ImpliedLink>;

  constructor(source: TieSource) {
    this.#source = source;
    this.#implied = new Map(source.implied.map((link) => [link.a * source.contents + link.b, link]));
  }

  /** Of two contents, whether or not they are in one group. */
  between(a: number, b: number): Tie {
    if (a === b) return SAME_BYTES;
    const { index, linkage } = this.#source;
    const { pixelClassOf, nodeOf } = linkage;
    const row = index.rowOf(a, b);
    // A photo that holds both says more than the two that share nothing.
    if (row !== -1 && this.#impliedBetween(a, b) === undefined)
      return this.#ofRow(row, nodeOf[a] === nodeOf[b]);
    if (pixelClassOf[a] === pixelClassOf[b]) return SAME_PIXELS;
    const best = this.#bestAcross(nodeOf[a] ?? 0, nodeOf[b] ?? 0);
    if (nodeOf[a] === nodeOf[b]) return best === -1 ? SAME_BY_VERDICT : this.#ofRow(best, true);
    const by = this.#impliedAcross(nodeOf[a] ?? 0, nodeOf[b] ?? 0);
    if (by !== undefined && (best === -1 || by.score > (this.#source.pairs.score[best] ?? 0))) {
      const probability = pairProbability(this.#source.calibration, 'cropped', by.score);
      return { relation: 'cropped', score: by.score, probability, certain: false, row: -1, by: by.by };
    }
    return best === -1 ? UNKNOWN : this.#ofRow(best, false);
  }

  contentsOf(node: number): Int32Array {
    const { contents, start } = this.#source.linkage;
    return contents.subarray(start[node] ?? 0, start[node + 1] ?? 0);
  }

  #ofRow(row: number, certain: boolean): Tie {
    const { pairs, calibration } = this.#source;
    const relation = relationOf(pairs.relation[row] ?? 0);
    const proved = relation === 'same-pixels';
    const score = proved ? 1 : (pairs.score[row] ?? 0);
    const probability = certain ? 1 : pairProbability(calibration, relation, score);
    return { relation, score, probability, certain: certain || proved, row, by: -1 };
  }

  /** The best pair of a content of one node and a content of the other. */
  #bestAcross(one: number, other: number): number {
    const { index, pairs } = this.#source;
    let best = -1;
    for (const a of this.contentsOf(one)) {
      for (const b of this.contentsOf(other)) {
        const row = index.rowOf(a, b);
        if (row !== -1 && (best === -1 || (pairs.score[row] ?? 0) > (pairs.score[best] ?? 0))) best = row;
      }
    }
    return best;
  }

  #impliedBetween(a: number, b: number): ImpliedLink | undefined {
    return this.#implied.get(Math.min(a, b) * this.#source.contents + Math.max(a, b));
  }

  #impliedAcross(one: number, other: number): ImpliedLink | undefined {
    if (this.#implied.size === 0) return undefined;
    let best: ImpliedLink | undefined;
    for (const a of this.contentsOf(one)) {
      for (const b of this.contentsOf(other)) {
        const link = this.#impliedBetween(a, b);
        if (link !== undefined && link.score > (best?.score ?? -Infinity)) best = link;
      }
    }
    return best;
  }
}
