import type { PhotoFacts } from '../imaging/photo-facts.ts';
import type { StoredPhoto } from '../similarity/verification/verifiable-photo.ts';
import type { Connection, Statement } from './connection.ts';
import type {
  ContentId,
  ContentRecord,
  ContentRepository,
  ContentRow,
  EmbeddingRows,
  LookUpdate,
} from './content-types.ts';
import { LookRows } from './looks.rows.ts';
import { ModelIds } from './models.ts';
import { PartRows } from './parts.rows.ts';

function prepareWrites(
  connection: Connection,
): Record<'insert' | 'thumbnail' | 'dropPairs' | 'dropCompared', Statement<never>> {
  return {
    insert: connection.prepare(`
      INSERT INTO contents (hash, bytes, format, width, height, taken_at, camera, jpeg_quality, jpeg_writer, facts,
        thumbnail_hash, stream_hash)
      VALUES (@hash, @bytes, @format, @width, @height, @takenAt, @camera, @jpegQuality, @jpegWriter, @facts,
        @thumbnailHash, @streamHash)`),
    thumbnail: connection.prepare('INSERT INTO thumbnails (content_id, jpeg) VALUES (?, ?)'),
    dropPairs: connection.prepare('DELETE FROM pairs WHERE a = @id OR b = @id'),
    dropCompared: connection.prepare('DELETE FROM compared WHERE content_id = ?'),
  };
}

function prepareReads(connection: Connection): {
  idByHash: Statement<{ id: ContentId }>;
  hash: Statement<{ hash: Uint8Array }>;
  byIds: Statement<ContentRow>;
  facts: Statement<{ id: ContentId; facts: string }>;
  thumbnail: Statement<{ jpeg: Uint8Array }>;
} {
  return {
    idByHash: connection.prepare('SELECT id FROM contents WHERE hash = ?'),
    hash: connection.prepare('SELECT hash FROM contents WHERE id = ?'),
    byIds: connection.prepare(`
      SELECT c.id, c.bytes, c.format, c.width, c.height, c.taken_at AS takenAt, c.camera,
        c.jpeg_quality AS jpegQuality, c.jpeg_writer AS jpegWriter, c.thumbnail_hash AS thumbnailHash, c.stream_hash AS streamHash
      FROM json_each(?) j JOIN contents c ON c.id = j.value ORDER BY j.key`),
    facts: connection.prepare(`
      SELECT c.id, c.facts FROM json_each(?) j JOIN contents c ON c.id = j.value WHERE c.facts IS NOT NULL`),
    thumbnail: connection.prepare('SELECT jpeg FROM thumbnails WHERE content_id = ?'),
  };
}

export class SqliteContents implements ContentRepository {
  readonly #connection: Connection;
  readonly #models: ModelIds;
  readonly #looks: LookRows;
  readonly #parts: PartRows;
  readonly #writes: ReturnType<typeof prepareWrites>;
  readonly #reads: ReturnType<typeof prepareReads>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#models = new ModelIds(connection);
    this.#looks = new LookRows(connection);
    this.#parts = new PartRows(connection, this.#models);
    this.#writes = prepareWrites(connection);
    this.#reads = prepareReads(connection);
  }

  idByHash(hash: Uint8Array): ContentId | undefined {
    return this.#reads.idByHash.get(hash)?.id;
  }

  hash(id: ContentId): Uint8Array | undefined {
    return this.#reads.hash.get(id)?.hash;
  }

  insert(record: ContentRecord, model: string): ContentId {
    return this.#connection.transaction(() => {
      const modelId = this.#models.findOrAdd(model);
      const id = this.idByHash(record.hash) ?? this.#insertNew(record, modelId);
      this.#parts.embedFrame(id, modelId, record.embedding);
      return id;
    });
  }

  byIds(ids: ContentId[]): ContentRow[] {
    return this.#reads.byIds.all(JSON.stringify(ids));
  }

  facts(ids: ContentId[]): Map<ContentId, PhotoFacts> {
    const rows = this.#reads.facts.all(JSON.stringify(ids));
    return new Map(rows.map(({ id, facts }) => [id, JSON.parse(facts) as PhotoFacts]));
  }

  thumbnail(id: ContentId): Uint8Array | undefined {
    return this.#reads.thumbnail.get(id)?.jpeg;
  }

  features(id: ContentId): Float32Array[] {
    return this.#parts.features(id);
  }

  embedding(id: ContentId, model: string): Float32Array | undefined {
    return this.#parts.embedding(id, model);
  }

  partEmbeddings(id: ContentId, model: string): Float32Array[] {
    return this.#parts.partEmbeddings(id, model);
  }

  embeddings(model: string, parts: 'all' | 'frames'): EmbeddingRows {
    return this.#parts.embeddings(model, parts);
  }

  unembedded(model: string): ContentId[] {
    return this.#parts.unembedded(model);
  }

  embed(model: string, embeddings: { id: ContentId; part: number; embedding: Float32Array }[]): void {
    this.#connection.transaction(() => {
      const modelId = this.#models.findOrAdd(model);
      for (const { id, part, embedding } of embeddings) this.#parts.embed(id, modelId, part, embedding);
    });
  }

  unfeatured(): ContentId[] {
    return this.#looks.outdated();
  }

  addFeatures(model: string, updates: LookUpdate[]): void {
    this.#connection.transaction(() => {
      const modelId = this.#models.findOrAdd(model);
      for (const { id, look, boxes } of updates) {
        this.#looks.put(id, look);
        this.#parts.replaceBoxes(id, modelId, boxes);
        this.#writes.dropPairs.run({ id });
        this.#writes.dropCompared.run(id);
      }
    });
  }

  verifiable(id: ContentId): StoredPhoto | undefined {
    return this.#looks.verifiable(id);
  }

  localFeaturesOf(ids: ContentId[]): { id: ContentId; code: Uint8Array }[] {
    return this.#looks.codesOf(ids);
  }

  details(ids: ContentId[]): Map<ContentId, number> {
    return this.#looks.details(ids);
  }

  setDetail(id: ContentId, share: number): void {
    this.#looks.setDetail(id, share);
  }

  #insertNew(record: ContentRecord, modelId: number): ContentId {
    const { hash, bytes, format, width, height, takenAt, camera } = record;
    const { jpegQuality, jpegWriter, thumbnailHash, streamHash } = record;
    const { id } = this.#writes.insert.run({
      hash,
      bytes,
      format,
      width,
      height,
      takenAt,
      camera,
      jpegQuality,
      jpegWriter,
      facts: JSON.stringify(record.facts),
      thumbnailHash,
      streamHash,
    });
    this.#writes.thumbnail.run(id, record.thumbnail);
    this.#looks.put(id, record.look);
    this.#parts.putFrame(id, record.features);
    this.#parts.replaceBoxes(id, modelId, record.boxes);
    return id;
  }
}
