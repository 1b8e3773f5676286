/** @file Where the photos of a group stand in the drawing of their links, and which links are drawn. */
import type { DuplicateGroup, GroupMember } from '../../../src-main/contract/model.ts';
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

/** Two columns, the keeper first; the keeper's links have their scores, of the others only the weakest is known. */
export function linkGraph(group: DuplicateGroup): LinkGraph {
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
    links: linksOf(nodes, group),
    height: FIRST_Y + (Math.ceil(nodes.length / 2) - 1) * ROW_HEIGHT + BOTTOM_SPACE,
    hidden: members.length - nodes.length,
  };
}

function linksOf(nodes: readonly GraphNode[], group: DuplicateGroup): GraphLink[] {
  const { a, b, score } = group.weakest;
  const [keeper, ...copies] = nodes;
  if (keeper === undefined) return [];
  const isWeakest = (one: GraphNode, other: GraphNode): boolean =>
    (one.member.id === a && other.member.id === b) || (one.member.id === b && other.member.id === a);
  const links = copies
    .filter((copy) => !isWeakest(keeper, copy))
    .map((copy) => ({ from: keeper, to: copy, score: copy.member.score, weakest: false }));
  const from = nodes.find((node) => node.member.id === a);
  const to = nodes.find((node) => node.member.id === b);
  return from === undefined || to === undefined ? links : [...links, { from, to, score, weakest: true }];
}
