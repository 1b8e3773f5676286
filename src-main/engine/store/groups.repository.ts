import type { PhotoId } from '../../contract/model.ts';
import type { Connection, Statement } from './connection.ts';
import { readGroupPage, type GroupQuery } from './group-page.ts';
import { joinReasons } from './reasons.ts';
import type { GroupRepository, GroupRow, StoredGroupPage } from './store.ts';

/** Groups written, or removed, in one transaction: some 50 to 100 ms. */
const COMMIT_GROUPS = 1_000;
const turnOfOthers = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const SHOWN = '(SELECT shown FROM group_editions)';

function prepare(connection: Connection): {
  shown: Statement<{ edition: number }>;
  show: Statement<never>;
  hidden: Statement<{ edition: number; first: number; last: number }>;
  clearMembers: Statement<never>;
  clear: Statement<never>;
  insert: Statement<never>;
  member: Statement<never>;
  totals: Statement<{ groups: number; copies: number; bytesToGain: number }>;
  membership: Statement<{ photoId: PhotoId; groupId: number }>;
} {
  return {
    shown: connection.prepare('SELECT shown AS edition FROM group_editions'),
    show: connection.prepare('UPDATE group_editions SET shown = ?'),
    hidden: connection.prepare(`
      SELECT edition, min(id) AS first, max(id) AS last FROM groups WHERE edition <> ? GROUP BY edition`),
    // Before their groups: one by one through those takes many times as long.
    clearMembers: connection.prepare(
      'DELETE FROM group_members WHERE edition = ? AND group_id BETWEEN ? AND ?',
    ),
    clear: connection.prepare('DELETE FROM groups WHERE edition = ? AND id BETWEEN ? AND ?'),
    // A group is dated by its keeper: when it was taken, or else when the file was changed.
    insert: connection.prepare(`
      INSERT INTO groups (edition, id, kind, keeper, keeper_reasons, tier, probability, bytes_to_gain, members, dated,
        weakest_a, weakest_b, weakest_score, weakest_probability)
      SELECT @edition, @id, @kind, f.id, @keeperReasons, @tier, @probability, @bytesToGain, @members,
        coalesce(c.taken_at, strftime('%Y-%m-%dT%H:%M:%fZ', f.modified_ms / 1000, 'unixepoch')),
        @weakestA, @weakestB, @weakestScore, @weakestProbability
      FROM files f LEFT JOIN contents c ON c.id = f.content_id WHERE f.id = @keeper`),
    member: connection.prepare(`
      INSERT INTO group_members (edition, group_id, position, photo_id, is_keeper, relation, score, probability, reasons)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    totals: connection.prepare(`
      SELECT count(*) AS groups, coalesce(sum(members - 1), 0) AS copies,
        coalesce(sum(bytes_to_gain), 0) AS bytesToGain FROM groups
      WHERE edition = ${SHOWN} AND kind = 'copies'`),
    membership: connection.prepare(`
      SELECT photo_id AS photoId, group_id AS groupId FROM group_members WHERE edition = ${SHOWN}`),
  };
}

export class SqliteGroups implements GroupRepository {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepare(connection);
  }

  async replace(groups: readonly GroupRow[], pause = turnOfOthers): Promise<void> {
    await this.#clearHidden(pause);
    const edition = this.#shown() + 1;
    for (let from = 0; from < groups.length; from += COMMIT_GROUPS) {
      this.#connection.transaction(() => {
        const part = groups.slice(from, from + COMMIT_GROUPS);
        for (const [index, group] of part.entries()) this.#insert(edition, from + index + 1, group);
      });
      await pause();
    }
    this.#statements.show.run(edition);
    await this.#clearHidden(pause);
  }

  page(query: GroupQuery): StoredGroupPage {
    return this.#connection.snapshot(() => readGroupPage(this.#connection, query, this.#shown()));
  }

  totals(): { groups: number; copies: number; bytesToGain: number } {
    return this.#statements.totals.get() ?? { groups: 0, copies: 0, bytesToGain: 0 };
  }

  membership(): Map<PhotoId, number> {
    return new Map(this.#statements.membership.all().map((row) => [row.photoId, row.groupId]));
  }

  #shown(): number {
    return this.#statements.shown.get()?.edition ?? 0;
  }

  /** Removes editions that are not shown; where it is interrupted, the next call goes on. */
  async #clearHidden(pause: () => Promise<void>): Promise<void> {
    for (const { edition, first, last } of this.#statements.hidden.all(this.#shown())) {
      for (let from = first; from <= last; from += COMMIT_GROUPS) {
        this.#connection.transaction(() => {
          this.#statements.clearMembers.run(edition, from, from + COMMIT_GROUPS - 1);
          this.#statements.clear.run(edition, from, from + COMMIT_GROUPS - 1);
        });
        await pause();
      }
    }
  }

  #insert(edition: number, id: number, group: GroupRow): void {
    const { kind, keeper, tier, bytesToGain, weakest, members } = group;
    if (!members.some((member) => member.photoId === keeper)) {
      throw new Error(`The keeper ${keeper} is no member of its group`);
    }
    this.#statements.insert.run({
      edition,
      id,
      kind,
      keeper,
      keeperReasons: JSON.stringify(group.keeperReasons),
      tier,
      probability: group.probability,
      bytesToGain,
      members: members.length,
      weakestA: weakest.a,
      weakestB: weakest.b,
      weakestScore: weakest.score,
      weakestProbability: weakest.probability,
    });
    for (const [position, member] of members.entries()) {
      const { photoId, relation, score, probability, reasons } = member;
      const isKeeper = Number(photoId === keeper);
      this.#statements.member.run(
        edition,
        id,
        position,
        photoId,
        isKeeper,
        relation,
        score,
        probability,
        joinReasons(reasons),
      );
    }
  }
}
