/** @file What a key means in Teach: pure, so that every key has a test. */
import type { Verdict } from '../../../src-main/contract/model.ts';
import { keyOf, type KeyPress } from '../../grid/keyboard.ts';

export type TeachCommand =
  { type: 'answer'; verdict: Verdict | null } | { type: 'undo' | 'alike' | 'compare' };

const commands: Record<string, TeachCommand> = {
  y: { type: 'answer', verdict: 'same' },
  x: { type: 'answer', verdict: 'different' },
  ' ': { type: 'answer', verdict: null },
  z: { type: 'undo' },
  m: { type: 'alike' },
  c: { type: 'compare' },
};

/** @returns null for a key that means nothing here; it is then left to the browser */
export function teachCommand(press: KeyPress): TeachCommand | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  return commands[keyOf(press)] ?? null;
}
