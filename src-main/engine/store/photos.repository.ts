import type {
  FailedPhoto,
  FailureCode,
  FolderId,
  FolderRole,
  Photo,
  PhotoFormat,
  PhotoId,
} from '../../contract/model.ts';
import type { Connection, SqlValue, Statement } from './connection.ts';
import { absolutePath } from './file-path.ts';
import type { ContentId, FileRow, PhotoRepository, ShownPhoto } from './store.ts';

type Failure = Parameters<PhotoRepository['insert']>[1];
type Located = FileRow & { folder: string };
type PhotoRecord = Omit<Photo, 'path' | 'modifiedAt'> &
  Pick<FileRow, 'directory' | 'name' | 'modifiedMs'> & { folder: string };
type FailureRecord = Omit<FailedPhoto, 'path'> & Pick<Located, 'folder' | 'directory' | 'name'>;

const FILE = `f.id, f.folder_id AS folderId, f.directory, f.name, f.bytes, f.modified_ms AS modifiedMs, f.inode,
  f.state, f.content_id AS contentId`;
/** What is looked at: everything but the files of excluded folders. */
const LOOKED_AT = "files f JOIN folders d ON d.id = f.folder_id AND d.role <> 'excluded'";

function prepareWrites(connection: Connection): {
  insert: Statement<never>;
  update: Statement<never>;
  move: Statement<never>;
  remove: Statement<never>;
  fail: Statement<never>;
  heal: Statement<never>;
} {
  return {
    insert: connection.prepare(`
      INSERT INTO files (folder_id, directory, name, bytes, modified_ms, inode, state, content_id)
      VALUES (@folderId, @directory, @name, @bytes, @modifiedMs, @inode, @state, @contentId)`),
    update: connection.prepare(`
      UPDATE files SET bytes = @bytes, modified_ms = @modifiedMs, inode = @inode, state = @state,
        content_id = @contentId WHERE id = @id`),
    move: connection.prepare('UPDATE files SET folder_id = ?, directory = ?, name = ? WHERE id = ?'),
    remove: connection.prepare('DELETE FROM files WHERE id = ?'),
    fail: connection.prepare(`
      INSERT INTO failures (file_id, code, reason, since) VALUES (@id, @code, @reason, @since)
      ON CONFLICT (file_id) DO UPDATE SET code = excluded.code, reason = excluded.reason,
        since = CASE WHEN code = excluded.code THEN since ELSE excluded.since END`),
    heal: connection.prepare('DELETE FROM failures WHERE file_id = ?'),
  };
}

function prepareLists(connection: Connection): {
  inDirectory: Statement<FileRow>;
  directories: Statement<{ directory: string }>;
  byIds: Statement<PhotoRecord>;
  locate: Statement<Located>;
  reachable: Statement<Located>;
  all: Statement<Located & { role: FolderRole }>;
  shown: Statement<ShownPhoto>;
  failures: Statement<FailureRecord>;
} {
  return {
    inDirectory: connection.prepare(
      `SELECT ${FILE} FROM files f WHERE f.folder_id = ? AND f.directory = ? ORDER BY f.name`,
    ),
    directories: connection.prepare(
      'SELECT DISTINCT directory FROM files WHERE folder_id = ? ORDER BY directory',
    ),
    byIds: connection.prepare(`
      SELECT f.id, f.folder_id AS folderId, f.directory, f.name, f.bytes, f.modified_ms AS modifiedMs,
        d.path AS folder, c.width, c.height, c.format, c.taken_at AS takenAt, c.camera
      FROM json_each(?) j JOIN files f ON f.id = j.value JOIN folders d ON d.id = f.folder_id
        JOIN contents c ON c.id = f.content_id
      ORDER BY j.key`),
    locate: connection.prepare(
      `SELECT ${FILE}, d.path AS folder FROM files f JOIN folders d ON d.id = f.folder_id WHERE f.id = ?`,
    ),
    reachable: connection.prepare(`
      SELECT ${FILE}, d.path AS folder FROM ${LOOKED_AT}
      WHERE f.content_id = ? AND f.state = 'photo' AND d.online = 1 ORDER BY f.id LIMIT 1`),
    all: connection.prepare(
      `SELECT ${FILE}, d.path AS folder, d.role FROM ${LOOKED_AT} WHERE f.state = 'photo' ORDER BY f.id`,
    ),
    shown: connection.prepare(`
      SELECT f.id, f.folder_id AS folderId, f.content_id AS contentId, c.taken_at AS takenAt, c.camera
      FROM ${LOOKED_AT} JOIN contents c ON c.id = f.content_id WHERE f.state = 'photo' ORDER BY f.id`),
    failures: connection.prepare(`
      SELECT f.id, d.path AS folder, f.directory, f.name, x.code, x.reason, x.since
      FROM ${LOOKED_AT} JOIN failures x ON x.file_id = f.id ORDER BY d.path, f.directory, f.name`),
  };
}

