import { describe, expect, it } from 'vitest';
import { teachCommand } from '../../../../src-renderer/views/teach/keys.ts';

const press = (key: string, change = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...change,
});

describe('keys in Teach', () => {
  it.each([
    ['y', { type: 'answer', verdict: 'same' }],
    ['X', { type: 'answer', verdict: 'different' }],
    [' ', { type: 'answer', verdict: null }],
    ['z', { type: 'undo' }],
    ['m', { type: 'alike' }],
    ['c', { type: 'compare' }],
    ['q', null],
  ])('%s', (key, command) => expect(teachCommand(press(key))).toEqual(command));

  it('leaves the browser its own', () => expect(teachCommand(press('z', { ctrlKey: true }))).toBeNull());
});
