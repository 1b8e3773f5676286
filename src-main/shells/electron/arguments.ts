import path from 'node:path';
import { LookalikeError } from '../../contract/errors.ts';

export interface StartArguments {
  /** Folders to scan at once, absolute. */
  folders: string[];
  /** Database file, absolute; null: LOOKALIKE_DB, or the user's data folder. */
  database: string | null;
}

/** Electron's own switches that take the next word; the rest of Chromium's are written --name=value. */
const SWITCHES_WITH_A_WORD = ['-r', '--require'];

/**
 * Reads the window's command line: `lookalike [FOLDER]... [--db FILE]`. Switches of Chromium are skipped.
 * @param argv process.argv of the program
 * @param start `named`: the first word that is no switch is the app itself, as in `electron . FOLDER`
 * @throws LookalikeError INVALID_INPUT when --db names no file
 */
export function parseArguments(
  argv: readonly string[],
  start: { named: boolean; directory: string },
): StartArguments {
  const words: string[] = [];
  let database: string | null = null;
  const rest = argv.slice(1);
  while (rest.length > 0) {
    const word = rest.shift() ?? '';
    if (word === '--db' || word.startsWith('--db=')) {
      database = path.resolve(start.directory, databaseOf(word, rest));
    } else if (SWITCHES_WITH_A_WORD.includes(word)) {
      rest.shift();
    } else if (word !== '' && !word.startsWith('-')) {
      words.push(word);
    }
  }
  const folders = start.named ? words.slice(1) : words;
  return { folders: folders.map((folder) => path.resolve(start.directory, folder)), database };
}

function databaseOf(word: string, rest: string[]): string {
  const file = word === '--db' ? rest.shift() : word.slice('--db='.length);
  if (file === undefined || file === '' || file.startsWith('-')) {
    throw new LookalikeError('INVALID_INPUT', '--db names no file.', {
      nextStep: 'Write --db FILE, for example --db photos.db.',
    });
  }
  return file;
}
