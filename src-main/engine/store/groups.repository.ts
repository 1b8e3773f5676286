import type { PhotoId } from '../../contract/model.ts';
import type { Connection, Statement } from './connection.ts';
import { readGroupPage, type GroupQuery } from './group-page.ts';
import { joinReasons } from './reasons.ts';
import type { GroupRepository, GroupRow, StoredGroupPage } from './store.ts';

function prepare(connection: Connection): {
  clearMembers: Statement<never>;
  clear: Statement<never>;
  insert: Statement<never>;
  member: Statement<never>;
  totals: Statement<{ groups: number; copies: number; bytesToGain: number }>;
  membership: Statement<{ photoId: PhotoId; groupId: number }>;
} {
  return {
    // Cleared first and as a whole: row by row through the groups takes many times as long.
    clearMembers: connection.prepare('DELETE FROM group_members'),
    clear: connection.prepare('DELETE FROM groups'),
    // A group is dated by its keeper: when it was taken, or else when the file was changed.
    insert: connection.prepare(`
      INSERT INTO groups (id, kind, keeper, keeper_reasons, tier, probability, bytes_to_gain, members, dated,
        weakest_a, weakest_b, weakest_score, weakest_probability)
      SELECT @id, @kind, f.id, @keeperReasons, @tier, @probability, @bytesToGain, @members,
        coalesce(c.taken_at, strftime('%Y-%m-%dT%H:%M:%fZ', f.modified_ms / 1000, 'unixepoch')),
        @weakestA, @weakestB, @weakestScore, @weakestProbability
      FROM files f LEFT JOIN contents c ON c.id = f.content_id WHERE f.id = @keeper`),
    member: connection.prepare(`
      INSERT INTO group_members (group_id, position, photo_id, is_keeper, relation, score, probability, reasons)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    totals: connection.prepare(`
      SELECT count(*) AS groups, coalesce(sum(members - 1), 0) AS copies,
        coalesce(sum(bytes_to_gain), 0) AS bytesToGain FROM groups WHERE kind = 'copies'`),
    membership: connection.prepare('SELECT photo_id AS photoId, group_id AS groupId FROM group_members'),
  };
}

export class SqliteGroups implements GroupRepository {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepare(connection);
  }

  replace(groups: GroupRow[]): void {
    this.#connection.transaction(() => {
      this.#statements.clearMembers.run();
      this.#statements.clear.run();
      for (const [index, group] of groups.entries()) this.#insert(index + 1, group);
    });
  }

  page(query: GroupQuery): StoredGroupPage {
    return this.#connection.snapshot(() => readGroupPage(this.#connection, query));
  }

  totals(): { groups: number; copies: number; bytesToGain: number } {
    return this.#statements.totals.get() ?? { groups: 0, copies: 0, bytesToGain: 0 };
  }

  membership(): Map<PhotoId, number> {
    return new Map(this.#statements.membership.all().map((row) => [row.photoId, row.groupId]));
  }

  #insert(id: number, group: GroupRow): void {
    const { kind, keeper, tier, bytesToGain, weakest, members } = group;
    if (!members.some((member) => member.photoId === keeper)) {
      throw new Error(`The keeper ${keeper} is no member of its group`);
    }
    this.#statements.insert.run({
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
