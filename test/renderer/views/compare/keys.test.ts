import { describe, expect, it } from 'vitest';
import { compareCommand } from '../../../../src-renderer/views/compare/keys.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, change: Partial<typeof plain> = {}) => ({ key, ...plain, ...change });

describe('keys in Compare', () => {
  it.each([
    ['j', { type: 'group', step: 1 }],
    ['K', { type: 'group', step: -1 }],
    ['Escape', { type: 'back' }],
    ['l', { type: 'link' }],
    ['0', { type: 'whole' }],
    ['p', { type: 'pixels' }],
    ['y', { type: 'answer', verdict: 'same' }],
    ['x', { type: 'answer', verdict: 'different' }],
    ['u', { type: 'answer', verdict: null }],
    ['c', { type: 'against', photo: 2 }],
    ['2', { type: 'keep', photo: 1 }],
    ['v', { type: 'mode', mode: 'split' }],
  ])('%s', (key, command) => {
    expect(compareCommand(press(key), 'side', 3)).toEqual(command);
  });

  it('zooms in with plus and out with minus', () => {
    const [more, less] = ['+', '-'].map((key) => compareCommand(press(key), 'side', 2));
    expect(more).toMatchObject({ type: 'zoom' });
    expect(more?.type === 'zoom' && less?.type === 'zoom' && more.factor * less.factor).toBeCloseTo(1);
  });

  it('goes round the kinds of view, and to each at once', () => {
    expect(compareCommand(press('v'), 'difference', 2)).toEqual({ type: 'mode', mode: 'side' });
    expect(compareCommand(press('V', { shiftKey: true }), 'side', 2)).toEqual({
      type: 'mode',
      mode: 'difference',
    });
    expect(compareCommand(press('3', { altKey: true }), 'side', 2)).toEqual({ type: 'mode', mode: 'flip' });
  });

  it('shows photos by their digit in flip, flips with Space; R is for regions', () => {
    expect(compareCommand(press('2'), 'flip', 3)).toEqual({ type: 'show', photo: 1 });
    expect(compareCommand(press(' '), 'flip', 3)).toEqual({ type: 'flip' });
    expect(compareCommand(press(' '), 'side', 3)).toBeNull();
    expect(compareCommand(press('r'), 'difference', 3)).toEqual({ type: 'region' });
    expect(compareCommand(press('r'), 'side', 3)).toBeNull();
  });

  it('leaves alone what means nothing: photos that are not there, and the window’s own keys', () => {
    expect(compareCommand(press('3'), 'side', 2)).toBeNull();
    expect(compareCommand(press('d'), 'side', 3)).toBeNull();
    expect(compareCommand(press('c', { ctrlKey: true }), 'side', 4)).toBeNull();
    expect(compareCommand(press('x', { altKey: true }), 'side', 4)).toBeNull();
    expect(compareCommand(press('q'), 'side', 4)).toBeNull();
  });
});
