import { expect, it } from 'vitest';
import { ResultWriter } from '../../../src-main/engine/scan/result-writer.ts';
import { ScanReporter } from '../../../src-main/engine/scan/scan-progress.ts';
import type { PendingFile } from '../../../src-main/engine/scan/pending-file.ts';
import type { ReadResult } from '../../../src-main/engine/reader/reader.ts';
import { addFolder, content, MODEL, temporaryStore } from '../store/temporary-store.ts';

it('tells of new photos while a scan runs, at most every two seconds', () => {
  const store = temporaryStore();
  const root = { id: addFolder(store, '/photos'), path: '/photos' };
  const clock = { time: 0, now: () => clock.time };
  const told: { at: number; photos: number }[] = [];
  const reporter = new ScanReporter(clock, () => undefined);
  const writer = new ResultWriter(store, MODEL, clock, reporter, () =>
    told.push({ at: clock.time, photos: store.photos.totals().photos }),
  );
  const stamp = { bytes: 1000, modifiedMs: 1, inode: null };
  for (let second = 0; second < 5; second++) {
    clock.time = second * 1000;
    const name = `${second}.jpg`;
    const file: PendingFile = { root, directory: '', name, stamp, named: true, known: null, failed: null };
    const result: ReadResult = { kind: 'read', path: `/photos/${name}`, stamp, record: content(second + 1) };
    writer.add([file], [result]);
    writer.commit();
  }
  expect(told).toEqual([
    { at: 0, photos: 1 },
    { at: 2000, photos: 3 },
    { at: 4000, photos: 5 },
  ]);
  writer.commit();
  expect(told).toHaveLength(3);
});
