/** @file One page of the groups under a filter, with the figures of the whole filtered list. */
import type { GroupOrder, ParsedInput } from '../../contract/methods.ts';
import {
  relations,
  type GroupPage,
  type GroupTotals,
  type PhotoId,
  type Relation,
} from '../../contract/model.ts';
import type { GroupSummary } from './group-summary.ts';

export type GroupFilter = Pick<
  ParsedInput<'groups.list'>,
  'kind' | 'minProbability' | 'tiers' | 'minBytes' | 'relations' | 'folder' | 'photos'
>;

export interface ListedGroups extends Omit<GroupPage, 'threshold' | 'groups'> {
  groups: GroupSummary[];
}

type Condition = keyof GroupFilter;
/** With the photos as a set: a group is looked up in them member by member. */
type Filter = Omit<GroupFilter, 'photos'> & { photos: ReadonlySet<PhotoId> | undefined };

/** Whether a group passes, by condition. An empty list asks for nothing in particular. */
const CONDITIONS: Record<Condition, (group: GroupSummary, filter: Filter) => boolean> = {
  kind: (group, { kind }) => kind === 'all' || group.kind === kind,
  minProbability: ({ probability }, { minProbability = 0 }) => probability >= minProbability,
  tiers: ({ tier }, { tiers: wanted }) =>
    wanted === undefined || wanted.length === 0 || wanted.includes(tier),
  minBytes: (group, { minBytes = 0 }) => group.bytesToGain >= minBytes,
  folder: ({ members }, { folder }) =>
    folder === undefined || members.some(({ photo }) => photo.folderId === folder),
  photos: ({ members }, { photos }) =>
    photos === undefined || members.some(({ photo }) => photos.has(photo.id)),
  relations: ({ members }, { relations: wanted }) =>
    wanted === undefined ||
    wanted.length === 0 ||
    members.some(({ tie }, i) => i > 0 && wanted.includes(tie.relation)),
};
const NAMES = Object.keys(CONDITIONS) as Condition[];

/** The one condition that fails; null: none does; 'more': two or more. */
function failing(group: GroupSummary, filter: Filter): Condition | 'more' | null {
  let failed: Condition | null = null;
  for (const name of NAMES) {
    if (CONDITIONS[name](group, filter)) continue;
    if (failed !== null) return 'more';
    failed = name;
  }
  return failed;
}

/** All groups that pass, in no order, and the figures; counts of one filter are taken without that filter. */
export function listGroups(all: readonly GroupSummary[], { photos, ...rest }: GroupFilter): ListedGroups {
  const filter: Filter = { ...rest, photos: photos && new Set(photos) };
  const listed: ListedGroups = {
    ...{ total: 0, copies: 0, bytesToGain: 0, relations: [], groups: [] },
    kinds: { copies: 0, burst: 0, scene: 0, layout: 0 },
    tiers: { safe: 0, likely: 0, check: 0 },
  };
  const members = new Map<Relation, number>();
  for (const group of all) {
    const failed = failing(group, filter);
    if (failed === null || failed === 'kind') listed.kinds[group.kind]++;
    if (failed === null || failed === 'tiers') listed.tiers[group.tier]++;
    if (failed === null || failed === 'relations') countRelations(group, members);
    if (failed !== null) continue;
    listed.groups.push(group);
    listed.total++;
    listed.copies += group.members.length - 1;
    listed.bytesToGain += group.bytesToGain;
  }
  listed.relations = [...members]
    .map(([relation, count]) => ({ relation, members: count }))
    .sort((p, q) => q.members - p.members || relations.indexOf(p.relation) - relations.indexOf(q.relation));
  return listed;
}

function countRelations({ members }: GroupSummary, counts: Map<Relation, number>): void {
  for (const [i, { tie }] of members.entries()) {
    if (i > 0) counts.set(tie.relation, (counts.get(tie.relation) ?? 0) + 1);
  }
}

const ORDERS: Record<GroupOrder, (p: GroupSummary, q: GroupSummary) => number> = {
  gain: (p, q) => q.bytesToGain - p.bytesToGain,
  probability: (p, q) => q.probability - p.probability,
  date: (p, q) => (p.dated === q.dated ? 0 : p.dated < q.dated ? 1 : -1),
  members: (p, q) => q.members.length - p.members.length,
};

/** Most to gain, surest, newest keeper, most members first; equal ones by their ids. */
export function sortGroups(groups: readonly GroupSummary[], order: GroupOrder): GroupSummary[] {
  const compare = ORDERS[order];
  return groups.toSorted((p, q) => compare(p, q) || p.id - q.id);
}

export function totalsOf(all: readonly GroupSummary[], threshold: number): GroupTotals {
  const { total, copies, bytesToGain, kinds, tiers } = listGroups(all, { kind: 'copies' });
  return { threshold, groups: total, copies, bytesToGain, kinds, tiers };
}
