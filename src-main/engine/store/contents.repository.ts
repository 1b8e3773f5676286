import type { Connection, Statement } from './connection.ts';
import { damaged } from './database-errors.ts';
import { ModelIds } from './models.ts';
import { isShown } from './shown.ts';
import type { ContentId, ContentRecord, ContentRepository, ContentRow } from './store.ts';
import { fromFloat16Blob, fromFloat32Blob, toFloat16Blob, toFloat32Blob } from './vectors.ts';

/** Part 0 of a photo is its whole frame. */
const FRAME = 0;

function prepareWrites(connection: Connection): {
  insert: Statement<never>;
  thumbnail: Statement<never>;
  features: Statement<never>;
  embedding: Statement<never>;
} {
  return {
    insert: connection.prepare(`
      INSERT INTO contents
        (hash, bytes, format, width, height, taken_at, camera, thumbnail_hash, stream_hash)
      VALUES
        (@hash, @bytes, @format, @width, @height, @takenAt, @camera, @thumbnailHash, @streamHash)`),
    thumbnail: connection.prepare('INSERT INTO thumbnails (content_id, jpeg) VALUES (?, ?)'),
    features: connection.prepare('INSERT INTO features (content_id, float16) VALUES (?, ?)'),
    embedding: connection.prepare(`
      INSERT INTO embeddings (content_id, model_id, part, float32) VALUES (?, ?, ${FRAME}, ?)
      ON CONFLICT DO NOTHING`),
  };
}

function prepareReads(connection: Connection): {
  idByHash: Statement<{ id: number }>;
  byIds: Statement<ContentRow>;
  thumbnail: Statement<{ jpeg: Uint8Array }>;
  features: Statement<{ float16: Uint8Array }>;
  embedding: Statement<{ float32: Uint8Array }>;
  embeddings: Statement<{ id: number; float32: Uint8Array }>;
  unembedded: Statement<{ id: number }>;
} {
  return {
    idByHash: connection.prepare('SELECT id FROM contents WHERE hash = ?'),
    byIds: connection.prepare(`
      SELECT c.id, c.bytes, c.format, c.width, c.height, c.taken_at AS takenAt, c.camera,
        c.thumbnail_hash AS thumbnailHash, c.stream_hash AS streamHash
      FROM json_each(?) j JOIN contents c ON c.id = j.value ORDER BY j.key`),
    thumbnail: connection.prepare('SELECT jpeg FROM thumbnails WHERE content_id = ?'),
    features: connection.prepare('SELECT float16 FROM features WHERE content_id = ?'),
    embedding: connection.prepare(
      `SELECT float32 FROM embeddings WHERE model_id = ? AND part = ${FRAME} AND content_id = ?`,
    ),
    embeddings: connection.prepare(`
      SELECT e.content_id AS id, e.float32 FROM embeddings e
      WHERE e.model_id = ? AND e.part = ${FRAME} AND e.content_id > ? AND ${isShown('e.content_id')}
      ORDER BY e.content_id LIMIT ?`),
    unembedded: connection.prepare(`
      SELECT c.id FROM contents c
      WHERE NOT EXISTS (SELECT 1 FROM embeddings e
          WHERE e.model_id = ? AND e.part = ${FRAME} AND e.content_id = c.id)
        AND ${isShown('c.id')}
      ORDER BY c.id`),
  };
}

/** Rows of embeddings fetched at once: blobs of a whole library would double its memory. */
const EMBEDDING_BATCH = 4096;

export class SqliteContents implements ContentRepository {
  readonly #connection: Connection;
  readonly #models: ModelIds;
  readonly #writes: ReturnType<typeof prepareWrites>;
  readonly #reads: ReturnType<typeof prepareReads>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#models = new ModelIds(connection);
    this.#writes = prepareWrites(connection);
    this.#reads = prepareReads(connection);
  }

  idByHash(hash: Uint8Array): ContentId | undefined {
    return this.#reads.idByHash.get(hash)?.id;
  }

  insert(record: ContentRecord, model: string): ContentId {
    return this.#connection.transaction(() => {
      const id = this.idByHash(record.hash) ?? this.#insertNew(record);
      this.#writes.embedding.run(id, this.#models.findOrAdd(model), toFloat32Blob(record.embedding));
      return id;
    });
  }

  byIds(ids: ContentId[]): ContentRow[] {
    return this.#reads.byIds.all(JSON.stringify(ids));
  }

  thumbnail(id: ContentId): Uint8Array | undefined {
    return this.#reads.thumbnail.get(id)?.jpeg;
  }

  features(id: ContentId): Float32Array | undefined {
    const row = this.#reads.features.get(id);
    return row && fromFloat16Blob(row.float16);
  }

  embedding(id: ContentId, model: string): Float32Array | undefined {
    const row = this.#reads.embedding.get(this.#models.find(model), id);
    return row && fromFloat32Blob(row.float32);
  }

  unembedded(model: string): ContentId[] {
    return this.#reads.unembedded.all(this.#models.find(model)).map((row) => row.id);
  }

  embed(model: string, embeddings: { id: ContentId; embedding: Float32Array }[]): void {
    this.#connection.transaction(() => {
      const modelId = this.#models.findOrAdd(model);
      for (const { id, embedding } of embeddings) {
        this.#writes.embedding.run(id, modelId, toFloat32Blob(embedding));
      }
    });
  }

  embeddings(model: string): { ids: ContentId[]; vectors: Float32Array; dims: number } {
    const ids: ContentId[] = [];
    const batches: Float32Array[] = [];
    let dims = 0;
    const modelId = this.#models.find(model);
    for (;;) {
      const rows = this.#reads.embeddings.all(modelId, ids.at(-1) ?? 0, EMBEDDING_BATCH);
      const first = rows[0];
      if (first === undefined) break;
      if (dims === 0) dims = first.float32.byteLength / Float32Array.BYTES_PER_ELEMENT;
      batches.push(this.#flatten(rows, dims));
      for (const row of rows) ids.push(row.id);
    }
    const vectors = new Float32Array(ids.length * dims);
    let offset = 0;
    for (const batch of batches) {
      vectors.set(batch, offset);
      offset += batch.length;
    }
    return { ids, vectors, dims };
  }

  #flatten(rows: { id: number; float32: Uint8Array }[], dims: number): Float32Array {
    const size = dims * Float32Array.BYTES_PER_ELEMENT;
    const bytes = new Uint8Array(rows.length * size);
    for (const [index, row] of rows.entries()) {
      if (row.float32.byteLength !== size) {
        throw damaged(this.#connection.path, `the embedding of content ${row.id} has a wrong length`);
      }
      bytes.set(row.float32, index * size);
    }
    return new Float32Array(bytes.buffer);
  }

  #insertNew(record: ContentRecord): ContentId {
    const { hash, bytes, format, width, height, takenAt, camera, thumbnailHash, streamHash } = record;
    const { id } = this.#writes.insert.run({
      hash,
      bytes,
      format,
      width,
      height,
      takenAt,
      camera,
      thumbnailHash,
      streamHash,
    });
    this.#writes.thumbnail.run(id, record.thumbnail);
    this.#writes.features.run(id, toFloat16Blob(record.features));
    return id;
  }
}
