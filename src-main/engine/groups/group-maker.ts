/** @file Makes the summary of each group out of linked contents: members in their order, keeper, weakest link, tier. */
import type { GroupKind, PairLink, PhotoId, Tier } from '../../contract/model.ts';
import { pairTier } from '../similarity/calibration.ts';
import { leavesOf } from '../similarity/dendrogram.ts';
import { bytesToGain, type Keepers } from '../similarity/keeper.ts';
import { groupId, type GroupMember, type GroupPhoto, type GroupSummary, type Tie } from './group-summary.ts';
import { codeOf, SERIES_RELATIONS, type ScoredPairs, type SeriesKind } from './library-rows.ts';
import type { Linkage } from './linkage.ts';
import type { PairIndex } from './pair-index.ts';
import type { Ties } from './ties.ts';

export interface GroupSource {
  linkage: Linkage;
  index: PairIndex;
  ties: Ties;
  pairs: ScoredPairs;
  /** Photos of a content, ascending; none when its facts are gone meanwhile. */
  photosOf(content: number): readonly GroupPhoto[];
  keepers: Keepers;
  /** When the user chose a photo, ISO 8601. */
  choices: ReadonlyMap<PhotoId, string>;
  /** From this score on a pair may be accepted in bulk. */
  safeFrom: number;
}

/** The least sure of a group's pairs. */
interface Weakest {
  link: PairLink;
  tie: Tie;
}

/** Of a cluster of the dendrogram. @returns null for a single photo */
export function copiesGroup(source: GroupSource, cluster: number): GroupSummary | null {
  const { linkage } = source;
  const { dendrogram, links } = linkage;
  const nodes = leavesOf(dendrogram, cluster);
  const photos = photosOf(source, nodes);
  if (photos.length < 2) return null;
  const group = summary(source, 'copies', photos);
  const merge = cluster - dendrogram.leaves;
  const link = merge < 0 ? -1 : (dendrogram.weakest[merge] ?? -1);
  const weakest = link === -1 ? undefined : linkBetween(source, links.a[link] ?? 0, links.b[link] ?? 0);
  return withWeakest(group, weakest ?? weakestToKeeper(group), source.safeFrom);
}

/** @returns null where fewer than two photos are left */
export function seriesGroup(
  source: GroupSource,
  kind: SeriesKind,
  nodes: readonly number[],
): GroupSummary | null {
  const photos = photosOf(source, nodes);
  if (photos.length < 2) return null;
  const group = summary(source, kind, photos);
  return { ...group, weakest: weakestOfSeries(source, kind, nodes) ?? weakestToKeeper(group).link };
}

function photosOf(source: GroupSource, nodes: Iterable<number>): GroupPhoto[] {
  const photos: GroupPhoto[] = [];
  for (const node of nodes) {
    for (const content of source.ties.contentsOf(node)) photos.push(...source.photosOf(content));
  }
  return photos;
}

function summary(source: GroupSource, kind: GroupKind, photos: GroupPhoto[]): GroupSummary {
  const { ties, keepers, choices } = source;
  const choice = keepers.choose(photos, newestChoice(photos, choices));
  const keeper = photos.find((photo) => photo === choice.keeper) ?? photos[0];
  if (keeper === undefined) throw new RangeError('A group without photos has no keeper.');
  const members = photos.map((photo): GroupMember => ({
    photo,
    tie:
      kind === 'copies'
        ? ties.between(keeper.content, photo.content)
        : seriesTie(source, kind, keeper, photo),
  }));
  members.sort(
    (p, q) =>
      Number(q.photo === keeper) - Number(p.photo === keeper) ||
      q.tie.score - p.tie.score ||
      p.photo.id - q.photo.id,
  );
  const first = photos.reduce((low, { id }) => Math.min(low, id), Infinity);
  return {
    id: groupId(first, kind),
    kind,
    members,
    choice,
    weakest: { a: keeper.id, b: keeper.id, score: 1, probability: 1 },
    probability: 0,
    // Frames, views and pages all stay until someone picks.
    tier: 'check',
    bytesToGain: kind === 'copies' ? bytesToGain(keeper, photos) : 0,
    dated: keeper.takenAt ?? new Date(keeper.modifiedMs).toISOString(),
  };
}

