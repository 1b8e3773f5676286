/** @file Which photo of a group stays. */
import type { FolderId } from './library.ts';

/**
 * What can decide which photo stays: in a reference folder; order of the folders; what the
 * others were made of; real detail (enlarged copies lose);
 * number of pixels; least compressed; format; most facts (place, lens, caption, rating); earliest or newest date; a name
 * without "copy" and the like.
 */
export const keeperRuleNames = [
  'reference',
  'folder',
  'original',
  'detail',
  'pixels',
  'compression',
  'format',
  'facts',
  'earliest',
  'newest',
  'name',
] as const;
export type KeeperRuleName = (typeof keeperRuleNames)[number];

export interface KeeperRules {
  /** The first rule that tells two photos apart decides; those left out decide nothing. */
  order: KeeperRuleName[];
  /** All folders of the library, best first. */
  folders: FolderId[];
  /** `own`: saved by the user, can be deleted. */
  presets: { name: string; order: KeeperRuleName[]; own: boolean }[];
  /** Groups of copies at the threshold in use, and how many of them each rule of the order decides. */
  groups: number;
  decides: { rule: KeeperRuleName; groups: number }[];
  /** Groups in which the user chose. */
  chosen: number;
}
