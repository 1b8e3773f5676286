/** @file The tables of pooled features and embeddings, of the frame (part 0) and of the content boxes in it. */
import type { Connection, Statement } from './connection.ts';
import type { ContentId, EmbeddingRows, EncodedPart } from './content-types.ts';
import { damaged } from './database-errors.ts';
import { type ModelIds } from './models.ts';
import { isShown } from './shown.ts';
import { fromFloat16Blob, fromFloat32Blob, toFloat16Blob, toFloat32Blob } from './vectors.ts';

const FRAME = 0;
/** A photo has at most four content boxes. */
const LAST_PART = 4;
/** Rows of embeddings fetched at once: blobs of a whole library would double its memory. */
const EMBEDDING_BATCH = 4096;

interface EmbeddingRow {
  id: ContentId;
  float32: Uint8Array;
}

function prepareWrites(
  connection: Connection,
): Record<'features' | 'embedding' | 'dropFeatures' | 'dropEmbeddings', Statement<never>> {
  return {
    features: connection.prepare('INSERT INTO features (content_id, part, float16) VALUES (?, ?, ?)'),
    embedding: connection.prepare(`
      INSERT INTO embeddings (content_id, model_id, part, float32) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`),
    dropFeatures: connection.prepare(`DELETE FROM features WHERE content_id = ? AND part <> ${FRAME}`),
    dropEmbeddings: connection.prepare(`DELETE FROM embeddings WHERE content_id = ? AND part <> ${FRAME}`),
  };
}

function prepareReads(connection: Connection): {
  features: Statement<{ float16: Uint8Array }>;
  embedding: Statement<{ float32: Uint8Array }>;
  partEmbeddings: Statement<{ float32: Uint8Array }>;
  embeddings: Statement<EmbeddingRow>;
  unembedded: Statement<{ id: ContentId }>;
} {
  return {
    features: connection.prepare('SELECT float16 FROM features WHERE content_id = ? ORDER BY part'),
    embedding: connection.prepare(
      `SELECT float32 FROM embeddings WHERE model_id = ? AND part = ${FRAME} AND content_id = ?`,
    ),
    partEmbeddings: connection.prepare(
      'SELECT float32 FROM embeddings WHERE model_id = ? AND content_id = ? ORDER BY part',
    ),
    embeddings: connection.prepare(`
      SELECT e.content_id AS id, e.float32 FROM embeddings e
      WHERE e.model_id = ? AND e.part = ? AND e.content_id > ? AND ${isShown('e.content_id')}
      ORDER BY e.content_id LIMIT ${EMBEDDING_BATCH}`),
    unembedded: connection.prepare(`
      SELECT c.id FROM contents c
      WHERE ${isShown('c.id')}
        AND (SELECT count(*) FROM embeddings e WHERE e.content_id = c.id AND e.model_id = ?) <
          max(1, (SELECT count(*) FROM features f WHERE f.content_id = c.id))
      ORDER BY c.id`),
  };
}

export class PartRows {
  readonly #connection: Connection;
  readonly #models: ModelIds;
  readonly #writes: ReturnType<typeof prepareWrites>;
  readonly #reads: ReturnType<typeof prepareReads>;

  constructor(connection: Connection, models: ModelIds) {
    this.#connection = connection;
    this.#models = models;
    this.#writes = prepareWrites(connection);
    this.#reads = prepareReads(connection);
  }

  putFrame(id: ContentId, features: Float32Array): void {
    this.#writes.features.run(id, FRAME, toFloat16Blob(features));
  }

  /** Features and embeddings of the boxes, in place of those that are there. */
  replaceBoxes(id: ContentId, modelId: number, boxes: readonly EncodedPart[]): void {
    this.#writes.dropFeatures.run(id);
    this.#writes.dropEmbeddings.run(id);
    for (const [index, { features, embedding }] of boxes.entries()) {
      this.#writes.features.run(id, index + 1, toFloat16Blob(features));
      this.embed(id, modelId, index + 1, embedding);
    }
  }

  /** One that is known already stays. */
  embed(id: ContentId, modelId: number, part: number, embedding: Float32Array): void {
    this.#writes.embedding.run(id, modelId, part, toFloat32Blob(embedding));
  }

  embedFrame(id: ContentId, modelId: number, embedding: Float32Array): void {
    this.embed(id, modelId, FRAME, embedding);
  }

  features(id: ContentId): Float32Array[] {
    return this.#reads.features.all(id).map((row) => fromFloat16Blob(row.float16));
  }

  embedding(id: ContentId, model: string): Float32Array | undefined {
    const row = this.#reads.embedding.get(this.#models.find(model), id);
    return row && fromFloat32Blob(row.float32);
  }

  partEmbeddings(id: ContentId, model: string): Float32Array[] {
    const rows = this.#reads.partEmbeddings.all(this.#models.find(model), id);
    return rows.map((row) => fromFloat32Blob(row.float32));
  }

  unembedded(model: string): ContentId[] {
    return this.#reads.unembedded.all(this.#models.find(model)).map((row) => row.id);
  }

  embeddings(model: string, parts: 'all' | 'frames'): EmbeddingRows {
    const modelId = this.#models.find(model);
    const batches: EmbeddingBatches = { ids: [], vectors: [], dims: 0 };
    this.#collect(modelId, FRAME, batches);
    const frames = batches.ids.length;
    for (let part = FRAME + 1; parts === 'all' && part <= LAST_PART; part++) {
      this.#collect(modelId, part, batches);
    }
    const { ids, dims } = batches;
    // Several threads may search them.
    const size = ids.length * dims * Float32Array.BYTES_PER_ELEMENT;
    const vectors = new Float32Array(new SharedArrayBuffer(size));
    let offset = 0;
    for (const batch of batches.vectors) {
      vectors.set(batch, offset);
      offset += batch.length;
    }
    return { ids, vectors, dims, frames };
  }

  #collect(modelId: number, part: number, into: EmbeddingBatches): void {
    for (let last = 0; ;) {
      const rows = this.#reads.embeddings.all(modelId, part, last);
      const [first] = rows;
      if (first === undefined) return;
      if (into.dims === 0) into.dims = first.float32.byteLength / Float32Array.BYTES_PER_ELEMENT;
      into.vectors.push(this.#flatten(rows, into.dims));
      for (const row of rows) into.ids.push(row.id);
      last = rows.at(-1)?.id ?? last;
    }
  }

  #flatten(rows: EmbeddingRow[], dims: number): Float32Array {
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
}

interface EmbeddingBatches {
  ids: ContentId[];
  vectors: Float32Array[];
  dims: number;
}
