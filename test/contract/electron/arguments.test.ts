import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../../src-main/shells/electron/arguments.ts';

const development = { named: true, directory: '/home/me' };
const packed = { named: false, directory: '/home/me' };

describe('arguments of the window', () => {
  test('in development the first word is the app, the others are folders', () => {
    expect(parseArguments(['electron', '.', 'photos', '/mnt/disk'], development)).toEqual({
      folders: ['/home/me/photos', '/mnt/disk'],
      database: null,
    });
  });

  test('packed, all words are folders', () => {
    expect(parseArguments(['lookalike', 'a', '../b'], packed).folders).toEqual(['/home/me/a', '/home/b']);
  });

  test("Chromium's and Playwright's switches are no folders", () => {
    const argv = [
      'electron',
      '--inspect=0',
      '-r',
      'loader.js',
      '--remote-debugging-port=0',
      '--no-sandbox',
      '.',
      'x',
    ];
    expect(parseArguments(argv, development).folders).toEqual(['/home/me/x']);
  });

  test.each([[['--db', 'a.db']], [['--db=a.db']]])('%s names the database', (words) => {
    expect(parseArguments(['lookalike', ...words, 'x'], packed)).toEqual({
      folders: ['/home/me/x'],
      database: '/home/me/a.db',
    });
  });

  test.each([[['--db']], [['--db=']], [['--db', '--no-sandbox']]])('%s is refused', (words) => {
    expect(() => parseArguments(['lookalike', ...words], packed)).toThrow('--db names no file');
  });
});
