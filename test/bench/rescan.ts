/**
 * @file Rescan of a library in which nothing changed: the walk, the rows of each directory, the comparison.
 * `node test/bench/rescan.ts`
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { compareDirectory } from '../../src-main/engine/library/changes.ts';
import { walk } from '../../src-main/engine/library/walk.ts';
import { openStore } from '../../src-main/engine/store/open.ts';
import type { Store } from '../../src-main/engine/store/store.ts';
import { median } from './measure.ts';

const DIRECTORIES = 200;
const FILES_PER_DIRECTORY = 200;
const ROUNDS = 5;
const FLOOR_FILES_PER_SECOND = 20_000;

function makeFiles(root: string): void {
  for (let d = 0; d < DIRECTORIES; d++) {
    const directory = path.join(root, `year-${d % 10}`, `album-${d}`);
    fs.mkdirSync(directory, { recursive: true });
    for (let f = 0; f < FILES_PER_DIRECTORY; f++) {
      fs.writeFileSync(path.join(directory, `IMG_${d}_${f}.jpg`), `${d} ${f}`);
    }
  }
}

function openWalk(root: string): ReturnType<typeof walk> {
  return walk({ root, hidden: false, followLinks: false, exclude: ['node_modules', '**/exports/*.png'] });
}

/** Rows as after a scan; what was read of the files plays no part in a rescan. */
async function remember(store: Store, root: string): Promise<number> {
  const folder = { path: root, role: 'library', hidden: false, followLinks: false, exclude: [] } as const;
  const folderId = store.folders.upsert({ ...folder, exclude: [] });
  for await (const { directory, files } of openWalk(root)) {
    store.transaction(() => {
      for (const { name, stamp } of files) {
        store.photos.insert({ folderId, directory, name, ...stamp, state: 'other', contentId: null });
      }
    });
  }
  return folderId;
}

async function rescan(store: Store, folderId: number, root: string): Promise<number> {
  let unchanged = 0;
  for await (const listing of openWalk(root)) {
    const rows = store.photos.inDirectory(folderId, listing.directory);
    unchanged += compareDirectory(listing, rows, { retryFailed: false }).unchanged.length;
  }
  return unchanged;
}

/** @returns lines to print: files a second beside the floor and beside nothing but the walk. */
export async function benchRescan(): Promise<string[]> {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'lookalike-rescan-'));
  const root = path.join(base, 'photos');
  makeFiles(root);
  const store = openStore(path.join(base, 'library.db'));
  try {
    const folderId = await remember(store, root);
    const seconds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now();
      const unchanged = await rescan(store, folderId, root);
      seconds.push((performance.now() - began) / 1000);
      if (unchanged !== DIRECTORIES * FILES_PER_DIRECTORY)
        throw new Error(`only ${unchanged} files unchanged`);
    }
    const rate = (DIRECTORIES * FILES_PER_DIRECTORY) / median(seconds);
    return [
      `rescan, nothing changed: ${Math.round(rate).toLocaleString('en')} files/s ` +
        `(${(rate / FLOOR_FILES_PER_SECOND).toFixed(1)} times the floor of ${FLOOR_FILES_PER_SECOND.toLocaleString('en')}; ` +
        `${(DIRECTORIES * FILES_PER_DIRECTORY).toLocaleString('en')} files in ${DIRECTORIES} folders, median of ${ROUNDS})`,
    ];
  } finally {
    store.close();
    fs.rmSync(base, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const line of await benchRescan()) console.log(line);
}