function prepareCounts(connection: Connection): {
  failed: Statement<{ code: FailureCode; photos: number }>;
  formats: Statement<{ format: PhotoFormat; photos: number }>;
  totals: Statement<{ photos: number; bytes: number }>;
  offline: Statement<{ photos: number }>;
} {
  return {
    failed: connection.prepare(`
      SELECT x.code, count(*) AS photos FROM ${LOOKED_AT} JOIN failures x ON x.file_id = f.id
      GROUP BY x.code ORDER BY photos DESC, x.code`),
    formats: connection.prepare(`
      SELECT c.format, count(*) AS photos FROM ${LOOKED_AT} JOIN contents c ON c.id = f.content_id
      GROUP BY c.format ORDER BY photos DESC, c.format`),
    totals: connection.prepare(`
      SELECT count(*) AS photos, coalesce(sum(f.bytes), 0) AS bytes FROM ${LOOKED_AT} WHERE f.state = 'photo'`),
    offline: connection.prepare(
      `SELECT count(*) AS photos FROM ${LOOKED_AT} WHERE f.state = 'photo' AND d.online = 0`,
    ),
  };
}

/** The columns by name; anything else that a caller's object carries is left behind. */
function stampValues(
  file: Omit<FileRow, 'id' | 'folderId' | 'directory' | 'name'>,
): Record<string, SqlValue> {
  const { bytes, modifiedMs, inode, state, contentId } = file;
  return { bytes, modifiedMs, inode, state, contentId };
}

function toPhoto({ folder, directory, name, modifiedMs, ...photo }: PhotoRecord): Photo {
  return {
    ...photo,
    path: absolutePath(folder, directory, name),
    modifiedAt: new Date(modifiedMs).toISOString(),
  };
}

export class SqlitePhotos implements PhotoRepository {
  readonly #connection: Connection;
  readonly #writes: ReturnType<typeof prepareWrites>;
  readonly #lists: ReturnType<typeof prepareLists>;
  readonly #counts: ReturnType<typeof prepareCounts>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#writes = prepareWrites(connection);
    this.#lists = prepareLists(connection);
    this.#counts = prepareCounts(connection);
  }

  inDirectory(folderId: FolderId, directory: string): FileRow[] {
    return this.#lists.inDirectory.all(folderId, directory);
  }

  directories(folderId: FolderId): string[] {
    return this.#lists.directories.all(folderId).map((row) => row.directory);
  }

  insert(file: Omit<FileRow, 'id'>, failure?: Failure): PhotoId {
    const { folderId, directory, name } = file;
    return this.#connection.transaction(() => {
      const { id } = this.#writes.insert.run({ folderId, directory, name, ...stampValues(file) });
      this.#setFailure(id, file.state === 'failed', failure);
      return id;
    });
  }

  update(id: PhotoId, file: Parameters<PhotoRepository['update']>[1], failure?: Failure): void {
    this.#connection.transaction(() => {
      this.#writes.update.run({ id, ...stampValues(file) });
      this.#setFailure(id, file.state === 'failed', failure);
    });
  }

  move(id: PhotoId, to: { folderId: FolderId; directory: string; name: string }): void {
    this.#writes.move.run(to.folderId, to.directory, to.name, id);
  }

  remove(ids: PhotoId[]): void {
    this.#connection.transaction(() => {
      for (const id of ids) this.#writes.remove.run(id);
    });
  }

  byIds(ids: PhotoId[]): Photo[] {
    return this.#lists.byIds.all(JSON.stringify(ids)).map(toPhoto);
  }

  locate(id: PhotoId): { path: string; contentId: ContentId | null; folderId: FolderId } | undefined {
    const row = this.#lists.locate.get(id);
    if (row === undefined) return undefined;
    const path = absolutePath(row.folder, row.directory, row.name);
    return { path, contentId: row.contentId, folderId: row.folderId };
  }

  reachable(content: ContentId): string | undefined {
    const row = this.#lists.reachable.get(content);
    return row && absolutePath(row.folder, row.directory, row.name);
  }

  allForGrouping(): (FileRow & { path: string; role: FolderRole })[] {
    return this.#lists.all.all().map(({ folder, ...row }) => ({
      ...row,
      path: absolutePath(folder, row.directory, row.name),
    }));
  }

  shown(): ShownPhoto[] {
    return this.#lists.shown.all();
  }

  failures(): FailedPhoto[] {
    return this.#lists.failures.all().map(({ folder, directory, name, ...failure }) => ({
      ...failure,
      path: absolutePath(folder, directory, name),
    }));
  }

  failedCounts(): { code: FailureCode; photos: number }[] {
    return this.#counts.failed.all();
  }

  formatCounts(): { format: PhotoFormat; photos: number }[] {
    return this.#counts.formats.all();
  }

  totals(): { photos: number; bytes: number } {
    return this.#counts.totals.get() ?? { photos: 0, bytes: 0 };
  }

  offlineCount(): number {
    return this.#counts.offline.get()?.photos ?? 0;
  }

  #setFailure(id: PhotoId, failed: boolean, failure: Failure): void {
    if (failed !== (failure !== undefined)) {
      throw new Error('A file has a failure exactly when its state is "failed"');
    }
    if (failure === undefined) {
      this.#writes.heal.run(id);
    } else {
      const { code, reason, since } = failure;
      this.#writes.fail.run({ id, code, reason, since });
    }
  }
}
