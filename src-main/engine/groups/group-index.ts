/** @file All groups of the library at any threshold, in memory. Nothing of it is stored: it follows from stored scores. */
import { groupKinds, type GroupId, type PhotoId } from '../../contract/model.ts';
import type { ModelInfo } from '../context.ts';
import { clusterOf, clustersAfter, mergesAt } from '../similarity/dendrogram.ts';
import type { Keepers } from '../similarity/keeper.ts';
import { factNamesOf } from './fact-names.ts';
import { copiesGroup, seriesGroup, type GroupSource } from './group-maker.ts';
import { readGroupId, type GroupPhoto, type GroupSummary, type Tie } from './group-summary.ts';
import type { GroupRows } from './group-rows.ts';
import { linkContents, type Linkage, type VerdictLink } from './linkage.ts';
import { Derivations } from './derivations.ts';
import { Surroundings } from './surroundings.ts';
import { Ties } from './ties.ts';
import type { FactName } from '../similarity/keeper-rules.ts';

/** What the user decided; each may change without a new look at the database. */
export interface Decisions {
  verdicts: readonly VerdictLink[];
  keepers: Keepers;
  /** When the user chose a photo to stay, ISO 8601. */
  choices: ReadonlyMap<PhotoId, string>;
}

interface Linked {
  linkage: Linkage;
  ties: Ties;
  source: GroupSource;
  /** By cluster; null: no group. */
  copies: Map<number, GroupSummary | null>;
  series: GroupSummary[] | undefined;
}

const SERIES_KINDS = groupKinds.filter((kind) => kind !== 'copies');

export class GroupIndex {
  readonly rows: GroupRows;
  readonly #model: Pick<ModelInfo, 'calibration' | 'safeFrom'>;
  readonly #photos = new Map<number, GroupPhoto[]>();
  readonly #facts = new Map<number, readonly FactName[]>();
  readonly #surroundings: Surroundings;
  readonly #derivations: Derivations;
  #contentOf: Map<PhotoId, number> | undefined;
  #decisions: Decisions;
  #linked: Linked;
  /** The last list, which is asked for page by page. */
  #last: { threshold: number; groups: readonly GroupSummary[] } | undefined;

  constructor(rows: GroupRows, model: Pick<ModelInfo, 'calibration' | 'safeFrom'>, decisions: Decisions) {
    this.rows = rows;
    this.#surroundings = new Surroundings(rows);
    this.#derivations = new Derivations(rows);
    this.#model = model;
    this.#decisions = decisions;
    this.#linked = this.#link(decisions);
  }

  /** Answers "same" that can't be honoured. */
  get contradicted(): readonly VerdictLink[] {
    return this.#linked.linkage.contradicted;
  }

  get verdicts(): readonly VerdictLink[] {
    return this.#decisions.verdicts;
  }

  decideVerdicts(verdicts: readonly VerdictLink[]): void {
    this.#decisions = { ...this.#decisions, verdicts };
    this.#last = undefined;
    this.#linked = this.#link(this.#decisions);
  }

  decideKeepers({ keepers, choices }: Pick<Decisions, 'keepers' | 'choices'>): void {
    this.#decisions = { ...this.#decisions, keepers, choices };
    this.#last = undefined;
    const { linkage, ties } = this.#linked;
    this.#linked = this.#withGroups(linkage, ties, this.#decisions);
  }

