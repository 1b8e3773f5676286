/** @file Where the photos of a group stand in the drawing of their links, and which links are drawn. */
import type {
  DuplicateGroup,
  GroupLink as KnownLink,
  GroupMember,
  Verdict,
} from '../../../src-main/contract/model.ts';
import { membersInOrder } from '../../text/keeper.ts';

export const GRAPH_WIDTH = 284;
export const NODE_RADIUS = 20;
/** More would be too small to tell apart; the weakest link is always among those shown. */
const MAX_NODES = 6;
const LEFT_X = 52;
const RIGHT_X = GRAPH_WIDTH - LEFT_X;
const FIRST_Y = 26;
const ROW_HEIGHT = 70;
const BOTTOM_SPACE = 26;

export interface GraphNode {
  member: GroupMember;
  /** Place in the group: 0 is A, the keeper. */
  index: number;
  x: number;
  y: number;
  /** On the left half, so that its letter stands left of it. */
  left: boolean;
}

export interface GraphLink {
  from: GraphNode;
  to: GraphNode;
  score: number;
  weakest: boolean;
  verdict: Verdict | null;
  /** Not measured: both are crops of a third photo. */
  implied: boolean;
}

export interface LinkGraph {
  nodes: GraphNode[];
  links: GraphLink[];
  height: number;
  /** Members that are not drawn. */
  hidden: number;
}

function chosen(members: readonly GroupMember[], group: DuplicateGroup): number[] {
  const ends = [group.weakest.a, group.weakest.b].map((id) =>
    members.findIndex((member) => member.id === id),
  );
  const all = new Set([0, ...ends.filter((index) => index >= 0), ...members.keys()]);
  return [...all].slice(0, MAX_NODES).sort((a, b) => a - b);
}

/**
 * Two columns, the keeper first.
 * @param known all links of the group; without them, those of the keeper and the weakest are drawn
 */
export function linkGraph(group: DuplicateGroup, known: readonly KnownLink[] = []): LinkGraph {
  const members = membersInOrder(group);
  const nodes = chosen(members, group).flatMap((index, place): GraphNode[] => {
    const member = members[index];
    if (member === undefined) return [];
    const left = place % 2 === 0;
    return [
      { member, index, left, x: left ? LEFT_X : RIGHT_X, y: FIRST_Y + Math.floor(place / 2) * ROW_HEIGHT },
    ];
  });
  return {
    nodes,
    links: known.length > 0 ? knownLinks(nodes, group, known) : linksOf(nodes, group),
    height: FIRST_Y + (Math.ceil(nodes.length / 2) - 1) * ROW_HEIGHT + BOTTOM_SPACE,
    hidden: members.length - nodes.length,
  };
}

const plain = { verdict: null, implied: false } as const;

/** The weakest last, so that it lies above the others. */
function knownLinks(
  nodes: readonly GraphNode[],
  { weakest }: DuplicateGroup,
  known: readonly KnownLink[],
): GraphLink[] {
  const nodeOf = new Map(nodes.map((node) => [node.member.id, node]));
  const ends = [weakest.a, weakest.b];
  const links = known.flatMap(({ a, b, score, verdict, by }): GraphLink[] => {
    const [one, other] = [nodeOf.get(a), nodeOf.get(b)];
    if (one === undefined || other === undefined) return [];
    const [from, to] = one.index < other.index ? [one, other] : [other, one];
    const isWeakest = ends.includes(a) && ends.includes(b);
    return [{ from, to, score, weakest: isWeakest, verdict, implied: by !== null }];
  });
  return links.sort((p, q) => Number(p.weakest) - Number(q.weakest));
}

function linksOf(nodes: readonly GraphNode[], group: DuplicateGroup): GraphLink[] {
  const { a, b, score } = group.weakest;
  const [keeper, ...copies] = nodes;
  if (keeper === undefined) return [];
  const isWeakest = (one: GraphNode, other: GraphNode): boolean =>
    (one.member.id === a && other.member.id === b) || (one.member.id === b && other.member.id === a);
  const links = copies
    .filter((copy) => !isWeakest(keeper, copy))
    .map((copy) => ({ from: keeper, to: copy, score: copy.member.score, weakest: false, ...plain }));
  const from = nodes.find((node) => node.member.id === a);
  const to = nodes.find((node) => node.member.id === b);
  return from === undefined || to === undefined
    ? links
    : [...links, { from, to, score, weakest: true, ...plain }];
}
