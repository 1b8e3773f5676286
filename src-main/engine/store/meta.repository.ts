import type { Connection, Statement } from './connection.ts';
import type { MetaRepository } from './store.ts';

export class SqliteMeta implements MetaRepository {
  readonly #get: Statement<{ value: string }>;
  readonly #set: Statement<never>;

  constructor(connection: Connection) {
    this.#get = connection.prepare('SELECT value FROM meta WHERE name = ?');
    this.#set = connection.prepare(
      'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    );
  }

  get(name: string): string | undefined {
    return this.#get.get(name)?.value;
  }

  set(name: string, value: string): void {
    this.#set.run(name, value);
  }
}
