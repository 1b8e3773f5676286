/** @file What a key means in Compare: pure, so that every key has a test. */
import { choiceByNumber, keyOf, type KeyPress } from '../../grid/keyboard.ts';
import type { Verdict } from '../../../src-main/contract/model.ts';
import { compareModes, type CompareMode } from '../../state/compare-view.svelte.ts';
import type { Point } from '../../geometry/affine.ts';

export type CompareCommand =
  | { type: 'group'; step: 1 | -1 }
  | { type: 'back' | 'link' | 'whole' | 'pixels' | 'flip' | 'region' | 'more' | 'undo' }
  | { type: 'zoom'; factor: number }
  | { type: 'pan'; by: Point }
  | { type: 'mode'; mode: CompareMode }
  | { type: 'keep' | 'show' | 'against'; photo: number }
  | { type: 'answer'; verdict: Verdict | null };

export const ZOOM_STEP = 1.4;
/** CSS pixels. */
const PAN_STEP = 60;

const always: Record<string, CompareCommand> = {
  j: { type: 'group', step: 1 },
  k: { type: 'group', step: -1 },
  Escape: { type: 'back' },
  l: { type: 'link' },
  0: { type: 'whole' },
  p: { type: 'pixels' },
  m: { type: 'more' },
  '+': { type: 'zoom', factor: ZOOM_STEP },
  '=': { type: 'zoom', factor: ZOOM_STEP },
  '-': { type: 'zoom', factor: 1 / ZOOM_STEP },
  ArrowLeft: { type: 'pan', by: { x: PAN_STEP, y: 0 } },
  ArrowRight: { type: 'pan', by: { x: -PAN_STEP, y: 0 } },
  ArrowUp: { type: 'pan', by: { x: 0, y: PAN_STEP } },
  ArrowDown: { type: 'pan', by: { x: 0, y: -PAN_STEP } },
  y: { type: 'answer', verdict: 'same' },
  x: { type: 'answer', verdict: 'different' },
  u: { type: 'answer', verdict: null },
  z: { type: 'undo' },
  b: { type: 'against', photo: 1 },
  c: { type: 'against', photo: 2 },
  d: { type: 'against', photo: 3 },
};

/** @returns null for a key that means nothing here; it is then left to the browser */
export function compareCommand(press: KeyPress, mode: CompareMode, photos: number): CompareCommand | null {
  if (press.ctrlKey || press.metaKey) return null;
  if (press.altKey) {
    const chosen = compareModes[choiceByNumber(press, compareModes.length) ?? -1];
    return chosen === undefined ? null : { type: 'mode', mode: chosen };
  }
  const digit = /^[1-4]$/.test(press.key) ? Number(press.key) - 1 : null;
  if (digit !== null && digit < photos) return { type: mode === 'flip' ? 'show' : 'keep', photo: digit };
  const key = keyOf(press);
  if (key === 'v') return { type: 'mode', mode: modeBeside(mode, press.shiftKey ? -1 : 1) };
  if (key === ' ' && mode === 'flip') return { type: 'flip' };
  if (key === 'r' && mode === 'difference') return { type: 'region' };
  const command = always[key];
  if (command?.type === 'against' && command.photo >= photos) return null;
  return command ?? null;
}

function modeBeside(mode: CompareMode, step: 1 | -1): CompareMode {
  const next = (compareModes.indexOf(mode) + step + compareModes.length) % compareModes.length;
  return compareModes[next] ?? mode;
}
