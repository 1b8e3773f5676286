/**
 * @file The database as the engine's other rooms see it: one repository a table group. SQL lives only in this
 * room. All calls are synchronous (better-sqlite3); writes belong into `transaction`.
 */
import type {
  FailedPhoto,
  FailureCode,
  Folder,
  FolderId,
  FolderRole,
  Photo,
  PhotoFormat,
  PhotoId,
} from '../../contract/model.ts';
import type { ContentId, ContentRepository } from './content-types.ts';
import type { ModelVersionRepository } from './model-versions.repository.ts';
import type { PairRepository, VerdictRepository } from './pair-types.ts';

export type * from './content-types.ts';
export type * from './model-versions.repository.ts';
export type * from './pair-types.ts';

/** Identity of a file on disk without reading it. Times in ms with fractions, as stat gives them. */
export interface FileStamp {
  bytes: number;
  modifiedMs: number;
  /** `dev:ino`, or null where the file system has no stable numbers. */
  inode: string | null;
}

/** photo: has a content; failed: has a failure; other: looked at, not a photo, not shown (no photo's name). */
export type FileState = 'photo' | 'failed' | 'other';

export interface FileRow extends FileStamp {
  id: PhotoId;
  folderId: FolderId;
  /** Relative to the folder, '/' as separator, '' for the folder itself. */
  directory: string;
  name: string;
  state: FileState;
  contentId: ContentId | null;
}

export interface FolderRepository {
  list(): Folder[];
  get(id: FolderId): Folder | undefined;
  /** Inserts, or updates the row of the same path. Never deletes photos. */
  upsert(folder: {
    path: string;
    role: FolderRole;
    hidden: boolean;
    followLinks: boolean;
    exclude: string[];
  }): FolderId;
  setRole(id: FolderId, role: FolderRole): void;
  setOnline(id: FolderId, online: boolean): void;
  setScanned(id: FolderId, at: string): void;
  /** Forgets the folder, its files, and what was read of contents that no other file has. @returns photos forgotten. */
  remove(id: FolderId): number;
}

/** A photo as searches and the map need all of them. */
export interface ShownPhoto {
  id: PhotoId;
  folderId: FolderId;
  contentId: ContentId;
  takenAt: string | null;
  camera: string | null;
}

export interface PhotoRepository {
  /** Files known in one directory of a folder. */
  inDirectory(folderId: FolderId, directory: string): FileRow[];
  /** All directories of a folder that hold known files. */
  directories(folderId: FolderId): string[];
  /** A failure is given exactly when the state is `failed`. */
  insert(file: Omit<FileRow, 'id'>, failure?: { code: FailureCode; reason: string; since: string }): PhotoId;
  /**
   * New stamp, state, content of a known file (changed or tried again). A failure of the same code as before
   * keeps its first `since`.
   */
  update(
    id: PhotoId,
    file: Omit<FileRow, 'id' | 'folderId' | 'directory' | 'name'>,
    failure?: { code: FailureCode; reason: string; since: string },
  ): void;
  /** A renamed or moved file keeps its row. */
  move(id: PhotoId, to: { folderId: FolderId; directory: string; name: string }): void;
  remove(ids: PhotoId[]): void;
  /** Photos only (state photo), with path and content's data; unknown ids are left out; order as asked. */
  byIds(ids: PhotoId[]): Photo[];
  /** Absolute path and content of any row, or undefined. */
  locate(id: PhotoId): { path: string; contentId: ContentId | null; folderId: FolderId } | undefined;
  /** Absolute path of a shown photo with this content on a disk that is there, the first one; undefined: there is none. */
  reachable(content: ContentId): string | undefined;
  /** All photos of folders that are not excluded: for grouping. Ordered by id. */
  allForGrouping(): (FileRow & { path: string; role: FolderRole })[];
  /** The same photos, of each only what tells them apart at a glance. Ordered by id. */
  shown(): ShownPhoto[];
  /** Ordered by place. Like all figures below, without the files of excluded folders. */
  failures(): FailedPhoto[];
  failedCounts(): { code: FailureCode; photos: number }[];
  formatCounts(): { format: PhotoFormat; photos: number }[];
  totals(): { photos: number; bytes: number };
  /** Photos in folders that are offline. */
  offlineCount(): number;
}

/** Photos that a user chose to stay. A choice goes with its photo, and when the photo gets other bytes. */
export interface KeeperChoiceRepository {
  /** `at`: ISO 8601; null takes the choice back. @throws LookalikeError NOT_FOUND when there is no such photo. */
  set(photo: PhotoId, at: string | null): void;
  /** Ascending by photo. */
  list(): { photoId: PhotoId; at: string }[];
}

/** Small facts by name (what the groups were computed from, last scan, …). */
export interface MetaRepository {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

export interface Store {
  readonly path: string;
  readonly schema: number;
  folders: FolderRepository;
  photos: PhotoRepository;
  contents: ContentRepository;
  pairs: PairRepository;
  verdicts: VerdictRepository;
  keeperChoices: KeeperChoiceRepository;
  modelVersions: ModelVersionRepository;
  meta: MetaRepository;
  /** Runs `work` in one transaction; what it throws rolls back. Refuses promises. */
  transaction<T>(work: () => T): T;
  /** Bytes of the file with its WAL, and the result of a quick integrity check. */
  health(): { bytes: number; ok: boolean };
  /**
   * Takes the one writer's place beside the file (freed when the process dies, however it dies).
   * @throws LookalikeError DATABASE_LOCKED when another process or job has it.
   */
  lock(): { release(): void };
  close(): void;
}
