/** @file A group in sentences: names of its row, its members and its weakest link. */
import type { DuplicateGroup, Folder, GroupMember, PhotoId } from '../../src-main/contract/model.ts';
import { bytes, counted, megapixels, percent, score } from './numbers.ts';
import { placeOf } from './places.ts';
import { letterOf, relationWords, riskOf } from './relations.ts';

/**
 * Members with the keeper first, the rest as the engine orders them: index 0 is "A". Frames of a series, of which none is
 * a copy, stand as they were taken.
 */
export function membersInOrder(group: DuplicateGroup): GroupMember[] {
  if (group.kind !== 'copies') return group.members.toSorted(byTime);
  const keeper = group.members.filter((member) => member.id === group.keeper);
  return [...keeper, ...group.members.filter((member) => member.id !== group.keeper)];
}

function byTime(a: GroupMember, b: GroupMember): number {
  const [one, other] = [`${a.takenAt ?? '9'} ${a.path}`, `${b.takenAt ?? '9'} ${b.path}`];
  return one < other ? -1 : one > other ? 1 : 0;
}

export function letterOfPhoto(members: readonly GroupMember[], id: PhotoId): string {
  const index = members.findIndex((member) => member.id === id);
  return index === -1 ? '?' : letterOf(index);
}

export function copiesLine(group: DuplicateGroup): string {
  return counted(group.members.length - 1, 'copy', 'copies');
}

/** The line under the date: "Same bytes", or the link that is least sure. */
export function weakestLine(group: DuplicateGroup): { text: string; letters: string; score: string } {
  const members = membersInOrder(group);
  if (members.every((member) => member.relation === 'exact')) {
    return { text: 'Same bytes', letters: '', score: '' };
  }
  const { a, b } = group.weakest;
  const letters = [letterOfPhoto(members, a), letterOfPhoto(members, b)].sort();
  return { text: 'Weakest', letters: letters.join('–'), score: score(group.weakest.score) };
}

/** How a screen reader names a row. */
export function rowLabel(group: DuplicateGroup, index: number): string {
  const risk = riskOf(group);
  return `Group ${index + 1}: ${risk.word}, ${percent(group.probability)}, ${copiesLine(group)}, ${bytes(group.bytesToGain)} to gain`;
}

/** How a screen reader names a photo in a group. */
export function memberLabel(
  member: GroupMember,
  index: number,
  isKeeper: boolean,
  folders: readonly Folder[],
): string {
  const role = isKeeper
    ? 'stays'
    : `${relationWords[member.relation].label}, ${percent(member.probability)} likely`;
  const facts = `${megapixels(member.width, member.height)}, ${bytes(member.bytes)}`;
  return `Photo ${letterOf(index)}: ${role}, ${facts}, ${placeOf(member, folders)}`;
}
