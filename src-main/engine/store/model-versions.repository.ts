/** @file Versions of the model beside the one that ships, and which is in use. */
import { LookalikeError } from '../../contract/errors.ts';
import type { Connection, Statement } from './connection.ts';

export type ModelVersionId = number;

/** Texts are JSON that other rooms read and write. */
export interface ModelVersionRow {
  id: ModelVersionId;
  /** Unique; embeddings and pairs belong to it. */
  name: string;
  /** Name of the model it was trained from. */
  parent: string;
  /** ISO 8601. */
  createdAt: string;
  /** How it was made, and its figures. */
  about: string;
  /** The card of its head. */
  card: string;
  /** What the user's verdicts changed of scores; null: nothing. */
  personal: string | null;
}

export interface ModelVersionRepository {
  /** In the order in which they came. */
  list(): ModelVersionRow[];
  get(id: ModelVersionId): ModelVersionRow | undefined;
  /** head.bin. @throws LookalikeError NOT_FOUND */
  head(id: ModelVersionId): Uint8Array;
  add(version: Omit<ModelVersionRow, 'id'>, head: Uint8Array): ModelVersionId;
  /** With its embeddings and pairs. @param stored names under which those lie */
  remove(id: ModelVersionId, stored: readonly string[]): void;
  /** Null: the one that ships. */
  active(): ModelVersionId | null;
  setActive(id: ModelVersionId | null): void;
}

const COLUMNS = 'id, name, parent, created_at AS createdAt, about, card, personal';

export class SqliteModelVersions implements ModelVersionRepository {
  readonly #connection: Connection;
  readonly #list: Statement<ModelVersionRow>;
  readonly #get: Statement<ModelVersionRow>;
  readonly #head: Statement<{ head: Uint8Array }>;
  readonly #active: Statement<{ id: ModelVersionId | null }>;
  readonly #writes: Record<'add' | 'remove' | 'forget' | 'activate', Statement<never>>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#list = connection.prepare(`SELECT ${COLUMNS} FROM model_versions ORDER BY id`);
    this.#get = connection.prepare(`SELECT ${COLUMNS} FROM model_versions WHERE id = ?`);
    this.#head = connection.prepare('SELECT head FROM model_versions WHERE id = ?');
    this.#active = connection.prepare('SELECT version_id AS id FROM active_version');
    this.#writes = {
      add: connection.prepare(`
        INSERT INTO model_versions (name, parent, created_at, about, card, personal, head)
        VALUES (@name, @parent, @createdAt, @about, @card, @personal, @head)`),
      remove: connection.prepare('DELETE FROM model_versions WHERE id = ?'),
      forget: connection.prepare('DELETE FROM models WHERE name = ?'),
      activate: connection.prepare('UPDATE active_version SET version_id = ?'),
    };
  }

  list(): ModelVersionRow[] {
    return this.#list.all();
  }

  get(id: ModelVersionId): ModelVersionRow | undefined {
    return this.#get.get(id);
  }

  head(id: ModelVersionId): Uint8Array {
    const row = this.#head.get(id);
    if (row === undefined) throw new LookalikeError('NOT_FOUND', `There is no model with the number ${id}.`);
    return row.head;
  }

  add(version: Omit<ModelVersionRow, 'id'>, head: Uint8Array): ModelVersionId {
    return this.#connection.transaction(() => {
      this.#writes.add.run({ ...version, head });
      return this.#list.all().at(-1)?.id ?? 0;
    });
  }

  remove(id: ModelVersionId, stored: readonly string[]): void {
    this.#connection.transaction(() => {
      this.#writes.remove.run(id);
      for (const name of stored) this.#writes.forget.run(name);
    });
  }

  active(): ModelVersionId | null {
    return this.#active.get()?.id ?? null;
  }

  setActive(id: ModelVersionId | null): void {
    this.#writes.activate.run(id);
  }
}
