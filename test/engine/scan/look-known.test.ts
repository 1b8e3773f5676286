/** @file Libraries that were read before local features were stored. */
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { lookAtKnown } from '../../../src-main/engine/scan/look-known.ts';
import type { StoredThumbnail } from '../../../src-main/engine/reader/reader.ts';
import { openStore } from '../../../src-main/engine/store/open.ts';
import type { LookUpdate, Store } from '../../../src-main/engine/store/store.ts';
import { look } from '../store/temporary-store.ts';
import { FakeReader, madeLibrary, stageRun } from './made-library.ts';
import { addFolder, spoilUnseen, temporaryLibrary, watchScan } from './temporary-library.ts';

/** As the first version left a database: contents without looks. */
function forgetLooks(file: string): void {
  const database = new Database(file);
  database.exec(`UPDATE contents SET look_version = NULL; DELETE FROM local_features; DELETE FROM verification_base;
    DELETE FROM meta WHERE name = 'groups.from'`);
  database.close();
}

class LookingReader extends FakeReader {
  override readonly capacity = 2;
  asked = 0;

  override looks(thumbnails: StoredThumbnail[]): Promise<LookUpdate[]> {
    this.asked++;
    return Promise.resolve(thumbnails.map(({ id }) => ({ id, look: { ...look(id), boxes: [] }, boxes: [] })));
  }
}

function outdatedLibrary(photos: number): { store: Store; ids: number[] } {
  const { store, add } = madeLibrary();
  const ids = Array.from({ length: photos }, (_, i) => add(`${i}.jpg`).contentId);
  forgetLooks(store.path);
  return { store, ids };
}

it('all contents get their looks, a batch at a time', async () => {
  const { store, ids } = outdatedLibrary(70);
  expect(store.contents.unfeatured()).toEqual(ids);
  const reader = new LookingReader();
  const told: number[] = [];
  await lookAtKnown(stageRun(store, { reader }), ids, (done) => told.push(done));
  expect(store.contents.unfeatured()).toEqual([]);
  expect(told).toEqual([32, 64, 70]);
  expect(store.contents.verifiable(ids[69]!)!.grey.data[0]).toBe(ids[69]! % 256);
  expect(reader.asked).toBe(3);
});

it('an abort keeps what was committed, and the rest is done next time', async () => {
  const { store, ids } = outdatedLibrary(200);
  const abort = new AbortController();
  const stopped = stageRun(store, { reader: new LookingReader(), signal: abort.signal });
  await expect(lookAtKnown(stopped, ids, () => abort.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  const left = store.contents.unfeatured();
  expect(left.length).toBeGreaterThan(0);
  expect(left.length).toBeLessThan(200);
  await lookAtKnown(stageRun(store, { reader: new LookingReader() }), left, () => undefined);
  expect(store.contents.unfeatured()).toEqual([]);
});

it('a scan makes them without opening a file, and groups the photos', async () => {
  const library = await temporaryLibrary();
  const paths = [await library.write('a.jpg', 1), await library.write('b.jpg', 2)];
  const first = library.engine();
  await addFolder(first, library.photos);
  await watchScan(first);
  await first.close();
  forgetLooks(library.database);
  for (const path of paths) await spoilUnseen(path);

  const engine = library.engine();
  const { summary } = await watchScan(engine);
  expect(summary).toMatchObject({ unchanged: 2, failed: {} });
  expect(Object.keys(summary.seconds)).toEqual(['find', 'compare', 'group']);
  expect(Object.keys((await watchScan(engine)).summary.seconds)).toEqual(['find']);
  await engine.close();
  const store = openStore(library.database);
  expect(store.contents.unfeatured()).toEqual([]);
  const ids = store.photos.allForGrouping().flatMap(({ contentId }) => contentId ?? []);
  expect(store.contents.localFeaturesOf(ids)).toHaveLength(2);
  expect(store.pairs.uncompared(summary.model)).toEqual([]);
  store.close();
});