/** A pair of a series that was never compared stands in it by way of others. */
function seriesTie({ ties }: GroupSource, kind: SeriesKind, keeper: GroupPhoto, photo: GroupPhoto): Tie {
  const tie = ties.between(keeper.content, photo.content);
  return tie.row === -1 && tie.probability === 0 ? { ...tie, relation: SERIES_RELATIONS[kind] } : tie;
}

function newestChoice(
  photos: readonly GroupPhoto[],
  choices: ReadonlyMap<PhotoId, string>,
): PhotoId | undefined {
  if (choices.size === 0) return undefined;
  const chosen = photos.flatMap(({ id }) => {
    const at = choices.get(id);
    return at === undefined ? [] : [{ id, at }];
  });
  return chosen.sort((p, q) => (p.at === q.at ? p.id - q.id : p.at < q.at ? 1 : -1))[0]?.id;
}

/** A group is as sure as its least sure pair: that is the weakest link, or one that ties a member to the keeper. */
function withWeakest(group: GroupSummary, { link, tie }: Weakest, safeFrom: number): GroupSummary {
  const ties = [tie, ...group.members.map((member) => member.tie)];
  const found = new Set(ties.map((each): Tier => tieTier(each, safeFrom)));
  const tier = found.has('check') ? 'check' : found.has('likely') ? 'likely' : 'safe';
  return { ...group, weakest: link, probability: link.probability, tier };
}

function tieTier({ relation, score, probability, certain }: Tie, safeFrom: number): Tier {
  return certain ? 'safe' : pairTier(relation, score, probability, safeFrom);
}

/** Where all are equal or the user says so. */
function weakestToKeeper({ members }: GroupSummary): Weakest {
  const [keeper, ...others] = members;
  const weakest = others.reduce<GroupMember | undefined>(
    (low, member) => (low === undefined || member.tie.score < low.tie.score ? member : low),
    undefined,
  );
  if (keeper === undefined || weakest === undefined) throw new RangeError('A group has two photos or more.');
  return { link: linkOf(keeper.photo, weakest.photo, weakest.tie), tie: weakest.tie };
}

function linkOf(a: GroupPhoto, b: GroupPhoto, { score, probability }: Tie): PairLink {
  return { a: a.id, b: b.id, score, probability };
}

/** The best pair across two nodes, as photos. */
function linkBetween(source: GroupSource, one: number, other: number): Weakest | undefined {
  const { ties } = source;
  let best: Weakest | undefined;
  for (const a of ties.contentsOf(one)) {
    for (const b of ties.contentsOf(other)) {
      const tie = ties.between(a, b);
      const [first, second] = [source.photosOf(a)[0], source.photosOf(b)[0]];
      if (first === undefined || second === undefined || (best !== undefined && best.tie.score >= tie.score))
        continue;
      best = { link: linkOf(first, second, tie), tie };
    }
  }
  return best;
}

/** The lowest score among the pairs that make the series. */
function weakestOfSeries(
  source: GroupSource,
  kind: SeriesKind,
  nodes: readonly number[],
): PairLink | undefined {
  const { index, pairs, ties } = source;
  const code = codeOf(SERIES_RELATIONS[kind]);
  const inside = new Set(nodes.flatMap((node) => Array.from(ties.contentsOf(node))));
  let weakest = -1;
  for (const content of inside) {
    for (const row of index.rowsOf(content)) {
      if (pairs.relation[row] !== code || !inside.has(pairs.a[row] ?? 0) || !inside.has(pairs.b[row] ?? 0))
        continue;
      if (weakest === -1 || (pairs.score[row] ?? 0) < (pairs.score[weakest] ?? 0)) weakest = row;
    }
  }
  if (weakest === -1) return undefined;
  const [a, b] = [source.photosOf(pairs.a[weakest] ?? 0)[0], source.photosOf(pairs.b[weakest] ?? 0)[0]];
  if (a === undefined || b === undefined) return undefined;
  return { a: a.id, b: b.id, score: pairs.score[weakest] ?? 0, probability: 0 };
}
