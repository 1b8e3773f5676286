/** @file One page of the stored groups under a filter, with the figures of the whole filtered list. */
import type { ParsedInput, GroupOrder } from '../../contract/methods.ts';
import type { GroupKind, PhotoId, Relation, Tier } from '../../contract/model.ts';
import type { Connection, SqlValue } from './connection.ts';
import { splitReasons } from './reasons.ts';
import type { GroupMemberRow, GroupRow, StoredGroupPage } from './store.ts';

export type GroupQuery = ParsedInput<'groups.list'>;

interface GroupRecord {
  id: number;
  kind: GroupKind;
  keeper: PhotoId;
  keeperReasons: string;
  tier: Tier;
  probability: number;
  bytesToGain: number;
  weakestA: PhotoId;
  weakestB: PhotoId;
  weakestScore: number;
  weakestProbability: number;
}
type MemberRecord = Omit<GroupMemberRow, 'reasons'> & { groupId: number; reasons: string };

const ORDERS: Record<GroupOrder, string> = {
  gain: 'g.bytes_to_gain DESC, g.id',
  probability: 'g.probability DESC, g.id',
  date: 'g.dated DESC, g.id',
  members: 'g.members DESC, g.id',
};

const CONDITIONS = {
  edition: 'g.edition = @edition',
  kind: 'g.kind = @kind',
  minProbability: 'g.probability >= @minProbability',
  // The plus keeps SQLite from starting at this condition, which would cost the order's index.
  folder: `+g.id IN (SELECT m.group_id FROM files f JOIN group_members m ON m.photo_id = f.id
    WHERE f.folder_id = @folder AND m.edition = @edition)`,
  relations: `+g.id IN (SELECT m.group_id FROM group_members m
    WHERE m.edition = @edition AND m.is_keeper = 0 AND m.relation IN (SELECT value FROM json_each(@relations)))`,
};
type Condition = keyof typeof CONDITIONS;
/** What is asked, of which edition of the groups. */
type EditionQuery = GroupQuery & { edition: number };

/** What the query asks for, by condition; an empty list of relations asks for nothing in particular. */
function asked(query: EditionQuery): Partial<Record<Condition, SqlValue>> {
  const { edition, kind, minProbability, folder, relations } = query;
  return {
    edition,
    ...(kind === 'all' ? {} : { kind }),
    ...(minProbability === undefined ? {} : { minProbability }),
    ...(folder === undefined ? {} : { folder }),
    ...(relations === undefined || relations.length === 0 ? {} : { relations: JSON.stringify(relations) }),
  };
}

/** The WHERE clause and its values for what is asked, `without` one condition. */
function where(
  query: EditionQuery,
  without?: Condition,
): { clause: string; values: Record<string, SqlValue> } {
  const values = asked(query);
  if (without !== undefined) Reflect.deleteProperty(values, without);
  const conditions = (Object.keys(values) as Condition[]).map((name) => CONDITIONS[name]);
  return { clause: `WHERE ${conditions.join(' AND ')}`, values };
}

interface KindFigures {
  kind: GroupKind;
  groups: number;
  copies: number;
  bytesToGain: number;
}

function figures(connection: Connection, query: EditionQuery): Omit<StoredGroupPage, 'groups' | 'relations'> {
  const { clause, values } = where(query, 'kind');
  const rows = connection
    .prepare<KindFigures>(
      `SELECT g.kind, count(*) AS groups, sum(g.members - 1) AS copies, sum(g.bytes_to_gain) AS bytesToGain
       FROM groups g ${clause} GROUP BY g.kind`,
    )
    .all(values);
  const result = { total: 0, copies: 0, bytesToGain: 0, kinds: { copies: 0, burst: 0, scene: 0, layout: 0 } };
  for (const row of rows) {
    result.kinds[row.kind] = row.groups;
    if (query.kind !== 'all' && query.kind !== row.kind) continue;
    result.total += row.groups;
    result.copies += row.copies;
    result.bytesToGain += row.bytesToGain;
  }
  return result;
}

function relationCounts(connection: Connection, query: EditionQuery): StoredGroupPage['relations'] {
  const { clause, values } = where(query, 'relations');
  // Without further conditions the members alone tell all of it.
  const joined = Object.keys(values).length > 1;
  return connection
    .prepare<{ relation: Relation; members: number }>(
      `SELECT m.relation, count(*) AS members
       FROM group_members m INDEXED BY group_members_by_relation
       ${joined ? `JOIN groups g ON g.edition = m.edition AND g.id = m.group_id ${clause} AND` : 'WHERE'}
         m.edition = @edition AND m.is_keeper = 0
       GROUP BY m.relation ORDER BY members DESC, m.relation`,
    )
    .all(values);
}

function membersOf(connection: Connection, edition: number, ids: number[]): Map<number, GroupMemberRow[]> {
  const rows = connection
    .prepare<MemberRecord>(
      `SELECT m.group_id AS groupId, m.photo_id AS photoId, m.relation, m.score, m.probability, m.reasons
       -- Crossed, or SQLite goes through all members of the edition for the sake of the order.
       FROM json_each(?) j CROSS JOIN group_members m ON m.edition = ? AND m.group_id = j.value ORDER BY m.group_id, m.position`,
    )
    .all(JSON.stringify(ids), edition);
  const members = new Map<number, GroupMemberRow[]>(ids.map((id) => [id, []]));
  for (const { groupId, reasons, ...member } of rows) {
    members.get(groupId)?.push({ ...member, reasons: splitReasons(reasons) });
  }
  return members;
}

function toGroup(record: GroupRecord, members: GroupMemberRow[]): GroupRow & { id: number } {
  const { weakestA, weakestB, weakestScore, weakestProbability, keeperReasons, ...group } = record;
  return {
    ...group,
    keeperReasons: JSON.parse(keeperReasons) as string[],
    weakest: { a: weakestA, b: weakestB, score: weakestScore, probability: weakestProbability },
    members,
  };
}

function groupsOf(connection: Connection, query: EditionQuery): StoredGroupPage['groups'] {
  const { clause, values } = where(query);
  const records = connection
    .prepare<GroupRecord>(
      `SELECT g.id, g.kind, g.keeper, g.keeper_reasons AS keeperReasons, g.tier, g.probability,
         g.bytes_to_gain AS bytesToGain, g.weakest_a AS weakestA, g.weakest_b AS weakestB,
         g.weakest_score AS weakestScore, g.weakest_probability AS weakestProbability
       FROM groups g ${clause} ORDER BY ${ORDERS[query.order]} LIMIT @limit OFFSET @offset`,
    )
    .all({ ...values, limit: query.limit, offset: query.offset });
  const members = membersOf(
    connection,
    query.edition,
    records.map((record) => record.id),
  );
  return records.map((record) => toGroup(record, members.get(record.id) ?? []));
}

/** Read in one transaction by the caller, so that figures and page belong together. */
export function readGroupPage(connection: Connection, asked: GroupQuery, edition: number): StoredGroupPage {
  const query = { ...asked, edition };
  return {
    ...figures(connection, query),
    relations: relationCounts(connection, query),
    groups: groupsOf(connection, query),
  };
}
