import { LookalikeError } from '../../contract/errors.ts';
import type { Verdict } from '../../contract/model.ts';
import type { Connection, Statement } from './connection.ts';
import type { ContentId } from './content-types.ts';
import type { HashVerdict, VerdictRepository } from './pair-types.ts';

interface VerdictRow {
  a: ContentId;
  b: ContentId;
  verdict: Verdict;
  at: string;
}

interface StoredVerdict {
  a: Buffer;
  b: Buffer;
  verdict: Verdict;
  at: string;
}

/** A pair is stored once, the lower hash first. */
function inOrder(x: Buffer, y: Buffer): [Buffer, Buffer] {
  return Buffer.compare(x, y) < 0 ? [x, y] : [y, x];
}

export class SqliteVerdicts implements VerdictRepository {
  readonly #hash: Statement<{ hash: Buffer }>;
  readonly #put: Statement<never>;
  readonly #drop: Statement<never>;
  readonly #list: Statement<VerdictRow>;
  readonly #all: Statement<StoredVerdict>;
  readonly #get: Statement<StoredVerdict>;

  constructor(connection: Connection) {
    this.#hash = connection.prepare('SELECT hash FROM contents WHERE id = ?');
    this.#put = connection.prepare(
      'INSERT OR REPLACE INTO verdicts (hash_a, hash_b, verdict, at) VALUES (?, ?, ?, ?)',
    );
    this.#drop = connection.prepare('DELETE FROM verdicts WHERE hash_a = ? AND hash_b = ?');
    this.#list = connection.prepare(`
      SELECT min(x.id, y.id) AS a, max(x.id, y.id) AS b, v.verdict, v.at
      FROM verdicts v JOIN contents x ON x.hash = v.hash_a JOIN contents y ON y.hash = v.hash_b
      ORDER BY 1, 2`);
    const stored = 'SELECT hash_a AS a, hash_b AS b, verdict, at FROM verdicts';
    this.#all = connection.prepare(`${stored} ORDER BY at, hash_a, hash_b`);
    this.#get = connection.prepare(`${stored} WHERE hash_a = ? AND hash_b = ?`);
  }

  export(): HashVerdict[] {
    return this.#all.all().map((row) => ({ ...row, a: row.a.toString('hex'), b: row.b.toString('hex') }));
  }

  import(verdicts: readonly HashVerdict[]): number {
    let changed = 0;
    for (const { a, b, verdict, at } of verdicts) {
      if (a === b) throw new RangeError('A verdict is about two contents.');
      const [first, second] = inOrder(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
      const known = this.#get.get(first, second);
      if (known !== undefined && known.at >= at) continue;
      this.#put.run(first, second, verdict, at);
      if (known?.verdict !== verdict) changed++;
    }
    return changed;
  }

  set(a: ContentId, b: ContentId, verdict: Verdict | null, at: string): void {
    if (a === b) throw new RangeError('A verdict is about two contents.');
    const [first, second] = inOrder(this.#hashOf(a), this.#hashOf(b));
    if (verdict === null) this.#drop.run(first, second);
    else this.#put.run(first, second, verdict, at);
  }

  list(): VerdictRow[] {
    return this.#list.all();
  }

  #hashOf(id: ContentId): Buffer {
    const row = this.#hash.get(id);
    if (row !== undefined) return row.hash;
    throw new LookalikeError('NOT_FOUND', `There is no photo with the content ${id} in the library.`);
  }
}
