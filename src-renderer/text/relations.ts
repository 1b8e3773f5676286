/** @file Relations, kinds and chances in words. */
import { chanceWord } from '../../src-main/contract/chance.ts';
import {
  relations,
  type DuplicateGroup,
  type GroupKind,
  type Relation,
  type Tier,
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

const riskShapes: Record<Tier, RiskShape> = { safe: 'certain', likely: 'likely', check: 'check' };

/** How sure a group is: a word and a shape. The shape is its tier's, and so is whether it wants a look. */
export function riskOf(group: Pick<DuplicateGroup, 'tier' | 'probability'>): Risk {
  return { word: chanceWord(group), shape: riskShapes[group.tier] };
}

/** A, B … Z, AA, AB …: how a member is called inside its group, by the engine's reasons too. */
export function letterOf(index: number): string {
  const LETTERS = 26;
  const letter = String.fromCharCode(65 + (index % LETTERS));
  return index < LETTERS ? letter : letterOf(Math.floor(index / LETTERS) - 1) + letter;
}

/** Their pixels lie on each other as they are. */
export function hasSamePixels({ relation }: { relation: Relation }): boolean {
  return relation === 'exact' || relation === 'same-pixels';
}

/** They are known to be something else than copies: frames of a burst, views of a scene, pages of one layout. */
export function areNoCopies({ relation }: { relation: Relation }): boolean {
  return relation === 'burst' || relation === 'same-scene' || relation === 'same-layout';
}
