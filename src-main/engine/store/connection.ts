/** @file A thin layer over better-sqlite3: typed statements, one kind of transaction, errors that name the file. */
import Database from 'better-sqlite3';
import { toDatabaseError } from './database-errors.ts';

export type SqlValue = string | number | Uint8Array | null;
/** Values by position, or one object of values by name. */
export type SqlParameters = SqlValue[] | [Record<string, SqlValue>];

export interface Statement<Row> {
  run(...parameters: SqlParameters): { changes: number; id: number };
  get(...parameters: SqlParameters): Row | undefined;
  all(...parameters: SqlParameters): Row[];
}

export class Connection {
  readonly path: string;
  readonly database: Database.Database;
  readonly #run: Database.Transaction<(work: () => unknown) => unknown>;
  readonly #statements = new Map<string, Statement<unknown>>();

  private constructor(path: string, database: Database.Database) {
    this.path = path;
    this.database = database;
    this.#run = database.transaction((work: () => unknown) => work());
  }

  static open(path: string, options: Database.Options): Connection {
    try {
      return new Connection(path, new Database(path, options));
    } catch (error) {
      throw toDatabaseError(path, error);
    }
  }

  /** Prepares a statement, or gives the one that was prepared from the same text. */
  prepare<Row = never>(source: string): Statement<Row> {
    const known = this.#statements.get(source);
    if (known !== undefined) return known as Statement<Row>;
    const statement = this.#wrap<Row>(source);
    this.#statements.set(source, statement);
    return statement;
  }

  /** Writers wait for each other at the start, so a transaction never fails half-way for being late. */
  transaction<T>(work: () => T): T {
    return this.#guard(() => this.#run.immediate(work)) as T;
  }

  close(): void {
    this.database.close();
  }

  pragma(text: string): unknown {
    return this.#guard(() => this.database.pragma(text, { simple: true }));
  }

  #wrap<Row>(source: string): Statement<Row> {
    const statement = this.#guard(() => this.database.prepare<unknown[], Row>(source));
    return {
      run: (...parameters) =>
        this.#guard(() => {
          const { changes, lastInsertRowid } = statement.run(...parameters);
          return { changes, id: Number(lastInsertRowid) };
        }),
      get: (...parameters) => this.#guard(() => statement.get(...parameters)),
      all: (...parameters) => this.#guard(() => statement.all(...parameters)),
    };
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toDatabaseError(this.path, error);
    }
  }
}
