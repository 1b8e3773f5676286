/**
 * @file Which contents are one, which of them are linked, and what groups that makes at every threshold; with the
 * user's verdicts as constraints.
 */
import type { Verdict } from '../../contract/model.ts';
import { Classes } from '../similarity/classes.ts';
import { buildDendrogram, type Dendrogram, type LeafLinks } from '../similarity/dendrogram.ts';
import type { ImpliedLink } from './implied-links.ts';
import { codeOf, isSeriesCode, SERIES_RELATIONS, type ScoredPairs, type SeriesKind } from './library-rows.ts';

/** Of contents, by their numbers in the rows. */
export interface VerdictLink {
  a: number;
  b: number;
  verdict: Verdict;
  at: string;
}

/** Nodes are classes of contents: equal pixels, or the same photo because the user says so. */
export interface Linkage {
  nodes: number;
  nodeOf: Int32Array;
  /** The first content that has the same pixels as this one. */
  pixelClassOf: Int32Array;
  /** Contents of node n: contents[start[n]] to contents[start[n + 1] - 1]. */
  contents: Int32Array;
  start: Int32Array;
  links: LeafLinks;
  dendrogram: Dendrogram;
  /** Nodes of each group that is no group of copies, ascending. */
  series: Record<SeriesKind, number[][]>;
  /** Answers "same" that another answer contradicts. */
  contradicted: VerdictLink[];
}

export interface LinkageInput {
  contents: number;
  pairs: ScoredPairs;
  implied: readonly ImpliedLink[];
  verdicts: readonly VerdictLink[];
}

const SAME_PIXELS = codeOf('same-pixels');

export function linkContents(input: LinkageInput): Linkage {
  const { contents, pairs } = input;
  const { classes, pixelClassOf, contradicted } = joinContents(input);
  const { nodeOf, nodes } = numberNodes(classes, contents);
  const isApart = (a: number, b: number): boolean => classes.areApart(a, b);
  const links = nodeLinks(input, nodeOf, nodes, isApart);
  const seriesOf = (kind: SeriesKind): number[][] => series(kind, pairs, nodeOf, nodes, isApart);
  return {
    nodes,
    nodeOf,
    pixelClassOf,
    ...contentsOfNodes(nodeOf, nodes),
    links,
    dendrogram: buildDendrogram(nodes, links),
    series: { burst: seriesOf('burst'), scene: seriesOf('scene'), layout: seriesOf('layout') },
    contradicted,
  };
}

/** "different" first, for it always holds; then what was proved, then what the user calls the same, the newest first. */
function joinContents({ contents, pairs, verdicts }: LinkageInput): {
  classes: Classes;
  pixelClassOf: Int32Array;
  contradicted: VerdictLink[];
} {
  const classes = new Classes(contents);
  for (const { a, b, verdict } of verdicts) if (verdict === 'different') classes.keepApart(a, b);
  for (let row = 0; row < pairs.count; row++) {
    if (pairs.relation[row] === SAME_PIXELS) classes.join(pairs.a[row] ?? 0, pairs.b[row] ?? 0);
  }
  const pixelClassOf = Int32Array.from({ length: contents }, (_, content) => classes.rootOf(content));
  const same = verdicts.filter(({ verdict }) => verdict === 'same').sort(newestFirst);
  return { classes, pixelClassOf, contradicted: same.filter(({ a, b }) => !classes.join(a, b)) };
}

/** Those of one moment by their contents. */
export function newestFirst(p: VerdictLink, q: VerdictLink): number {
  return p.at === q.at ? p.a - q.a || p.b - q.b : p.at < q.at ? 1 : -1;
}

function numberNodes(classes: Classes, contents: number): { nodeOf: Int32Array; nodes: number } {
  const nodeOf = new Int32Array(contents);
  let nodes = 0;
  for (let content = 0; content < contents; content++) {
    const root = classes.rootOf(content); // the lowest of its class, so it has its number already
    nodeOf[content] = root === content ? nodes++ : (nodeOf[root] ?? 0);
  }
  return { nodeOf, nodes };
}

