import path from 'node:path';
import type { Folder, FolderId, FolderRole } from '../../contract/model.ts';
import type { Connection, Statement } from './connection.ts';
import type { FolderRepository } from './store.ts';

interface FolderRecord {
  id: number;
  path: string;
  role: FolderRole;
  hidden: number;
  followLinks: number;
  exclude: string;
  online: number;
  lastScanAt: string | null;
  photos: number | null;
  bytes: number | null;
  failed: number | null;
  cover: number | null;
}

/** The cover is the photo that was found last. */
const SELECT = `
  SELECT d.id, d.path, d.role, d.hidden, d.follow_links AS followLinks, d.exclude, d.online,
    d.scanned_at AS lastScanAt, n.photos, n.bytes, n.failed, n.cover
  FROM folders d LEFT JOIN (
    SELECT folder_id,
      sum(state = 'photo') AS photos,
      sum(CASE WHEN state = 'photo' THEN bytes ELSE 0 END) AS bytes,
      sum(state = 'failed') AS failed,
      max(CASE WHEN state = 'photo' THEN id END) AS cover
    FROM files GROUP BY folder_id
  ) n ON n.folder_id = d.id`;

function toFolder(record: FolderRecord): Folder {
  return {
    id: record.id,
    path: record.path,
    name: path.basename(record.path) || record.path,
    role: record.role,
    hidden: record.hidden === 1,
    followLinks: record.followLinks === 1,
    exclude: JSON.parse(record.exclude) as string[],
    online: record.online === 1,
    photos: record.photos ?? 0,
    bytes: record.bytes ?? 0,
    failed: record.failed ?? 0,
    lastScanAt: record.lastScanAt,
    cover: record.cover,
  };
}

function prepare(connection: Connection): {
  list: Statement<FolderRecord>;
  get: Statement<FolderRecord>;
  upsert: Statement<{ id: number }>;
  role: Statement<never>;
  online: Statement<never>;
  scanned: Statement<never>;
  contents: Statement<{ id: number }>;
  photos: Statement<{ photos: number }>;
  remove: Statement<never>;
  forget: Statement<never>;
} {
  return {
    list: connection.prepare(`${SELECT} ORDER BY d.id`),
    get: connection.prepare(`${SELECT} WHERE d.id = ?`),
    upsert: connection.prepare(`
      INSERT INTO folders (path, role, hidden, follow_links, exclude)
      VALUES (@path, @role, @hidden, @followLinks, @exclude)
      ON CONFLICT (path) DO UPDATE SET role = excluded.role, hidden = excluded.hidden,
        follow_links = excluded.follow_links, exclude = excluded.exclude
      RETURNING id`),
    role: connection.prepare('UPDATE folders SET role = ? WHERE id = ?'),
    online: connection.prepare('UPDATE folders SET online = ? WHERE id = ?'),
    scanned: connection.prepare('UPDATE folders SET scanned_at = ? WHERE id = ?'),
    contents: connection.prepare(
      'SELECT DISTINCT content_id AS id FROM files WHERE folder_id = ? AND content_id IS NOT NULL',
    ),
    photos: connection.prepare(
      "SELECT count(*) AS photos FROM files WHERE folder_id = ? AND state = 'photo'",
    ),
    remove: connection.prepare('DELETE FROM folders WHERE id = ?'),
    forget: connection.prepare(`
      DELETE FROM contents WHERE id IN (SELECT value FROM json_each(?))
        AND NOT EXISTS (SELECT 1 FROM files WHERE content_id = contents.id)`),
  };
}

export class SqliteFolders implements FolderRepository {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepare(connection);
  }

  list(): Folder[] {
    return this.#statements.list.all().map(toFolder);
  }

  get(id: FolderId): Folder | undefined {
    const record = this.#statements.get.get(id);
    return record === undefined ? undefined : toFolder(record);
  }

  upsert(folder: Parameters<FolderRepository['upsert']>[0]): FolderId {
    const row = this.#statements.upsert.get({
      path: folder.path,
      role: folder.role,
      hidden: Number(folder.hidden),
      followLinks: Number(folder.followLinks),
      exclude: JSON.stringify(folder.exclude),
    });
    if (row === undefined) throw new Error(`The folder ${folder.path} was not stored`);
    return row.id;
  }

  setRole(id: FolderId, role: FolderRole): void {
    this.#statements.role.run(role, id);
  }

  setOnline(id: FolderId, online: boolean): void {
    this.#statements.online.run(Number(online), id);
  }

  setScanned(id: FolderId, at: string): void {
    this.#statements.scanned.run(at, id);
  }

  remove(id: FolderId): number {
    return this.#connection.transaction(() => {
      const contents = this.#statements.contents.all(id).map((row) => row.id);
      const photos = this.#statements.photos.get(id)?.photos ?? 0;
      this.#statements.remove.run(id);
      this.#statements.forget.run(JSON.stringify(contents));
      return photos;
    });
  }
}
