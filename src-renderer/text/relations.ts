/** @file Relations, kinds and chances in words. */
import {
  relations,
  type DuplicateGroup,
  type GroupKind,
  type Relation,
} from '../../src-main/contract/model.ts';
import type { IconName } from '../components/icons.ts';

interface Words {
  label: string;
  icon: IconName;
}

export const relationWords: Record<Relation, Words> = {
  exact: { label: 'Same file', icon: 'same' },
  'same-pixels': { label: 'Same pixels', icon: 'pixels' },
  're-encoded': { label: 'Re-encoded', icon: 'reencoded' },
  resized: { label: 'Resized', icon: 'resized' },
  cropped: { label: 'Cropped', icon: 'cropped' },
  rotated: { label: 'Turned', icon: 'turned' },
  mirrored: { label: 'Mirrored', icon: 'mirrored' },
  edited: { label: 'Edited', icon: 'edited' },
  burst: { label: 'Burst', icon: 'burst' },
  'same-scene': { label: 'Same scene', icon: 'image' },
  'same-layout': { label: 'Same layout', icon: 'layout' },
  similar: { label: 'Alike', icon: 'image' },
};

/** A relation inside a sentence. The contract names it as text; a name that is not known is shown as it is. */
export function relationWord(name: string): string {
  const known = relations.find((relation) => relation === name);
  return known === undefined ? name : relationWords[known].label.toLowerCase();
}

export const kindLabels: Record<GroupKind, string> = {
  copies: 'Copies',
  burst: 'Bursts',
  scene: 'Scenes',
  layout: 'Same layout',
};

/** Dot, ring and diamond: no chance is told by colour alone. */
export type RiskShape = 'certain' | 'likely' | 'check';

export interface Risk {
  word: string;
  shape: RiskShape;
}

export const CERTAIN_FROM = 0.999;
export const VERY_LIKELY_FROM = 0.99;
export const LIKELY_FROM = 0.95;

/** How sure a group is: a word and a shape. A group that wants a look is "Check", however likely it is. */
export function riskOf(group: Pick<DuplicateGroup, 'tier' | 'probability'>): Risk {
  if (group.tier === 'check' || group.probability < LIKELY_FROM) return { word: 'Check', shape: 'check' };
  if (group.probability >= CERTAIN_FROM) return { word: 'Certain', shape: 'certain' };
  if (group.probability >= VERY_LIKELY_FROM) return { word: 'Very likely', shape: 'likely' };
  return { word: 'Likely', shape: 'likely' };
}

/** A, B … Z, then A2, B2 …: how a member is called inside its group. */
export function letterOf(index: number): string {
  const LETTERS = 26;
  const letter = String.fromCharCode(65 + (index % LETTERS));
  const round = Math.floor(index / LETTERS);
  return round === 0 ? letter : `${letter}${round + 1}`;
}

/** Their pixels lie on each other as they are. */
export function hasSamePixels({ relation }: { relation: Relation }): boolean {
  return relation === 'exact' || relation === 'same-pixels';
}
