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
  GroupKind,
  Photo,
  PhotoFormat,
  PhotoId,
  Relation,
  Tier,
} from '../../contract/model.ts';
import type { ParsedInput } from '../../contract/methods.ts';

export type ContentId = number;

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

/** What is known of a content (the bytes of a file), whatever it is called. Sizes with orientation applied. */
export interface ContentRecord {
  /** SHA-256 of the file, 32 bytes. */
  hash: Uint8Array;
  bytes: number;
  format: PhotoFormat;
  width: number;
  height: number;
  takenAt: string | null;
  camera: string | null;
  /** SHA-256 (first 16 bytes) of size and pixels of the thumbnail before it was encoded. */
  thumbnailHash: Uint8Array;
  /** SHA-256 (first 16 bytes) of the coded picture without metadata (JPEG), or null. */
  streamHash: Uint8Array | null;
  /** JPEG, longest side 320 px. */
  thumbnail: Uint8Array;
  /** Pooled trunk features, 912 numbers; stored at half precision (three digits, within ±65,504). */
  features: Float32Array;
  /** Unit vector of the active model. */
  embedding: Float32Array;
}

/** A row of contents without its blobs. */
export interface ContentRow {
  id: ContentId;
  bytes: number;
  format: PhotoFormat;
  width: number;
  height: number;
  takenAt: string | null;
  camera: string | null;
  thumbnailHash: Uint8Array;
  streamHash: Uint8Array | null;
}

/**
 * Candidate pair of contents under one model, a < b. score = the matcher's, 0..1: copies (by relation) have the model's
 * threshold or more. Bursts, scenes, layouts and recoloured pictures stay below it, however well they match: what links
 * those in groups of their own is the relation, not the score.
 */
export interface PairRow {
  a: ContentId;
  b: ContentId;
  score: number;
  relation: Relation;
  /** The other relations that apply. */
  reasons: Relation[];
}

export interface GroupMemberRow {
  photoId: PhotoId;
  relation: Relation;
  score: number;
  probability: number;
  reasons: Relation[];
}

export interface GroupRow {
  kind: GroupKind;
  keeper: PhotoId;
  keeperReasons: string[];
  tier: Tier;
  probability: number;
  bytesToGain: number;
  weakest: { a: PhotoId; b: PhotoId; score: number; probability: number };
  members: GroupMemberRow[];
}

/** A page of stored groups; members are rows, photos are fetched by `photos.byIds`. */
export interface StoredGroupPage {
  total: number;
  copies: number;
  bytesToGain: number;
  kinds: Record<GroupKind, number>;
  relations: { relation: Relation; members: number }[];
  groups: (GroupRow & { id: number })[];
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
  /** All photos of folders that are not excluded: for grouping. Ordered by id. */
  allForGrouping(): (FileRow & { path: string; role: FolderRole })[];
  /** Ordered by place. Like all figures below, without the files of excluded folders. */
  failures(): FailedPhoto[];
  failedCounts(): { code: FailureCode; photos: number }[];
  formatCounts(): { format: PhotoFormat; photos: number }[];
  totals(): { photos: number; bytes: number };
  /** Photos in folders that are offline. */
  offlineCount(): number;
}

export interface ContentRepository {
  idByHash(hash: Uint8Array): ContentId | undefined;
  /** Inserts content, thumbnail, features and embedding; an equal hash gives the id that is there. */
  insert(record: ContentRecord, model: string): ContentId;
  byIds(ids: ContentId[]): ContentRow[];
  thumbnail(id: ContentId): Uint8Array | undefined;
  /** Unit vectors of all contents that a shown photo has, flattened: row i belongs to ids[i]. */
  embeddings(model: string): { ids: ContentId[]; vectors: Float32Array; dims: number };
  embedding(id: ContentId, model: string): Float32Array | undefined;
  /** Contents that a shown photo has and of which this model has no embedding, ascending: read before it came. */
  unembedded(model: string): ContentId[];
  /** Adds embeddings of contents that are there; one that is known already stays. */
  embed(model: string, embeddings: { id: ContentId; embedding: Float32Array }[]): void;
  features(id: ContentId): Float32Array | undefined;
}

export interface PairRepository {
  /**
   * Shown contents whose candidates under this model are not known yet. A content whose last photo went, or
   * whose folder was excluded, has to be compared again when it is back: others came meanwhile.
   */
  uncompared(model: string): ContentId[];
  markCompared(model: string, ids: ContentId[]): void;
  upsert(model: string, pairs: PairRow[]): void;
  /**
   * Pairs at or above the score whose two contents both belong to a shown photo, best first; fetched in batches, other
   * statements may run in between.
   */
  iterate(model: string, minScore: number): Iterable<PairRow>;
  /** In either order of the two. */
  get(model: string, a: ContentId, b: ContentId): PairRow | undefined;
}

/** A group goes by itself when a photo of it goes, gets other bytes, or has its folder excluded. */
export interface GroupRepository {
  /**
   * Replaces all groups; ids are given in order from 1. The keeper is one of the members. Readers see the old groups
   * until the new ones are complete, then only those. Needs the writer's lock.
   * @param pause awaited between small transactions; what it throws ends the work. If that is before the new groups
   * are complete, the old ones stay.
   */
  replace(groups: readonly GroupRow[], pause?: () => Promise<void>): Promise<void>;
  /**
   * `kinds` counts under all filters but the kind; `relations` under all but the relations, keepers aside. A
   * group passes the relations when a member other than the keeper has one of them, the folder when a member
   * lies in it. Orders: most to gain, surest, newest keeper, most members first.
   */
  page(query: ParsedInput<'groups.list'>): StoredGroupPage;
  /** Of groups of copies. */
  totals(): { groups: number; copies: number; bytesToGain: number };
  /** The group of each photo that has one. */
  membership(): Map<PhotoId, number>;
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
  groups: GroupRepository;
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
