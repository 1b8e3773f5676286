import { describe, expect, it } from 'vitest';
import {
  besideInToolbar,
  choiceByNumber,
  deedCommand,
  listCommand,
  stepsRows,
  type KeyPress,
} from '../../../src-renderer/grid/keyboard.ts';

function press(key: string, change: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...change };
}

const bounds = { rows: 100, rowsOfAPage: 4, photos: 3 };

describe('keys in the list', () => {
  it.each([
    ['j', 11],
    ['J', 11],
    ['ArrowDown', 11],
    ['k', 9],
    ['ArrowUp', 9],
    ['PageDown', 14],
    ['PageUp', 6],
    ['Home', 0],
    ['End', 99],
  ])('%s goes from row 10 to row %d, to the row itself', (key, row) => {
    expect(listCommand(press(key), { row: 10, photo: 2 }, bounds)).toEqual({
      type: 'move',
      to: { row, photo: null },
    });
  });

  it('has letters that go from row to row from anywhere', () => {
    expect(['j', 'K'].map((key) => stepsRows(press(key)))).toEqual([true, true]);
    expect(['n', 'ArrowDown', 'Home'].map((key) => stepsRows(press(key)))).toEqual([false, false, false]);
    expect(stepsRows(press('j', { ctrlKey: true }))).toBe(false);
  });

  it('stays inside the list', () => {
    expect(listCommand(press('k'), { row: 0, photo: null }, bounds)).toMatchObject({ to: { row: 0 } });
    expect(listCommand(press('PageDown'), { row: 98, photo: null }, bounds)).toMatchObject({
      to: { row: 99 },
    });
  });

  it.each([
    ['ArrowRight', null, 0],
    ['ArrowRight', 0, 1],
    ['ArrowRight', 2, 2],
    ['ArrowLeft', 1, 0],
    ['ArrowLeft', 0, null],
    ['ArrowLeft', null, null],
  ] as const)('%s goes from photo %s to %s', (key, photo, next) => {
    expect(listCommand(press(key), { row: 3, photo }, bounds)).toEqual({
      type: 'move',
      to: { row: 3, photo: next },
    });
  });

  it('opens and shows in the file manager', () => {
    expect(listCommand(press('Enter'), { row: 0, photo: null }, bounds)).toEqual({ type: 'open' });
    expect(listCommand(press('r'), { row: 0, photo: null }, bounds)).toEqual({ type: 'reveal' });
  });

  it.each([
    ['1', { type: 'keep', photo: 0 }],
    ['9', { type: 'keep', photo: 8 }],
    ['n', { type: 'apart' }],
    ['S', { type: 'split' }],
    ['z', { type: 'undo' }],
    ['y', { type: 'answer', verdict: 'same' }],
    ['x', { type: 'answer', verdict: 'different' }],
    ['u', { type: 'answer', verdict: null }],
    ['Escape', { type: 'unpick' }],
  ] as const)('%s decides, in the list and from elsewhere', (key, command) => {
    expect(listCommand(press(key), { row: 0, photo: null }, bounds)).toEqual(command);
    expect(deedCommand(press(key))).toEqual(command);
    expect(deedCommand(press(key, { ctrlKey: true }))).toBeNull();
  });

  it.each([
    ['ArrowRight', null, 0],
    ['ArrowRight', 1, 2],
    ['ArrowLeft', 1, 0],
    ['ArrowLeft', 0, 0],
  ] as const)('Shift %s picks from photo %s to %s', (key, photo, next) => {
    expect(listCommand(press(key, { shiftKey: true }), { row: 3, photo }, bounds)).toEqual({
      type: 'pick',
      photo: next,
    });
  });

  it('opens the menu of a photo', () => {
    expect(listCommand(press('ContextMenu'), { row: 0, photo: 1 }, bounds)).toEqual({ type: 'menu' });
    expect(listCommand(press('F10', { shiftKey: true }), { row: 0, photo: 1 }, bounds)).toEqual({
      type: 'menu',
    });
  });

  it('moves nothing from outside of the list', () => {
    for (const key of ['j', 'ArrowDown', 'Enter', 'Home']) expect(deedCommand(press(key))).toBeNull();
  });

  it('leaves other keys, keys with modifiers and an empty list alone', () => {
    expect(listCommand(press('q'), { row: 0, photo: null }, bounds)).toBeNull();
    expect(listCommand(press('r', { ctrlKey: true }), { row: 0, photo: null }, bounds)).toBeNull();
    expect(listCommand(press('ArrowLeft', { altKey: true }), { row: 0, photo: null }, bounds)).toBeNull();
    expect(listCommand(press('j'), { row: 0, photo: null }, { ...bounds, rows: 0 })).toBeNull();
  });
});

it('goes round in a row of buttons', () => {
  expect(besideInToolbar('ArrowRight', 2, 3)).toBe(0);
  expect(besideInToolbar('ArrowLeft', 0, 3)).toBe(2);
  expect(besideInToolbar('End', 0, 3)).toBe(2);
  expect(besideInToolbar('Tab', 0, 3)).toBeNull();
});

it('chooses by Alt and a number', () => {
  expect(choiceByNumber(press('3', { altKey: true }), 4)).toBe(2);
  expect(choiceByNumber(press('5', { altKey: true }), 4)).toBeNull();
  expect(choiceByNumber(press('3'), 4)).toBeNull();
});
