import { describe, expect, it } from 'vitest';
import { besideInToolbar, listCommand, type KeyPress } from '../../../src-renderer/grid/keyboard.ts';

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

  it('leaves other keys, keys with modifiers and an empty list alone', () => {
    expect(listCommand(press('x'), { row: 0, photo: null }, bounds)).toBeNull();
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
