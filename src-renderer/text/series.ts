/** @file Groups that are no copies in words: bursts, scenes, pages of one layout. */
import type { DuplicateGroup, Folder, GroupKind, GroupMember } from '../../src-main/contract/model.ts';
import { takenAt } from './dates.ts';
import { membersInOrder } from './keeper.ts';
import { bytes, count, counted, duration, megapixels, oneOrMany } from './numbers.ts';
import { fileName, placeOf } from './places.ts';
import { letterOf } from './relations.ts';

export type SeriesKind = Exclude<GroupKind, 'copies'>;

interface SeriesWords {
  /** The sets, one and many. */
  set: readonly [string, string];
  /** What stands in a set, one and many. */
  frame: readonly [string, string];
  /** Ends the sum of the list. */
  moral: string;
  /** Beside the kinds, in place of the pills. */
  hint: string;
  /** In the inspector. */
  promise: readonly [string, string];
}

export const seriesWords: Record<SeriesKind, SeriesWords> = {
  burst: {
    set: ['burst', 'bursts'],
    frame: ['frame', 'frames'],
    moral: 'None is a copy',
    hint: 'Green frames stay. Here all do.',
    promise: [
      'All frames stay.',
      'Frames are no copies: a series is never accepted in bulk, and which one is best is yours to say.',
    ],
  },
  scene: {
    set: ['scene', 'scenes'],
    frame: ['photo', 'photos'],
    moral: 'None is a copy',
    hint: 'One place, several moments or viewpoints. All stay.',
    promise: [
      'All photos stay.',
      'Photos of one scene are no copies: they show another moment or another viewpoint.',
    ],
  },
  layout: {
    set: ['set with the same layout', 'sets with the same layout'],
    frame: ['page', 'pages'],
    moral: 'Their content differs',
    hint: 'Always kept. At the right, boxes show where a page differs from the first one.',
    promise: [
      'Always kept.',
      'No rule and no bulk act can remove a page. Each one goes only by your own hand.',
    ],
  },
};

/** How a photo is called inside its group: copies by letter, frames by number. */
export function nameInGroup(kind: GroupKind, index: number): string {
  return kind === 'copies' ? letterOf(index) : count(index + 1);
}

/** A series has no invented name: it is called by its first photo. */
export function seriesTitle(group: DuplicateGroup): string {
  const [first] = membersInOrder(group);
  return first === undefined ? '' : `Like ${fileName(first.path)}`;
}

/** Seconds between the first and the last frame, or null where a time is not known. */
function spanOf(members: readonly GroupMember[]): number | null {
  const times = members.map(({ takenAt: at }) => (at === null ? Number.NaN : Date.parse(at)));
  const span = (Math.max(...times) - Math.min(...times)) / 1000;
  return Number.isNaN(span) ? null : span;
}

/** "6 frames in 1.9 s, 20 Jun 2021, 14:02"; pages say where they lie. */
export function seriesFacts(group: DuplicateGroup, folders: readonly Folder[]): string {
  const { kind } = group;
  if (kind === 'copies') return '';
  const members = membersInOrder(group);
  const [first] = members;
  const frames = counted(members.length, ...seriesWords[kind].frame);
  if (first === undefined) return frames;
  if (kind === 'layout') return `${frames}, ${placeOf(first, folders)}`;
  const span = kind === 'burst' ? spanOf(members) : null;
  const within =
    span === null ? frames : span === 0 ? `${frames} in one second` : `${frames} in ${duration(span)}`;
  return first.takenAt === null
    ? `${within}, ${placeOf(first, folders)}`
    : `${within}, ${takenAt(first.takenAt)}`;
}

/** What becomes of the set: "All 6 frames stay", "Always kept". */
export function seriesPromise(group: DuplicateGroup): string {
  const { kind, members } = group;
  if (kind === 'copies') return '';
  if (kind === 'layout') return 'Always kept';
  const frames = oneOrMany(members.length, ...seriesWords[kind].frame);
  return members.length === 2 ? `Both ${frames} stay` : `All ${count(members.length)} ${frames} stay`;
}

/** How a screen reader names a row of frames. */
export function seriesRowLabel(group: DuplicateGroup, index: number, folders: readonly Folder[]): string {
  return `Set ${count(index + 1)}: ${seriesTitle(group)}, ${seriesFacts(group, folders)}, ${seriesPromise(group)}`;
}

/** "Frame 3": by its place in the set. */
export function frameName(kind: SeriesKind, index: number): string {
  const [word] = seriesWords[kind].frame;
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${index + 1}`;
}

/** How a screen reader names a frame. */
export function frameLabel(
  kind: SeriesKind,
  member: GroupMember,
  index: number,
  folders: readonly Folder[],
): string {
  const facts = `${megapixels(member.width, member.height)}, ${bytes(member.bytes)}`;
  return `${frameName(kind, index)}: stays, ${fileName(member.path)}, ${takenAt(member.takenAt)}, ${facts}, ${placeOf(member, folders)}`;
}

/** To who wants to choose among them. */
export const ALL_STAY = 'All of these stay: they are no copies.';
