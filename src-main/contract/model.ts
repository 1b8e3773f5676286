/** @file The domain model: plain, cloneable data. Times are ISO 8601, sizes bytes, durations seconds. */

/** Row id of one file in the library. Two files of equal bytes are two photos that share one content. */
export type PhotoId = number;
export type FolderId = number;
export type GroupId = number;

/** library: copies may be cleaned up; reference: compared, never touched; excluded: not looked at. */
export const folderRoles = ['library', 'reference', 'excluded'] as const;
export type FolderRole = (typeof folderRoles)[number];

/** How sure a match is read: safe may be accepted in bulk, likely is shown, check wants a look. */
export const tiers = ['safe', 'likely', 'check'] as const;
export type Tier = (typeof tiers)[number];

/** Relations of a pair, strongest first; the first eight are copies. See shared/cli.md. */
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

export const groupKinds = ['copies', 'burst', 'scene', 'layout'] as const;
export type GroupKind = (typeof groupKinds)[number];

/** Why a file could not be read. */
export const failureCodes = [
  'EMPTY',
  'NOT_A_PHOTO',
  'CUT_OFF',
  'DAMAGED',
  'TOO_LARGE',
  'UNSUPPORTED',
  'NO_PERMISSION',
  'VANISHED',
  'IO_ERROR',
  'TIMED_OUT',
  'DECODER_CRASHED',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** Formats told by content. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff';

export type BackendName = 'tensorflow' | 'wasm' | 'cpu';

/** A folder of the library. `online` is false when its path can't be reached now; its photos stay listed. */
export interface Folder {
  id: FolderId;
  path: string;
  name: string;
  role: FolderRole;
  hidden: boolean;
  followLinks: boolean;
  exclude: string[];
  online: boolean;
  photos: number;
  bytes: number;
  failed: number;
  lastScanAt: string | null;
  /** A photo to show for the folder, or null when it has none. */
  cover: PhotoId | null;
}

/** One photo (a file) as lists and inspectors show it. width and height in pixels, orientation applied. */
export interface Photo {
  id: PhotoId;
  folderId: FolderId;
  path: string;
  width: number;
  height: number;
  bytes: number;
  format: PhotoFormat;
  takenAt: string | null;
  modifiedAt: string;
  camera: string | null;
}

export interface FailedPhoto {
  id: PhotoId;
  path: string;
  code: FailureCode;
  reason: string;
  since: string;
}

export interface LibrarySummary {
  photos: number;
  bytes: number;
  folders: Folder[];
  formats: { format: PhotoFormat; photos: number }[];
  failed: { code: FailureCode; photos: number }[];
  groups: number;
  copies: number;
  bytesToGain: number;
  lastScanAt: string | null;
  model: string;
  backend: BackendName | null;
}

/** Result of a scan. Unreadable photos are counted by code; `stopped` says that it was ended early. */
export interface ScanSummary {
  photos: number;
  new: number;
  changed: number;
  moved: number;
  unchanged: number;
  removed: number;
  /** Photos in folders that can't be reached now; they stay listed. */
  offline: number;
  failed: Partial<Record<FailureCode, number>>;
  groups: number;
  seconds: Record<string, number>;
  backend: BackendName;
  model: string;
  stopped: boolean;
}

/** A member of a group, the keeper first; relation, score and probability are against it (keeper: exact, 1, 1). */
export interface GroupMember extends Photo {
  relation: Relation;
  score: number;
  probability: number;
  /** The other relations that apply beside the strongest. */
  reasons: string[];
  edits: Edit[];
  /** What a user reads: "Cropped to 71 % and re-encoded". */
  sentence: string;
}

/** A rectangle in parts 0 to 1 of a photo's width and height, orientation applied. */
export interface Region {
  left: number;
  top: number;
  width: number;
  height: number;
}

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
}

export interface PairLink {
  a: PhotoId;
  b: PhotoId;
  score: number;
  probability: number;
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

/** What the user said of a pair. */
export const verdicts = ['same', 'different'] as const;
export type Verdict = (typeof verdicts)[number];

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
  /** Of every pair of members of which something is known; of copies that is every pair. */
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

/** A pair of photos with the user's answer; an answer belongs to the contents, so it outlives moves and renames. */
export interface VerdictPair {
  a: PhotoId;
  b: PhotoId;
  verdict: Verdict;
  since: string;
  /** False: another answer says the contrary. "different" wins, because nothing is lost by it. */
  honoured: boolean;
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

/**
 * What can decide which photo stays: in a reference folder; order of the folders; real detail (enlarged copies lose);
 * number of pixels; least compressed; format; most facts (place, lens, caption, rating); earliest or newest date; a name
 * without "copy" and the like.
 */
export const keeperRuleNames = [
  'reference',
  'folder',
  'detail',
  'pixels',
  'compression',
  'format',
  'facts',
  'earliest',
  'newest',
  'name',
] as const;
export type KeeperRuleName = (typeof keeperRuleNames)[number];

export interface KeeperRules {
  /** The first rule that tells two photos apart decides; those left out decide nothing. */
  order: KeeperRuleName[];
  /** All folders of the library, best first. */
  folders: FolderId[];
  /** `own`: saved by the user, can be deleted. */
  presets: { name: string; order: KeeperRuleName[]; own: boolean }[];
  /** Groups of copies at the threshold in use, and how many of them each rule of the order decides. */
  groups: number;
  decides: { rule: KeeperRuleName; groups: number }[];
  /** Groups in which the user chose. */
  chosen: number;
}

export interface SelfTestProgress {
  /** Damaged copies looked for so far, of all. */
  done: number;
  total: number;
}

interface SelfTestFigures {
  /** Pairs of a copy with another photo than its own that were taken for copies. */
  falseMatches: number;
  /** Part of the copies, 0 to 1, that found their photo. */
  recall: number;
  perDamage: { damage: string; recall: number }[];
}

export interface SelfTest extends SelfTestFigures {
  photos: number;
  threshold: number;
  model: string;
  /** The same, where only matches of the safe tier count. */
  safe: SelfTestFigures;
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

export interface Comparison {
  score: number;
  probability: number;
  relation: Relation;
  verdict: 'same' | 'different' | 'unsure';
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

/** PCA map: coordinates are row major, `dims` numbers a point, in the order of `photos`. */
export interface LibraryMap {
  dims: 2 | 3;
  explainedVariance: number[];
  coordinates: Float32Array;
  photos: { id: PhotoId; path: string; label: string }[];
}

export interface Picture {
  mime: string;
  data: Uint8Array;
}

export interface DoctorReport {
  version: string;
  node: string;
  backends: { name: BackendName; available: boolean; chosen: boolean; reason: string }[];
  /** What makes local features here, and why it is not the fast one (wasm); null: neither works. */
  localFeatures: { runs: 'wasm' | 'typescript' | null; reason: string };
  /** true, or why not. */
  formats: Record<string, true | string>;
  database: { path: string; schema: number; photos: number; bytes: number; ok: boolean };
  folders: { path: string; role: FolderRole; online: boolean; photos: number }[];
  model: string;
}
