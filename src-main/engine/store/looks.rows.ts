/** @file The tables of what was made of a content's thumbnail: local features, what verification needs, detail. */
import { decodeLocalFeatures, LOCAL_FEATURES_VERSION } from '../features/local-features-codec.ts';
import type { StoredPhoto } from '../similarity/verification/verifiable-photo.ts';
import type { Connection, Statement } from './connection.ts';
import type { ContentId, ThumbnailLook } from './content-types.ts';
import { damaged } from './database-errors.ts';
import { fromBoxesBlob, toBoxesBlob } from './look-blobs.ts';
import { isShown } from './shown.ts';

/** Boxes and grey base have no number of their own: features are made with the boxes. */
const LOOK_VERSION = LOCAL_FEATURES_VERSION;

interface LookRow {
  code: Uint8Array;
  thumbnailWidth: number;
  thumbnailHeight: number;
  boxes: Uint8Array;
  greyWidth: number;
  greyHeight: number;
  grey: Uint8Array;
}

interface CodeRow {
  id: ContentId;
  code: Uint8Array;
}

function prepareWrites(
  connection: Connection,
): Record<'code' | 'base' | 'version' | 'detail', Statement<never>> {
  return {
    code: connection.prepare('INSERT OR REPLACE INTO local_features (content_id, code) VALUES (?, ?)'),
    base: connection.prepare(`
      INSERT OR REPLACE INTO verification_base
        (content_id, thumbnail_width, thumbnail_height, boxes, grey_width, grey_height, grey)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
    version: connection.prepare(`UPDATE contents SET look_version = ${LOOK_VERSION} WHERE id = ?`),
    detail: connection.prepare('INSERT OR REPLACE INTO detail (content_id, share) VALUES (?, ?)'),
  };
}

function prepareReads(connection: Connection): {
  look: Statement<LookRow>;
  codesOf: Statement<CodeRow>;
  outdated: Statement<{ id: ContentId }>;
  details: Statement<{ id: ContentId; share: number }>;
} {
  const current = `look_version = ${LOOK_VERSION}`;
  return {
    look: connection.prepare(`
      SELECT l.code, v.thumbnail_width AS thumbnailWidth, v.thumbnail_height AS thumbnailHeight, v.boxes,
        v.grey_width AS greyWidth, v.grey_height AS greyHeight, v.grey
      FROM contents c JOIN local_features l ON l.content_id = c.id JOIN verification_base v ON v.content_id = c.id
      WHERE c.id = ? AND c.${current}`),
    // In this order: the planner would go through all contents of the version, for every call.
    codesOf: connection.prepare(`
      SELECT c.id, l.code FROM json_each(?) j CROSS JOIN contents c ON c.id = j.value
        CROSS JOIN local_features l ON l.content_id = c.id
      WHERE c.${current} ORDER BY j.key`),
    outdated: connection.prepare(`
      SELECT c.id FROM contents c WHERE c.look_version IS NOT ${LOOK_VERSION} AND ${isShown('c.id')}
      ORDER BY c.id`),
    details: connection.prepare(`
      SELECT d.content_id AS id, d.share FROM json_each(?) j JOIN detail d ON d.content_id = j.value`),
  };
}

export class LookRows {
  readonly #connection: Connection;
  readonly #writes: ReturnType<typeof prepareWrites>;
  readonly #reads: ReturnType<typeof prepareReads>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#writes = prepareWrites(connection);
    this.#reads = prepareReads(connection);
  }

  put(id: ContentId, { localFeatures, thumbnail, boxes, grey }: ThumbnailLook): void {
    this.#writes.code.run(id, localFeatures);
    this.#writes.base.run(
      id,
      thumbnail.width,
      thumbnail.height,
      toBoxesBlob(boxes),
      grey.width,
      grey.height,
      grey.data,
    );
    this.#writes.version.run(id);
  }

  outdated(): ContentId[] {
    return this.#reads.outdated.all().map((row) => row.id);
  }

  verifiable(id: ContentId): StoredPhoto | undefined {
    const row = this.#reads.look.get(id);
    if (row === undefined) return undefined;
    const look = {
      localFeatures: row.code,
      thumbnail: { width: row.thumbnailWidth, height: row.thumbnailHeight },
      boxes: fromBoxesBlob(row.boxes),
      grey: { width: row.greyWidth, height: row.greyHeight, data: new Uint8Array(row.grey) },
    };
    try {
      return toVerifiable(look);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw damaged(this.#connection.path, `the local features of content ${id}: ${error.message}`);
    }
  }

  codesOf(ids: readonly ContentId[]): CodeRow[] {
    return this.#reads.codesOf.all(JSON.stringify(ids));
  }

  details(ids: readonly ContentId[]): Map<ContentId, number> {
    return new Map(this.#reads.details.all(JSON.stringify(ids)).map(({ id, share }) => [id, share]));
  }

  setDetail(id: ContentId, share: number): void {
    this.#writes.detail.run(id, share);
  }
}

/**
 * A look as verification takes it, whether it was stored or is at hand.
 * @throws RangeError when the packed features are damaged or of another version
 */
export function toVerifiable({ localFeatures, thumbnail, boxes, grey }: ThumbnailLook): StoredPhoto {
  const features = decodeLocalFeatures(localFeatures);
  if (features === undefined) throw new RangeError('they are of another version than their mark says');
  return { features, thumbnail, boxes, grey };
}
