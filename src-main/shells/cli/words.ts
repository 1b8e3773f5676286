/** @file The contract's codes in words. */
import { chanceWord } from '../../contract/chance.ts';
import type { DuplicateGroup, FailureCode, GroupKind, Relation } from '../../contract/model.ts';
import type { ScanStage } from '../../contract/progress.ts';
import { formatPercent } from './render-text.ts';

export const relationWords: Record<Relation, string> = {
  exact: 'Same file',
  'same-pixels': 'Same pixels',
  're-encoded': 'Re-encoded',
  resized: 'Resized',
  cropped: 'Cropped',
  rotated: 'Turned',
  mirrored: 'Mirrored',
  edited: 'Edited',
  burst: 'Burst',
  'same-scene': 'Same scene',
  'same-layout': 'Same layout',
  similar: 'Similar',
};

export const failureWords: Record<FailureCode, string> = {
  EMPTY: 'Empty',
  NOT_A_PHOTO: 'Not a photo inside',
  CUT_OFF: 'Ends too early',
  DAMAGED: 'Damaged',
  TOO_LARGE: 'Too large',
  UNSUPPORTED: 'Can’t be read yet',
  NO_PERMISSION: 'No right to open',
  VANISHED: 'Gone meanwhile',
  IO_ERROR: 'The disk failed',
  TIMED_OUT: 'Took too long',
  DECODER_CRASHED: 'Made the reader stop',
};

export const stageWords: Record<ScanStage, string> = {
  find: 'Find files',
  read: 'Read photos',
  compare: 'Compare',
  look: 'Look closer',
  group: 'Group',
};

export const kindWords: Record<GroupKind, string> = {
  copies: 'copies',
  burst: 'bursts',
  scene: 'scenes',
  layout: 'same layouts',
};

/** "Certain, 99.98 %": a word and a number. */
export function chanceWords(sure: Pick<DuplicateGroup, 'probability' | 'tier'>): string {
  return `${chanceWord(sure)}, ${formatPercent(sure.probability)}`;
}
