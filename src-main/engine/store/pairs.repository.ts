import type { Relation } from '../../contract/model.ts';
import type { Connection, Statement } from './connection.ts';
import { ModelIds } from './models.ts';
import { joinReasons, splitReasons } from './reasons.ts';
import { isShown } from './shown.ts';
import type { ContentId, PairRepository, PairRow } from './store.ts';

interface PairRecord {
  a: number;
  b: number;
  score: number;
  relation: Relation;
  reasons: string;
}

/** Pairs fetched at once while all are gone through: other statements may run in between. */
const PAIR_BATCH = 10_000;
const SELECT = 'SELECT p.a, p.b, p.score, p.relation, p.reasons FROM pairs p';
const BOTH_SHOWN = `${isShown('p.a')} AND ${isShown('p.b')}`;

function prepare(connection: Connection): {
  uncompared: Statement<{ id: number }>;
  mark: Statement<never>;
  upsert: Statement<never>;
  first: Statement<PairRecord>;
  next: Statement<PairRecord>;
  get: Statement<PairRecord>;
} {
  return {
    uncompared: connection.prepare(`
      SELECT e.content_id AS id FROM embeddings e
      WHERE e.model_id = @model AND e.part = 0
        AND NOT EXISTS (SELECT 1 FROM compared k WHERE k.content_id = e.content_id AND k.model_id = @model)
        AND ${isShown('e.content_id')}
      ORDER BY e.content_id`),
    mark: connection.prepare(
      'INSERT INTO compared (content_id, model_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
    ),
    upsert: connection.prepare(`
      INSERT INTO pairs (a, b, model_id, score, relation, reasons)
      VALUES (@a, @b, @model, @score, @relation, @reasons)
      ON CONFLICT (a, b, model_id) DO UPDATE SET score = excluded.score, relation = excluded.relation,
        reasons = excluded.reasons`),
    first: connection.prepare(`
      ${SELECT} WHERE p.model_id = ? AND p.score >= ? AND ${BOTH_SHOWN}
      ORDER BY p.score DESC, p.a DESC, p.b DESC LIMIT ${PAIR_BATCH}`),
    next: connection.prepare(`
      ${SELECT} WHERE p.model_id = ? AND p.score >= ? AND (p.score, p.a, p.b) < (?, ?, ?) AND ${BOTH_SHOWN}
      ORDER BY p.score DESC, p.a DESC, p.b DESC LIMIT ${PAIR_BATCH}`),
    get: connection.prepare(`${SELECT} WHERE p.a = ? AND p.b = ? AND p.model_id = ?`),
  };
}

function toPair(record: PairRecord): PairRow {
  return { ...record, reasons: splitReasons(record.reasons) };
}

export class SqlitePairs implements PairRepository {
  readonly #connection: Connection;
  readonly #models: ModelIds;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#models = new ModelIds(connection);
    this.#statements = prepare(connection);
  }

  uncompared(model: string): ContentId[] {
    return this.#statements.uncompared.all({ model: this.#models.find(model) }).map((row) => row.id);
  }

  markCompared(model: string, ids: ContentId[]): void {
    this.#connection.transaction(() => {
      const modelId = this.#models.findOrAdd(model);
      for (const id of ids) this.#statements.mark.run(id, modelId);
    });
  }

  upsert(model: string, pairs: PairRow[]): void {
    this.#connection.transaction(() => {
      const modelId = this.#models.findOrAdd(model);
      for (const { a, b, score, relation, reasons } of pairs) {
        this.#statements.upsert.run({ a, b, model: modelId, score, relation, reasons: joinReasons(reasons) });
      }
    });
  }

  *iterate(model: string, minScore: number): Generator<PairRow> {
    const modelId = this.#models.find(model);
    let rows = this.#statements.first.all(modelId, minScore);
    for (;;) {
      yield* rows.map(toPair);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAIR_BATCH) return;
      rows = this.#statements.next.all(modelId, minScore, last.score, last.a, last.b);
    }
  }

  get(model: string, a: ContentId, b: ContentId): PairRow | undefined {
    const modelId = this.#models.find(model);
    const record = this.#statements.get.get(Math.min(a, b), Math.max(a, b), modelId);
    return record && toPair(record);
  }
}
