/** @file What the library holds: folders, scans, photos. */
import * as v from 'valibot';
import { method } from '../method.ts';
import {
  folderRoles,
  type FailedPhoto,
  type Folder,
  type LibrarySummary,
  type Photo,
  type Picture,
  type ScanSummary,
} from '../model.ts';
import type { ScanProgress } from '../progress.ts';
import { id, none, path, share } from './inputs.ts';

/** A rectangle in parts of a photo, orientation applied. */
const region = v.pipe(
  v.strictObject({ left: share, top: share, width: share, height: share }),
  v.check(
    ({ left, top, width, height }) => width > 0 && height > 0 && left + width <= 1 && top + height <= 1,
    'must be a rectangle inside the photo',
  ),
);
/** Edges of the pictures that may be asked for: the stored thumbnail (320 px) or a view (2,048 px at most). */
export const pictureSizes = ['thumbnail', 'view'] as const;
export type PictureSize = (typeof pictureSizes)[number];

export const libraryMethods = {
  'library.summary': method<LibrarySummary>()('window', none),
  'folders.list': method<Folder[]>()('window', none),
  /** Adds folders, or changes those that are there (same path). Fails with FOLDER_MISSING. */
  'folders.add': method<Folder[]>()(
    'shell',
    v.strictObject({
      paths: v.pipe(v.array(path), v.minLength(1)),
      role: v.optional(v.picklist(folderRoles), 'library'),
      hidden: v.optional(v.boolean(), false),
      followLinks: v.optional(v.boolean(), false),
      exclude: v.optional(v.array(v.string()), []),
    }),
  ),
  'folders.update': method<Folder>()('window', v.strictObject({ id, role: v.picklist(folderRoles) })),
  /** Forgets the folder and its rows; no file is touched. */
  'folders.remove': method<{ photos: number }>()('window', v.strictObject({ id })),
  /**
   * Scans the named folders, or all. One scan at a time; a second is DATABASE_LOCKED. When aborted it resolves
   * with `stopped: true` and what is done is kept. `retryFailed` tries unreadable files again though unchanged.
   */
  'scan.run': method<ScanSummary, ScanProgress>()(
    'window',
    v.strictObject({
      folders: v.optional(v.array(id)),
      retryFailed: v.optional(v.boolean(), false),
    }),
    { resumable: true },
  ),
  /** Stops the running scan, whoever started it. */
  'scan.stop': method<{ stopped: boolean }>()('window', none),
  /** The running scan's progress (null: none runs) and the summary of the last one since the engine started. */
  'scan.state': method<{ progress: ScanProgress | null; last: ScanSummary | null }>()('window', none),
  'failures.list': method<FailedPhoto[]>()('window', none),
  'photos.get': method<Photo>()('window', v.strictObject({ id })),
  /** In the order of the ids; those that are gone are left out. */
  'photos.list': method<Photo[]>()(
    'window',
    v.strictObject({ ids: v.pipe(v.array(id), v.maxLength(1_000)) }),
  ),
  /** A picture of a photo of the library as JPEG, orientation applied; a region comes from the file, as large as that size allows. */
  'photos.picture': method<Picture>()(
    'window',
    v.strictObject({ id, size: v.picklist(pictureSizes), region: v.optional(region) }),
  ),
  /** Makes the demo library (generated scenes and damaged copies) in the data folder and adds it. */
  'demo.create': method<Folder>()('window', none),
} as const;