function contentsOfNodes(nodeOf: Int32Array, nodes: number): Pick<Linkage, 'contents' | 'start'> {
  const start = new Int32Array(nodes + 1);
  for (const node of nodeOf) start[node + 1] = (start[node + 1] ?? 0) + 1;
  for (let node = 0; node < nodes; node++) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  const free = start.slice();
  const contents = new Int32Array(nodeOf.length);
  for (const [content, node] of nodeOf.entries()) {
    const at = free[node] ?? 0;
    contents[at] = content;
    free[node] = at + 1;
  }
  return { contents, start };
}

/** Of two nodes the best pair counts: their contents are one. */
function nodeLinks(
  { contents, pairs, implied }: LinkageInput,
  nodeOf: Int32Array,
  nodes: number,
  isApart: (a: number, b: number) => boolean,
): LeafLinks {
  const room = pairs.count + implied.length;
  const links: LeafLinks = {
    a: new Int32Array(room),
    b: new Int32Array(room),
    score: new Float64Array(room),
    by: new Int32Array(room).fill(-1),
  };
  let count = 0;
  // Where every content is a node of its own, no pair of nodes comes twice.
  const single = nodes === contents && implied.length === 0;
  const places = single ? undefined : new Map<number, number>();
  const vetoes = single ? undefined : seriesPairs(pairs, nodeOf, nodes);
  const add = (contentA: number, contentB: number, score: number, by: number): void => {
    const [a, b] = [nodeOf[contentA] ?? 0, nodeOf[contentB] ?? 0];
    if (a === b || isApart(contentA, contentB)) return;
    const key = pairKey(a, b, nodes);
    if (vetoes?.has(key) === true) return;
    const known = places?.get(key);
    if (known !== undefined && (links.score[known] ?? 0) >= score) return;
    const at = known ?? count++;
    if (known === undefined) places?.set(key, at);
    links.a[at] = a;
    links.b[at] = b;
    links.score[at] = score;
    links.by[at] = by;
  };
  for (let row = 0; row < pairs.count; row++) {
    // What only looks alike counts too: with a low threshold the user wants that.
    if (isSeriesCode(pairs.relation[row] ?? 0)) continue;
    add(pairs.a[row] ?? 0, pairs.b[row] ?? 0, pairs.score[row] ?? 0, -1);
  }
  for (const { a, b, by, score } of implied) add(a, b, score, nodeOf[by] ?? 0);
  return {
    a: links.a.subarray(0, count),
    b: links.b.subarray(0, count),
    score: links.score.subarray(0, count),
    by: links.by.subarray(0, count),
  };
}

function pairKey(a: number, b: number, nodes: number): number {
  return a < b ? a * nodes + b : b * nodes + a;
}

/** Nodes of which two contents are known to be two photos: no copy of one of them ties the two together. */
function seriesPairs({ count, a, b, relation }: ScoredPairs, nodeOf: Int32Array, nodes: number): Set<number> {
  const keys = new Set<number>();
  for (let row = 0; row < count; row++) {
    if (!isSeriesCode(relation[row] ?? 0)) continue;
    keys.add(pairKey(nodeOf[a[row] ?? 0] ?? 0, nodeOf[b[row] ?? 0] ?? 0, nodes));
  }
  return keys;
}

/**
 * Frames of a burst, views of a scene, pages of a layout: whatever is linked, also by way of others. A burst is a chain
 * by nature, and nothing is ever removed because of it.
 */
function series(
  kind: SeriesKind,
  { count, a, b, relation }: ScoredPairs,
  nodeOf: Int32Array,
  nodes: number,
  isApart: (a: number, b: number) => boolean,
): number[][] {
  const code = codeOf(SERIES_RELATIONS[kind]);
  const classes = new Classes(nodes);
  const linked = new Set<number>();
  for (let row = 0; row < count; row++) {
    if (relation[row] !== code) continue;
    const [one, other] = [a[row] ?? 0, b[row] ?? 0];
    const ends = [nodeOf[one] ?? 0, nodeOf[other] ?? 0] as const;
    if (ends[0] === ends[1] || isApart(one, other)) continue;
    classes.join(...ends);
    for (const node of ends) linked.add(node);
  }
  const groups = new Map<number, number[]>();
  for (const node of [...linked].sort((p, q) => p - q)) {
    const root = classes.rootOf(node);
    const known = groups.get(root);
    if (known === undefined) groups.set(root, [node]);
    else known.push(node);
  }
  return [...groups.values()];
}
