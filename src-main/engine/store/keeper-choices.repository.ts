import { LookalikeError } from '../../contract/errors.ts';
import type { PhotoId } from '../../contract/model.ts';
import type { Connection, Statement } from './connection.ts';
import type { KeeperChoiceRepository } from './store.ts';

export class SqliteKeeperChoices implements KeeperChoiceRepository {
  readonly #put: Statement<never>;
  readonly #drop: Statement<never>;
  readonly #list: Statement<{ photoId: PhotoId; at: string }>;

  constructor(connection: Connection) {
    this.#put = connection.prepare(`
      INSERT OR REPLACE INTO keeper_choices (photo_id, at) SELECT id, @at FROM files WHERE id = @photo`);
    this.#drop = connection.prepare('DELETE FROM keeper_choices WHERE photo_id = ?');
    this.#list = connection.prepare('SELECT photo_id AS photoId, at FROM keeper_choices ORDER BY photo_id');
  }

  set(photo: PhotoId, at: string | null): void {
    if (at === null) {
      this.#drop.run(photo);
      return;
    }
    if (this.#put.run({ photo, at }).changes > 0) return;
    throw new LookalikeError('NOT_FOUND', `There is no photo with the number ${photo} in the library.`);
  }

  list(): { photoId: PhotoId; at: string }[] {
    return this.#list.all();
  }
}
