import type { PairMeasures } from '../../contract/model.ts';
import type { Connection, Statement } from './connection.ts';
import { ModelIds } from './models.ts';
import { joinReasons, splitReasons } from './reasons.ts';
import { isShown } from './shown.ts';
import type { ContentId } from './content-types.ts';
import type { PairRepository, PairRow, ScoredPair } from './pair-types.ts';

interface PairRecord extends ScoredPair {
  reasons: string;
  measures: string | null;
}

/** Pairs fetched at once while all are gone through: other statements may run in between. */
const PAIR_BATCH = 10_000;
/** Of those that are open a scan wants the first few. */
const OPEN_BATCH = 500;
const SCORES = 'p.a, p.b, p.score, p.relation';
/** Behind the pair that was fetched last. */
const AFTER = 'AND (p.score, p.a, p.b) < (?, ?, ?)';
const ALL = `${SCORES}, p.reasons, p.measures`;

/** One page of pairs, best first. */
function preparePage(connection: Connection, after: string): Statement<ScoredPair> {
  return connection.prepare(`
    SELECT ${SCORES} FROM pairs p WHERE p.model_id = ? AND p.score >= ? ${after}
    ORDER BY p.score DESC, p.a DESC, p.b DESC LIMIT ${PAIR_BATCH}`);
}

/** The condition is word for word that of the index pairs_open. */
function prepareOpen(connection: Connection, after: string): Statement<ScoredPair> {
  return connection.prepare(`
    SELECT ${SCORES} FROM pairs p
    WHERE p.model_id = ? AND measures ->> '$.open' IS NOT NULL AND measures ->> '$.looked' = 'thumbnails'
      AND p.relation <> 'same-pixels' ${after}
    ORDER BY p.score DESC, p.a DESC, p.b DESC LIMIT ${OPEN_BATCH}`);
}

function prepare(connection: Connection): {
  uncompared: Statement<{ id: number }>;
  mark: Statement<never>;
  upsert: Statement<never>;
  firstPage: Statement<ScoredPair>;
  nextPage: Statement<ScoredPair>;
  shown: Statement<{ id: ContentId }>;
  get: Statement<PairRecord>;
  page: Statement<PairRecord>;
  shareMarks: Statement<never>;
  among: Statement<PairRecord>;
  firstOpen: Statement<ScoredPair>;
  nextOpen: Statement<ScoredPair>;
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
      INSERT INTO pairs (a, b, model_id, score, relation, reasons, measures)
      VALUES (@a, @b, @model, @score, @relation, @reasons, @measures)
      ON CONFLICT (a, b, model_id) DO UPDATE SET score = excluded.score, relation = excluded.relation,
        reasons = excluded.reasons, measures = excluded.measures`),
    firstPage: preparePage(connection, ''),
    nextPage: preparePage(connection, AFTER),
    shown: connection.prepare(`SELECT c.id FROM contents c WHERE ${isShown('c.id')}`),
    get: connection.prepare(`SELECT ${ALL} FROM pairs p WHERE p.a = ? AND p.b = ? AND p.model_id = ?`),
    page: connection.prepare(`
      SELECT ${ALL} FROM pairs p WHERE p.model_id = ? AND (p.a, p.b) > (?, ?) ORDER BY p.a, p.b LIMIT ${PAIR_BATCH}`),
    shareMarks: connection.prepare(`
      INSERT INTO compared (content_id, model_id) SELECT content_id, @to FROM compared WHERE model_id = @from
      ON CONFLICT DO NOTHING`),
    among: connection.prepare(`
      WITH chosen AS MATERIALIZED (SELECT value AS id FROM json_each(@ids))
      SELECT ${ALL} FROM chosen CROSS JOIN pairs p ON p.a = chosen.id
      WHERE p.model_id = @model AND p.b IN (SELECT id FROM chosen)`),
    firstOpen: prepareOpen(connection, ''),
    nextOpen: prepareOpen(connection, AFTER),
  };
}

function toPair(record: PairRecord): PairRow {
  const { reasons, measures } = record;
  return {
    ...record,
    reasons: splitReasons(reasons),
    measures: measures === null ? null : (JSON.parse(measures) as PairMeasures),
  };
}

/** None of them empty; the next one is fetched when it is asked for. @param behind the page behind a row */
function* pagesOf<Row>(size: number, first: Row[], behind: (last: Row) => Row[]): Generator<Row[]> {
  let rows = first;
  for (;;) {
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    if (rows.length < size) return;
    rows = behind(last);
  }
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
      for (const { a, b, score, relation, reasons, measures } of pairs) {
        this.#statements.upsert.run({
          a,
          b,
          model: modelId,
          score,
          relation,
          reasons: joinReasons(reasons),
          measures: measures === null ? null : JSON.stringify(measures),
        });
      }
    });
  }

  *iterateScores(model: string, minScore: number): Generator<ScoredPair> {
    const modelId = this.#models.find(model);
    // Asked once: for each row anew it would take most of the time.
    const shown = new Set(this.#statements.shown.all().map(({ id }) => id));
    const { firstPage, nextPage } = this.#statements;
    const pages = pagesOf(PAIR_BATCH, firstPage.all(modelId, minScore), ({ score, a, b }) =>
      nextPage.all(modelId, minScore, score, a, b),
    );
    for (const rows of pages) {
      for (const row of rows) if (shown.has(row.a) && shown.has(row.b)) yield row;
    }
  }

  get(model: string, a: ContentId, b: ContentId): PairRow | undefined {
    const modelId = this.#models.find(model);
    const record = this.#statements.get.get(Math.min(a, b), Math.max(a, b), modelId);
    return record && toPair(record);
  }

  *pages(model: string): Generator<PairRow[]> {
    const modelId = this.#models.find(model);
    const { page } = this.#statements;
    const pages = pagesOf(PAIR_BATCH, page.all(modelId, 0, 0), ({ a, b }) => page.all(modelId, a, b));
    for (const records of pages) yield records.map(toPair);
  }

  shareCompared(from: string, to: string): void {
    this.#connection.transaction(() => {
      this.#statements.shareMarks.run({ from: this.#models.find(from), to: this.#models.findOrAdd(to) });
    });
  }

  *open(model: string): Generator<ScoredPair> {
    const modelId = this.#models.find(model);
    const { firstOpen, nextOpen } = this.#statements;
    const pages = pagesOf(OPEN_BATCH, firstOpen.all(modelId), ({ score, a, b }) =>
      nextOpen.all(modelId, score, a, b),
    );
    for (const rows of pages) yield* rows;
  }

  ofContents(model: string, ids: readonly ContentId[]): PairRow[] {
    return this.#statements.among
      .all({ ids: JSON.stringify(ids), model: this.#models.find(model) })
      .map(toPair);
  }
}
