/** @file A group as the list sorts and filters it: members, keeper, gain, weakest link. Made once a cluster. */
import {
  groupKinds,
  type GroupId,
  type GroupKind,
  type PairLink,
  type PhotoId,
  type Relation,
  type Tier,
} from '../../contract/model.ts';
import type { KeeperCandidate } from '../similarity/keeper-rules.ts';
import type { KeeperChoice } from '../similarity/keeper.ts';

/** A photo that may stand in a group. */
export interface GroupPhoto extends KeeperCandidate {
  /** Number of its content in the rows. */
  content: number;
}

/** Two contents of one group. */
export interface Tie {
  relation: Relation;
  score: number;
  probability: number;
  /** Proved, or said by the user. */
  certain: boolean;
  /** Row of the pairs that says so, or -1. */
  row: number;
  /** Content of which both are crops, or -1. */
  by: number;
}

export interface GroupMember {
  photo: GroupPhoto;
  /** To the keeper. */
  tie: Tie;
}

export interface GroupSummary {
  id: GroupId;
  kind: GroupKind;
  /** The keeper first, then by falling score. */
  members: GroupMember[];
  choice: KeeperChoice;
  weakest: PairLink;
  probability: number;
  tier: Tier;
  bytesToGain: number;
  /** When the keeper was taken, or else changed; ISO 8601, sorts as text. */
  dated: string;
}

/** Of the group's first photo and its kind. */
export function groupId(first: PhotoId, kind: GroupKind): GroupId {
  return first * groupKinds.length + groupKinds.indexOf(kind);
}

export function readGroupId(id: GroupId): { first: PhotoId; kind: GroupKind } {
  return { first: Math.floor(id / groupKinds.length), kind: groupKinds[id % groupKinds.length] ?? 'copies' };
}
