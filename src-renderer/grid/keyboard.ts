/** @file What a key means in the list of groups: pure, so that every key has a test. */
import type { Verdict } from '../../src-main/contract/model.ts';

/** The parts of a KeyboardEvent that decide. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

export interface ListPosition {
  /** Index of the focused row. */
  row: number;
  /** Index of the focused photo in it, null for the row itself. */
  photo: number | null;
}

export interface ListBounds {
  rows: number;
  rowsOfAPage: number;
  /** Photos of the focused row. */
  photos: number;
}

export type ListCommand =
  | { type: 'move'; to: ListPosition }
  /** Go there and pick two photos: the one the keys were at, and this one. */
  | { type: 'pick'; photo: number }
  /** This photo stays. */
  | { type: 'keep'; photo: number }
  | { type: 'answer'; verdict: Verdict | null }
  | { type: 'open' | 'reveal' | 'compare' | 'apart' | 'split' | 'undo' | 'unpick' | 'menu' };

/** Deeds that a key does wherever the focus is on the screen, not only in the list. */
const deeds: Record<string, ListCommand> = {
  r: { type: 'reveal' },
  c: { type: 'compare' },
  n: { type: 'apart' },
  s: { type: 'split' },
  z: { type: 'undo' },
  y: { type: 'answer', verdict: 'same' },
  x: { type: 'answer', verdict: 'different' },
  u: { type: 'answer', verdict: null },
  Escape: { type: 'unpick' },
};

const rowSteps: Record<string, 'next' | 'previous' | 'pageDown' | 'pageUp' | 'first' | 'last'> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  PageDown: 'pageDown',
  PageUp: 'pageUp',
  Home: 'first',
  End: 'last',
};

/** One key, with Shift or without. */
export function keyOf(press: Pick<KeyPress, 'key'>): string {
  return press.key.length === 1 ? press.key.toLowerCase() : press.key;
}

function isPlain({ ctrlKey, metaKey, altKey }: KeyPress): boolean {
  return !ctrlKey && !metaKey && !altKey;
}

/** @returns the deed of a key, or null for a key that does none */
export function deedCommand(press: KeyPress): ListCommand | null {
  if (!isPlain(press)) return null;
  if (/^[1-9]$/.test(press.key)) return { type: 'keep', photo: Number(press.key) - 1 };
  return deeds[keyOf(press)] ?? null;
}

/** Letters that go from row to row, wherever the focus is on the screen: no button has another use for them. */
export function stepsRows(press: KeyPress): boolean {
  return isPlain(press) && /^[jk]$/.test(keyOf(press));
}

/** @returns null for a key that means nothing here; it is then left to the browser. */
export function listCommand(press: KeyPress, at: ListPosition, bounds: ListBounds): ListCommand | null {
  if (!isPlain(press) || bounds.rows === 0) return null;
  if (press.key === 'Enter') return { type: 'open' };
  if (press.key === 'ContextMenu' || (press.key === 'F10' && press.shiftKey)) return { type: 'menu' };
  if (press.key === 'ArrowRight' || press.key === 'ArrowLeft') {
    const photo = photoBeside(press.key, at.photo, bounds.photos);
    if (press.shiftKey) return { type: 'pick', photo: photo ?? 0 };
    return { type: 'move', to: { row: at.row, photo } };
  }
  const step = rowSteps[keyOf(press)];
  if (step === undefined) return deedCommand(press);
  return { type: 'move', to: { row: rowAfter(step, at.row, bounds), photo: null } };
}

/** Alt 1, Alt 2 …: one of a row of choices. @returns its index, or null */
export function choiceByNumber(press: KeyPress, choices: number): number | null {
  if (!press.altKey || press.ctrlKey || press.metaKey || !/^[1-9]$/.test(press.key)) return null;
  const index = Number(press.key) - 1;
  return index < choices ? index : null;
}

/** Right from the row goes to its first photo, left from the first photo back to the row. */
function photoBeside(key: string, photo: number | null, photos: number): number | null {
  if (key === 'ArrowRight') return photo === null ? 0 : Math.min(photo + 1, photos - 1);
  return photo === null || photo === 0 ? null : photo - 1;
}

function rowAfter(step: (typeof rowSteps)[string], row: number, bounds: ListBounds): number {
  const last = bounds.rows - 1;
  const targets = {
    next: row + 1,
    previous: row - 1,
    pageDown: row + bounds.rowsOfAPage,
    pageUp: row - bounds.rowsOfAPage,
    first: 0,
    last,
  };
  return Math.max(0, Math.min(targets[step], last));
}

/** Arrow keys in a row of buttons with one tab stop; null when the key is none of them. Goes round at the ends. */
export function besideInToolbar(key: string, index: number, length: number): number | null {
  if (key === 'ArrowRight' || key === 'ArrowDown') return (index + 1) % length;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return (index - 1 + length) % length;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return null;
}

/** Keys typed into a field or a list of choices belong to it. */
export function belongsToField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
}

/** Whether a key belongs to what has the focus: a field, a button, or something outside of the screen. */
export function keyIsTaken(event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog') !== null) return true;
  if (target instanceof HTMLInputElement && target.type === 'range') return sliderKeys.has(key);
  if (target instanceof HTMLInputElement && target.type === 'checkbox') return key === ' ';
  if (belongsToField(target)) return true;
  // Space on a choice that is made already would do nothing.
  const chosen = target.matches('[role="radio"][aria-checked="true"]');
  return (key === ' ' || key === 'Enter') && !chosen && target.closest('button, a') !== null;
}

const sliderKeys = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);
