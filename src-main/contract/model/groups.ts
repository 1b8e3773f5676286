/** @file Groups of photos, their lists and their figures. */
import type { Photo, PhotoId } from './library.ts';
import type { Edit, PairLink, Relation, Tier, Verdict } from './pairs.ts';

export type GroupId = number;

export const groupKinds = ['copies', 'burst', 'scene', 'layout'] as const;
export type GroupKind = (typeof groupKinds)[number];

/** A member of a group, the keeper first; relation, score and probability are against it (keeper: exact, 1, 1). */
export interface GroupMember extends Photo {
  relation: Relation;
  score: number;
  probability: number;
  /** The other relations that apply beside the strongest. */
  reasons: Relation[];
  edits: Edit[];
  /** What a user reads: "Cropped to 71 % and re-encoded". */
  sentence: string;
}

/** A group keeps its id as long as its first photo and its kind stay: a list can hold it over a new threshold. */
export interface DuplicateGroup {
  id: GroupId;
  kind: GroupKind;
  keeper: PhotoId;
  /** The user chose the keeper. */
  keeperChosen: boolean;
  /** Sentences that say why the keeper stays, in the order of the rules; they call the members A, B, C in their order. */
  keeperReasons: string[];
  tier: Tier;
  /** Of the weakest link: the chance that all members are copies of one photo. */
  probability: number;
  bytesToGain: number;
  weakest: PairLink;
  members: GroupMember[];
}

/** A pair of members. */
export interface GroupLink extends PairLink {
  relation: Relation;
  /** What a user reads: "Cropped to 71 % and re-encoded". */
  sentence: string;
  verdict: Verdict | null;
  /** The member that ties the two together where they share no pixel: both are crops of it. */
  by: PhotoId | null;
}

export interface GroupDetail extends DuplicateGroup {
  /**
   * Of every pair of members of which something is known; of copies that is every pair. Of a group with very many, the
   * first 2,000 of them, and always the weakest and those with a verdict.
   */
  links: GroupLink[];
}

/** Figures of all groups at a threshold; those of copies, if nothing else is said. */
export interface GroupTotals {
  threshold: number;
  groups: number;
  copies: number;
  bytesToGain: number;
  kinds: Record<GroupKind, number>;
  tiers: Record<Tier, number>;
}

/** One page of the groups and figures of the whole list under the same filter. */
export interface GroupPage {
  /** The groups are made with this. */
  threshold: number;
  total: number;
  copies: number;
  bytesToGain: number;
  /** Under all filters but the kind. */
  kinds: Record<GroupKind, number>;
  /** Under all filters but the tiers. */
  tiers: Record<Tier, number>;
  /** Under all filters but the relations: members, keepers aside; most members first. */
  relations: { relation: Relation; members: number }[];
  groups: DuplicateGroup[];
}

export interface ScoreHistogram {
  /** Ascending, equally wide, from the lowest threshold that may be chosen to 1; the last holds 1 itself. */
  bins: { from: number; to: number; pairs: number }[];
  /** In use. */
  threshold: number;
  /** The model's own. */
  shipped: number;
  /** From this score on a pair may be safe; null: by score alone none is. */
  safeFrom: number | null;
  /** Points of the calibration, ascending; in between it is linear. */
  probabilityAt: { score: number; probability: number }[];
  /** For a threshold at the start of each bin: pairs that would count as copies, and how many of them may be wrong. */
  expectedWrong: { score: number; pairs: number; wrong: number }[];
}

export interface VerdictChange {
  /** Pairs whose answer is another than before. */
  changed: number;
  /** Pairs of equal bytes, of which there is nothing to say. */
  sameBytes: number;
  /** Answers "same" that can't be honoured beside others. */
  contradicted: { a: PhotoId; b: PhotoId }[];
  /** Groups of copies in which photos of these pairs are now. */
  groups: GroupId[];
}
