/** @file Two photos: how they relate, what was measured of them, what the user says. */
import type { Photo, PhotoFormat, PhotoId } from './library.ts';

/** How sure a match is read: safe may be accepted in bulk, likely is shown, check wants a look. */
export const tiers = ['safe', 'likely', 'check'] as const;
export type Tier = (typeof tiers)[number];

/** Relations of a pair, strongest first; the first eight are copies. */
export const relations = [
  'exact',
  'same-pixels',
  're-encoded',
  'resized',
  'cropped',
  'rotated',
  'mirrored',
  'edited',
  'burst',
  'same-scene',
  'same-layout',
  'similar',
] as const;
export type Relation = (typeof relations)[number];

/** What was done to a picture beside coding, size, frame and turn; the reasons of `edited`. */
export const edits = [
  'brightness',
  'grey',
  'colour',
  'negative',
  'overlay',
  'border',
  'screenshot',
  'collage',
] as const;
export type Edit = (typeof edits)[number];

/** A rectangle in parts 0 to 1 of a photo's width and height, orientation applied. */
export interface Region {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * How B comes to lie on A, in this order: B is turned clockwise by the quarter turns, then mirrored left to right, then
 * enlarged by `scale`.
 */
export interface Alignment {
  quarterTurns: 0 | 1 | 2 | 3;
  mirrored: boolean;
  /** A's width by the width of B once it is turned: 2 when B has half of A's pixels a side. */
  scale: number;
  /** Shared part of each frame, 0 to 1. */
  overlapA: number;
  overlapB: number;
}

/**
 * What thumbnails leave open that the files may settle. page: no difference on a page's thumbnail, which would not show one
 * digit; doubt: nobody can tell; equal-files: two files as one camera or one screen writes them.
 */
export const openQuestions = ['page', 'doubt', 'equal-files'] as const;

/** What was measured of a pair of photos A and B, when one could be laid on the other. */
export interface PairMeasures {
  alignment: Alignment;
  /**
   * A point of A in parts (x, y) of its width and height is at (xx x + xy y + x0, yx x + yy y + y0) in parts of B's:
   * what linked zoom, split and difference views need.
   */
  map: { xx: number; xy: number; yx: number; yy: number; x0: number; y0: number };
  /** Radians, -pi/4 to pi/4, by which B still has to be turned clockwise beside the quarter turns. */
  turn: number;
  /** Places of both photos that agree with the map. */
  places: number;
  /** Part of the shared picture, 0 to 1, whose pixels agree. */
  agreement: number;
  edits: Edit[];
  /** Where the two differ, in A, the largest first; empty: nowhere, or not looked at. */
  differing: Region[];
  /** The later of the two, and what says so; null: nothing does. */
  derived: { side: 'a' | 'b'; because: string[] } | null;
  /** What the pair was decided on: stored thumbnails, or both files once more. */
  looked: 'thumbnails' | 'files';
  /** Still not told: its files were not looked at yet, or (looked: files) do not settle it either. */
  open?: (typeof openQuestions)[number];
}

export interface PairLink {
  a: PhotoId;
  b: PhotoId;
  score: number;
  probability: number;
}

/** What the user said of a pair. */
export const verdicts = ['same', 'different'] as const;
export type Verdict = (typeof verdicts)[number];

/** A pair of photos with the user's answer; an answer belongs to the contents, so it outlives moves and renames. */
export interface VerdictPair {
  a: PhotoId;
  b: PhotoId;
  verdict: Verdict;
  since: string;
  /** False: another answer says the contrary. "different" wins, because nothing is lost by it. */
  honoured: boolean;
}

export interface CandidatePair {
  a: string;
  b: string;
  score: number;
  probability: number;
  relation: Relation;
}

export interface SimilarPhoto {
  photo: Photo;
  score: number;
  distance: number;
  probability: number;
  relation: Relation;
  /** Cosine of the two embeddings, whatever the metric: what look-alikes are ranked by. */
  likeness: number;
  tier: Tier;
  /** What was done to either picture, where one lies on the other: a screenshot, a collage, an overlay … */
  edits: Edit[];
}

/** A picture that is no photo of the library, read for questions about it; forgotten when the engine ends. */
export interface HeldPicture {
  /** Names it in further questions. */
  picture: string;
  name: string;
  width: number;
  height: number;
  bytes: number;
  format: PhotoFormat;
  takenAt: string | null;
  camera: string | null;
  /** The photo inside it, if it is a screenshot, a framed picture or a collage: the largest; null: it is one picture. */
  content: Region | null;
}

/** What a search can be narrowed to: what the photos of the library have. */
export interface SearchChoices {
  /** Ascending. */
  years: { year: number; photos: number }[];
  undated: number;
  /** Most photos first. */
  cameras: { camera: string; photos: number }[];
}

/** Photos of a folder that the library does not have, and what of it it has. */
export interface MissingPhotos {
  /** Readable photos of the folder. */
  photos: number;
  /** Of which the library has the same bytes. */
  same: number;
  /** Of which the library has a copy: another file of the same photo. */
  copies: { path: string; of: Photo; relation: Relation; probability: number }[];
  /** Of which it has neither, in the order of the folder. */
  missing: string[];
  failed: { path: string; reason: string }[];
}

export interface Comparison {
  score: number;
  probability: number;
  relation: Relation;
  verdict: Verdict | 'unsure';
  alignment: Alignment;
  /** Sentences that say in what the two differ: size, format, bytes, date, camera. */
  differences: string[];
  reasons: Relation[];
  /** What a user reads: "Cropped to 71 % and re-encoded". */
  sentence: string;
  tier: Tier;
  /** Null: neither could be laid on the other. */
  measures: PairMeasures | null;
  /** Facts of both files of which at least one differs, in words; `better` is the one that a keeper's rule prefers. */
  facts: { name: string; a: string | null; b: string | null; better: 'a' | 'b' | null }[];
}
