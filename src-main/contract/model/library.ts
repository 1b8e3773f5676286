/** @file What the library holds and how it was read: folders, photos, scans. */

/** Row id of one file in the library. Two files of equal bytes are two photos that share one content. */
export type PhotoId = number;
export type FolderId = number;

/** library: copies may be cleaned up; reference: compared, never touched; excluded: not looked at. */
export const folderRoles = ['library', 'reference', 'excluded'] as const;
export type FolderRole = (typeof folderRoles)[number];

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

/** What a map's colours can tell apart. */
export const mapColorings = ['folder', 'group', 'year', 'camera', 'verdict'] as const;
export type MapColoring = (typeof mapColorings)[number];

/** What each point of a map is, by one of the colourings. */
export interface MapLabels {
  /** Changes with the library: answers about points belong together only where it is the same. */
  source: string;
  labels: string[];
  /** Of each point, an index of labels. */
  labelOf: Int32Array;
}

/** PCA map: one point a photo, ascending by photo; photos of one content lie on each other. */
export interface LibraryMap extends MapLabels {
  dims: 2 | 3;
  /** Which components the axes are, from 0. */
  axes: number[];
  /** Part of the whole variance along each axis. */
  explainedVariance: number[];
  /** The same of all components that are known, most first. */
  components: number[];
  /** Row major, `dims` numbers a point. */
  coordinates: Float32Array;
  ids: Int32Array;
  /** Of each point; empty unless asked for. */
  paths: string[];
}

/** Photos that lie near each other, by all components that are known. */
export interface MapCluster {
  photos: number;
  /** At most four, the one nearest to the middle first. */
  typical: { id: PhotoId; name: string }[];
  /** Years of the first and the last; null: none has a date. */
  years: { from: number; to: number } | null;
  undated: number;
  /** Most photos first. */
  folders: { id: FolderId; photos: number }[];
  /** Groups of copies with a photo in it. */
  groups: number;
}

export interface MapClusters {
  source: string;
  /** Most groups of copies first, then most photos. */
  clusters: MapCluster[];
  /** Of each point, an index of clusters. */
  clusterOf: Int32Array;
}

/** Copies that two folders share. */
export interface MapLinks {
  source: string;
  /** Of each point: 0 in neither folder, 1 only in A, 2 only in B, 3 in one and a copy in the other. */
  placeOf: Uint8Array;
  /** Two points a line, one of either folder, of every group that both have a photo of. */
  lines: Int32Array;
}

export interface Picture {
  mime: string;
  data: Uint8Array;
}