  /** All groups of all kinds, in no order; those that are no copies are the same at every threshold. */
  at(threshold: number): readonly GroupSummary[] {
    if (this.#last?.threshold === threshold) return this.#last.groups;
    const { dendrogram } = this.#linked.linkage;
    const groups: GroupSummary[] = [];
    for (const cluster of clustersAfter(dendrogram, mergesAt(dendrogram, threshold))) {
      const group = this.#copies(cluster);
      if (group !== null) groups.push(group);
    }
    groups.push(...this.#series());
    this.#last = { threshold, groups };
    return groups;
  }

  /** @returns undefined when there is no such group at this threshold */
  find(id: GroupId, threshold: number): GroupSummary | undefined {
    const { first, kind } = readGroupId(id);
    if (kind !== 'copies') return this.#series().find((group) => group.id === id);
    const group = this.copiesOf(first, threshold);
    return group?.id === id ? group : undefined;
  }

  /** The group of copies that a photo is in. */
  copiesOf(photo: PhotoId, threshold: number): GroupSummary | undefined {
    const content = this.contentOf(photo);
    if (content === undefined) return undefined;
    const { dendrogram, nodeOf } = this.#linked.linkage;
    const cluster = clusterOf(dendrogram, nodeOf[content] ?? 0, mergesAt(dendrogram, threshold));
    return this.#copies(cluster) ?? undefined;
  }

  /** Number of a photo's content in the rows. */
  contentOf(photo: PhotoId): number | undefined {
    this.#contentOf ??= new Map(
      this.rows.photos.flatMap((photos, content) => photos.map(({ id }) => [id, content] as const)),
    );
    return this.#contentOf.get(photo);
  }

  tie(a: GroupPhoto, b: GroupPhoto): Tie {
    return this.#linked.ties.between(a.content, b.content);
  }

  /** Whether a content holds another with something added around it; by their numbers. */
  holds(content: number, other: number): boolean {
    return this.#surroundings.holds(content, other);
  }

  keepers(): Keepers {
    return this.#decisions.keepers;
  }

  photosOf(content: number): readonly GroupPhoto[] {
    const known = this.#photos.get(content);
    if (known !== undefined) return known;
    const facts = this.rows.facts[content];
    const made =
      facts === undefined
        ? []
        : (this.rows.photos[content] ?? []).map((photo): GroupPhoto => ({
            ...photo,
            ...facts,
            content,
            detail: this.rows.details.get(content) ?? null,
            facts: () => this.#factsOf(content),
            madeFrom: ({ id }) => this.#derivations.madeFrom(content, this.contentOf(id)),
          }));
    this.#photos.set(content, made);
    return made;
  }

  #copies(cluster: number): GroupSummary | null {
    const { linkage, source, copies } = this.#linked;
    if (cluster < linkage.nodes && this.#isSingle(cluster)) return null;
    let group = copies.get(cluster);
    if (group === undefined) copies.set(cluster, (group = copiesGroup(source, cluster)));
    return group;
  }

  #isSingle(node: number): boolean {
    const { start, contents } = this.#linked.linkage;
    const [from, to] = [start[node] ?? 0, start[node + 1] ?? 0];
    return to - from === 1 && (this.rows.photos[contents[from] ?? 0]?.length ?? 0) < 2;
  }

  #series(): GroupSummary[] {
    const { linkage, source } = this.#linked;
    return (this.#linked.series ??= SERIES_KINDS.flatMap((kind) =>
      linkage.series[kind].flatMap((nodes) => seriesGroup(source, kind, nodes) ?? []),
    ));
  }

  #factsOf(content: number): readonly FactName[] {
    const known = this.#facts.get(content);
    if (known !== undefined) return known;
    const facts = this.rows.facts[content];
    const names = facts === undefined ? [] : factNamesOf(facts, this.rows.readFacts(content));
    this.#facts.set(content, names);
    return names;
  }

  #link(decisions: Decisions): Linked {
    const { contents, pairs, implied, index } = this.rows;
    const linkage = linkContents({ contents: contents.length, pairs, implied, verdicts: decisions.verdicts });
    const ties = new Ties({
      contents: contents.length,
      pairs,
      index,
      implied,
      linkage,
      calibration: this.#model.calibration,
    });
    return this.#withGroups(linkage, ties, decisions);
  }

  #withGroups(linkage: Linkage, ties: Ties, { keepers, choices }: Decisions): Linked {
    const { index, pairs } = this.rows;
    const source: GroupSource = {
      linkage,
      index,
      ties,
      pairs,
      photosOf: (content) => this.photosOf(content),
      keepers,
      choices,
      safeFrom: this.#model.safeFrom,
    };
    return { linkage, ties, source, copies: new Map(), series: undefined };
  }
}
