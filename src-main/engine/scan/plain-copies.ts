/**
 * @file Which contents are known to be one picture, merely saved again or resized. What holds between one and another of
 * them holds between all, so a family of hundreds is not judged pair by pair.
 */
import type { PairMeasures, Relation } from '../../contract/model.ts';
import { wasSavedAgain, type SavedFacts } from '../similarity/matcher/resaved.ts';
import { momentRelation, type MomentFacts } from '../similarity/moments.ts';
import type { ContentId, PairRow } from '../store/store.ts';

type Facts = SavedFacts & MomentFacts;

const PLAIN: ReadonlySet<Relation> = new Set(['re-encoded', 'resized']);

export class PlainCopies {
  readonly #above = new Map<ContentId, ContentId>();
  /** Of a root: the least sure link of its members. */
  readonly #weakest = new Map<ContentId, number>();

  readonly #safeFrom: number;

  /** @param safeFrom score from which on a pair may be accepted in bulk */
  constructor(safeFrom: number) {
    this.#safeFrom = safeFrom;
  }

  /** Takes in a judged pair that is safe and plain; others say nothing. */
  note({ a, b, score, relation }: Pick<PairRow, 'a' | 'b' | 'score' | 'relation'>): void {
    if (score < this.#safeFrom || !PLAIN.has(relation)) return;
    const [one, other] = [this.#rootOf(a), this.#rootOf(b)];
    if (one === other) return;
    const weakest = Math.min(score, this.#weakest.get(one) ?? 1, this.#weakest.get(other) ?? 1);
    const [into, from] = one < other ? [one, other] : [other, one];
    this.#above.set(from, into);
    this.#weakest.set(into, weakest);
  }

  /**
   * The pair as it follows from others: as sure as their weakest link. Null where nothing follows: also for two files
   * that a camera could have written alike, or at two moments, which both may be like a third.
   */
  imply(a: ContentId, b: ContentId, facts: { a: Facts; b: Facts }): PairRow | null {
    const root = this.#rootOf(a);
    if (root !== this.#rootOf(b) || momentRelation(facts.a, facts.b) !== null) return null;
    const scale = facts.a.width / facts.b.width;
    const measures = plainMeasures(scale);
    if (!wasSavedAgain(facts.a, facts.b, measures)) return null;
    const resized = facts.a.width !== facts.b.width || facts.a.height !== facts.b.height;
    const score = this.#weakest.get(root) ?? this.#safeFrom;
    return { a, b, score, relation: resized ? 'resized' : 're-encoded', reasons: [], measures };
  }

  #rootOf(id: ContentId): ContentId {
    let root = id;
    for (let above = this.#above.get(root); above !== undefined; above = this.#above.get(root)) root = above;
    if (root !== id) this.#above.set(id, root);
    return root;
  }
}

function plainMeasures(scale: number): PairMeasures {
  return {
    alignment: { quarterTurns: 0, mirrored: false, scale, overlapA: 1, overlapB: 1 },
    map: { xx: 1, xy: 0, yx: 0, yy: 1, x0: 0, y0: 0 },
    turn: 0,
    places: 0,
    agreement: 1,
    edits: [],
    differing: [],
    derived: null,
    looked: 'thumbnails',
  };
}
