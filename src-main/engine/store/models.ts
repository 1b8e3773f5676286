import type { Connection, Statement } from './connection.ts';

/** Model names as numbers: a row of pairs or embeddings costs a byte for its model instead of a name. */
export class ModelIds {
  readonly #find: Statement<{ id: number }>;
  readonly #add: Statement<never>;

  constructor(connection: Connection) {
    this.#find = connection.prepare('SELECT id FROM models WHERE name = ?');
    this.#add = connection.prepare('INSERT INTO models (name) VALUES (?) ON CONFLICT (name) DO NOTHING');
  }

  /** 0, which no model has, when nothing was stored under this name. */
  find(name: string): number {
    return this.#find.get(name)?.id ?? 0;
  }

  findOrAdd(name: string): number {
    const known = this.find(name);
    if (known !== 0) return known;
    this.#add.run(name);
    return this.find(name);
  }
}
