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
