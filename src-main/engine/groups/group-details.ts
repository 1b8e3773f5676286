/** @file Groups as the contract shows them: photos, sentences, and the links between members. */
import type {
  DuplicateGroup,
  GroupDetail,
  GroupLink,
  GroupMember,
  Photo,
  PhotoId,
} from '../../contract/model.ts';
import type { Speaker } from '../similarity/keeper-rules.ts';
import { sayPair } from '../similarity/sentence.ts';
import { swapMeasures } from '../similarity/swap-measures.ts';
import type { ContentId, PairRow, Store } from '../store/store.ts';
import type { GroupIndex } from './group-index.ts';
import type { GroupPhoto, GroupSummary, Tie } from './group-summary.ts';
import { pairName } from './pair-name.ts';

export interface DetailSource {
  store: Store;
  model: string;
  index: GroupIndex;
}

/** Pairs of a group that are described though nobody asked for them; the graph of a larger one could not be read. */
const MOST_LINKS = 2_000;

/** A member that is gone since the groups were made is left out; a group that loses its keeper or all copies, too. */
export function describeGroups(source: DetailSource, groups: readonly GroupSummary[]): DuplicateGroup[] {
  const { store } = source;
  const ids = groups.flatMap(({ members }) => members.map(({ photo }) => photo.id));
  const photos = new Map(store.photos.byIds(ids).map((photo) => [photo.id, photo]));
  const folders = new Map(store.folders.list().map(({ id, name }) => [id, name]));
  return groups.flatMap((group) => describe(source, group, photos, folders) ?? []);
}

/** @returns undefined when the group is gone meanwhile */
export function describeGroup(source: DetailSource, group: GroupSummary): GroupDetail | undefined {
  const [described] = describeGroups(source, [group]);
  return described && { ...described, links: linksOf(source, group) };
}

function describe(
  source: DetailSource,
  group: GroupSummary,
  photos: ReadonlyMap<PhotoId, Photo>,
  folders: ReadonlyMap<number, string>,
): DuplicateGroup | undefined {
  const { choice, kind, id, tier, probability, bytesToGain, weakest } = group;
  const candidates = group.members.map(({ photo }) => photo);
  const [keeper] = candidates;
  if (keeper === undefined || !photos.has(keeper.id)) return undefined;
  const sayer = new PairSayer(source, candidates);
  const members = group.members.flatMap(({ photo, tie }): GroupMember[] => {
    const shown = photos.get(photo.id);
    return shown === undefined ? [] : [{ ...shown, ...sayer.member(keeper, photo, tie) }];
  });
  if (members.length < 2) return undefined;
  const letters = new Map(candidates.map((photo, place) => [photo.id, letterOf(place)]));
  const say: Speaker = {
    letter: (photo) => letters.get(photo.id) ?? 'another',
    folder: (folder) => folders.get(folder) ?? 'another folder',
  };
  return {
    id,
    kind,
    keeper: keeper.id,
    keeperChosen: choice.chosen,
    keeperReasons: source.index.keepers().reasons(choice, candidates, say),
    tier,
    probability,
    bytesToGain,
    weakest,
    members,
  };
}

/** A, B, … Z, AA, AB, … */
function letterOf(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : letterOf(Math.floor(place / 26) - 1) + letter;
}

/** What is asked about is there in any group: the weakest link, and what was answered. */
function linksOf(source: DetailSource, { members, kind, weakest }: GroupSummary): GroupLink[] {
  const photos = members.map(({ photo }) => photo);
  const sayer = new PairSayer(source, photos);
  const verdicts = new Map(source.index.verdicts.map(({ a, b, verdict }) => [pairName(a, b), verdict]));
  const links: GroupLink[] = [];
  let described = 0;
  for (const [i, a] of photos.entries()) {
    for (const b of photos.slice(i + 1)) {
      const verdict = verdicts.get(pairName(a.content, b.content)) ?? null;
      const isWeakest = pairName(a.id, b.id) === pairName(weakest.a, weakest.b);
      if (described >= MOST_LINKS && verdict === null && !isWeakest) continue;
      const tie = source.index.tie(a, b);
      const known = tie.certain || tie.row !== -1 || tie.by !== -1;
      if (!known && kind !== 'copies') continue;
      described += 1;
      const by = photos.find(({ content }) => content === tie.by);
      links.push({
        a: a.id,
        b: b.id,
        score: tie.score,
        probability: tie.probability,
        relation: tie.relation,
        sentence: sayer.sentence(a, b, tie),
        verdict,
        by: by?.id ?? null,
      });
    }
  }
  return links;
}

/** Sentences from the stored pairs of a group's contents, read at once. */
class PairSayer {
  readonly #source: DetailSource;
  readonly #rows: Map<string, PairRow>;

  constructor(source: DetailSource, photos: readonly GroupPhoto[]) {
    this.#source = source;
    const ids = [...new Set(photos.map((photo) => this.#idOf(photo)))];
    const rows = ids.length < 2 ? [] : source.store.pairs.ofContents(source.model, ids);
    this.#rows = new Map(rows.map((row) => [pairName(row.a, row.b), row]));
  }

  member(keeper: GroupPhoto, photo: GroupPhoto, tie: Tie): Omit<GroupMember, keyof Photo> {
    const { relation, score, probability } = tie;
    const row = this.#rowOf(keeper, photo);
    return {
      relation,
      score,
      probability,
      reasons: row?.relation === relation ? row.reasons : [],
      edits: row?.measures?.edits ?? [],
      sentence: photo === keeper ? 'The photo that stays' : this.sentence(keeper, photo, tie),
    };
  }

  /** In what B differs from A. */
  sentence(a: GroupPhoto, b: GroupPhoto, tie: Tie): string {
    if (tie.by !== -1) return 'Another part of the same photo';
    const row = this.#rowOf(a, b);
    if (tie.certain && row === undefined && tie.relation === 'similar') return 'The same photo, you said';
    const reasons = row?.relation === tie.relation ? row.reasons : [];
    const measures = row?.measures ?? null;
    const seen =
      measures !== null && row !== undefined && row.a !== this.#idOf(a) ? swapMeasures(measures) : measures;
    return sayPair(a, b, { relation: tie.relation, reasons }, seen);
  }

  #rowOf(a: GroupPhoto, b: GroupPhoto): PairRow | undefined {
    return this.#rows.get(pairName(this.#idOf(a), this.#idOf(b)));
  }

  #idOf({ content }: GroupPhoto): ContentId {
    return this.#source.index.rows.contents[content] ?? 0;
  }
}
