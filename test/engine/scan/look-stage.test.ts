import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src-main/contract/engine.ts';
import type { PhotoId } from '../../../src-main/contract/model.ts';
import { openStore } from '../../../src-main/engine/store/open.ts';
import { lookStage } from '../../../src-main/engine/scan/look-stage.ts';
import type { StageRun } from '../../../src-main/engine/scan/stage.ts';
import type { PairRow } from '../../../src-main/engine/store/store.ts';
import { madeLibrary, stageRun, type MadeLibrary, type Report } from './made-library.ts';
import { pairMeasures } from '../similarity/made-measures.ts';
import { MODEL } from '../store/temporary-store.ts';
import { pagePixels } from './made-pages.ts';
import {
  addFolder,
  spoilUnseen,
  temporaryLibrary,
  watchScan,
  type TemporaryLibrary,
} from './temporary-library.ts';

const pages = {
  'page.png': pagePixels({ seed: 7 }).png(),
  'copy.jpg': pagePixels({ seed: 7 }).jpeg({ quality: 80 }),
  'another word.webp': pagePixels({ seed: 7, word: 3 }).webp({ quality: 90 }),
};
type Name = keyof typeof pages;

async function pageLibrary(): Promise<TemporaryLibrary & { scan: Engine }> {
  const library = await temporaryLibrary();
  for (const [name, page] of Object.entries(pages)) await library.write(name, await page.toBuffer());
  const scan = library.engine();
  await addFolder(scan, library.photos);
  return { ...library, scan };
}

/** Pairs by the names of their files, and ids by names. */
function stored({ database }: TemporaryLibrary, model: string) {
  const store = openStore(database);
  try {
    const files = store.photos.allForGrouping();
    const pairs = [...store.pairs.pages(model)].flat();
    const fileOf = (name: Name): (typeof files)[number] => files.find((file) => file.name === name)!;
    const pair = (...names: [Name, Name]): PairRow => {
      const [a, b] = names.map((name) => fileOf(name).contentId!).sort((p, q) => p - q);
      return pairs.find((row) => row.a === a && row.b === b)!;
    };
    const id = (name: Name): PhotoId => fileOf(name).id;
    return { pair, id, open: [...store.pairs.open(model)].length };
  } finally {
    store.close();
  }
}

/** As a scan without time for looks leaves it. */
function reopen(database: string, model: string): void {
  const store = openStore(database);
  try {
    store.pairs.upsert(model, [...store.pairs.pages(model)].flat().map(asUntried));
  } finally {
    store.close();
  }
}

function asUntried(pair: PairRow): PairRow {
  if (pair.measures?.looked !== 'files') return pair;
  const measures = { ...pair.measures, looked: 'thumbnails', open: 'page' } as const;
  return { ...pair, relation: 're-encoded', score: 0.7, measures };
}

describe('stage look', () => {
  it('tells a page with another word from a copy, which becomes safe', async () => {
    const library = await pageLibrary();
    const { summary, progress } = await watchScan(library.scan);
    expect(Object.keys(summary.seconds)).toEqual(['find', 'read', 'compare', 'look', 'group']);
    const looks = progress.filter(({ stage }) => stage === 'look');
    expect(looks.at(-1)!.done).toBeGreaterThanOrEqual(2);
    expect(looks.at(-1)!.done).toBe(looks.at(-1)!.total);

    const { pair, open } = stored(library, summary.model);
    expect(open).toBe(0);
    expect(pair('page.png', 'another word.webp')).toMatchObject({ relation: 'same-layout' });
    expect(pair('page.png', 'another word.webp').measures!.differing).not.toEqual([]);
    const copy = pair('page.png', 'copy.jpg');
    expect(copy).toMatchObject({ relation: 're-encoded', measures: { looked: 'files' } });
    expect(copy.measures).not.toHaveProperty('open');
    const { groups } = await library.scan.request('groups.list', { kind: 'copies' });
    expect(groups.map(({ tier, members }) => [tier, members.length])).toEqual([['safe', 2]]);
  });

  it('opens no file again, but goes on with what was left, also when nothing else has changed', async () => {
    const library = await pageLibrary();
    const { summary } = await watchScan(library.scan);
    const again = await watchScan(library.scan);
    expect(Object.keys(again.summary.seconds)).toEqual(['find']);
    reopen(library.database, summary.model);
    const later = await watchScan(library.scan);
    expect(Object.keys(later.summary.seconds)).toEqual(['find', 'look', 'group']);
    expect(stored(library, summary.model).pair('page.png', 'another word.webp').relation).toBe('same-layout');
    const layouts = await library.scan.request('groups.list', { kind: 'layout' });
    expect(layouts.total).toBe(1);
  });

  it('leaves pairs open whose files have changed unseen, and finishes', async () => {
    const library = await pageLibrary();
    const { summary } = await watchScan(library.scan);
    reopen(library.database, summary.model);
    const before = stored(library, summary.model).open;
    await spoilUnseen(join(library.photos, 'copy.jpg'));
    const later = await watchScan(library.scan);
    expect(later.summary).toMatchObject({ stopped: false, failed: {} });
    const { open, pair } = stored(library, summary.model);
    expect(open).toBeGreaterThan(0);
    expect(open).toBeLessThan(before);
    expect(pair('page.png', 'copy.jpg').measures).toMatchObject({ looked: 'thumbnails', open: 'page' });
  });

  it('is done for one pair when somebody asks, whose groups follow', async () => {
    const library = await pageLibrary();
    const { summary } = await watchScan(library.scan);
    reopen(library.database, summary.model);
    const engine = library.engine();
    const { id } = stored(library, summary.model);
    const asked = { a: id('page.png'), b: id('another word.webp') };
    const byThumbnails = await engine.request('compare.photos', asked);
    expect(byThumbnails.measures).toMatchObject({ looked: 'thumbnails', open: 'page', differing: [] });
    expect((await engine.request('groups.list', { kind: 'layout' })).total).toBe(0);
    const notices: string[] = [];
    engine.subscribe(({ type }) => notices.push(type));

    const seen = await engine.request('pairs.look', asked);
    expect(seen).toMatchObject({ relation: 'same-layout', measures: { looked: 'files' } });
    expect(seen.measures).not.toHaveProperty('open');
    expect(seen.measures!.differing.length).toBeGreaterThan(0);
    expect(notices).toEqual(['library-changed']);
    expect((await engine.request('groups.list', { kind: 'layout' })).total).toBe(1);
    expect(stored(library, summary.model).pair('page.png', 'another word.webp').relation).toBe('same-layout');
    // From the other side, and without opening a file.
    await spoilUnseen(join(library.photos, 'another word.webp'));
    const again = await engine.request('pairs.look', { a: asked.b, b: asked.a });
    expect(again.score).toBe(seen.score);
    expect(again.measures!.differing).toHaveLength(seen.measures!.differing.length);
  });

  it('names the file that is not what was compared, and stores nothing', async () => {
    const library = await pageLibrary();
    const { summary } = await watchScan(library.scan);
    reopen(library.database, summary.model);
    const path = join(library.photos, 'copy.jpg');
    await spoilUnseen(path);
    const { id, open } = stored(library, summary.model);
    const asked = library.scan.request('pairs.look', { a: id('page.png'), b: id('copy.jpg') });
    const expected = { code: 'PHOTO_UNREADABLE', message: expect.stringContaining(path) as string };
    await expect(asked).rejects.toMatchObject({
      ...expected,
      nextStep: expect.stringContaining('Scan again') as string,
    });
    expect(stored(library, summary.model).open).toBe(open);
  });

  it('stops in the midst, and the next scan goes on', async () => {
    const library = await pageLibrary();
    const stop = new AbortController();
    const first = await library.scan.request(
      'scan.run',
      {},
      { signal: stop.signal, onEvent: ({ stage }) => stage === 'look' && stop.abort() },
    );
    expect(first.stopped).toBe(true);
    expect(stored(library, first.model).open).toBeGreaterThan(0);
    const { summary } = await watchScan(library.scan);
    expect(Object.keys(summary.seconds)).toEqual(['find', 'compare', 'look', 'group']);
    expect(stored(library, summary.model).open).toBe(0);
  });
});

describe('what a scan has time for', () => {
  const PHOTOS = 16;

  /** 120 open pairs, of which nothing is open once they are judged anew. */
  function openLibrary(change: Partial<PairRow> = {}): MadeLibrary {
    const library = madeLibrary();
    const ids = Array.from({ length: PHOTOS }, (_, i) => library.add(`${i}.jpg`).contentId);
    const pairs = ids.flatMap((a, i) =>
      ids.slice(i + 1).map((b): PairRow => ({ ...openPair(a, b), ...change })),
    );
    library.store.pairs.upsert(MODEL, pairs);
    return library;
  }

  const left = ({ store }: MadeLibrary): number => [...store.pairs.open(MODEL)].length;

  function runOn({ store }: MadeLibrary, change: Partial<StageRun> = {}): StageRun {
    const weights = { intercept: 0, weights: [], copyFrom: 0, safeFrom: 0, safeFirstScore: 0 };
    return { ...stageRun(store), weights: () => Promise.resolve(weights), ...change };
  }

  it('is a hundred pairs', async () => {
    const library = openLibrary();
    const reports: Report[] = [];
    expect(await lookStage(runOn(library, { report: (counts) => reports.push(counts) }))).toBe(true);
    expect(reports.at(-1)).toEqual({ done: 100, total: 100 });
    expect(left(library)).toBe(20);
    await lookStage(runOn(library));
    expect(left(library)).toBe(0);
  });

  it('is half a minute', async () => {
    const library = openLibrary();
    let now = 0;
    await lookStage(runOn(library, { clock: { now: () => (now += 1_000) } }));
    expect(left(library)).toBe(91);
  });

  it('keeps what it did when it is stopped', async () => {
    const library = openLibrary();
    const stop = new AbortController();
    const report = ({ done }: Report): void => {
      if (done === 13) stop.abort();
    };
    expect(await lookStage(runOn(library, { signal: stop.signal, report }))).toBe(false);
    expect(left(library)).toBe(107);
  });

  it('is kept for pairs of groups, on disks that are there', async () => {
    const report: Report[] = [];
    const run = (library: MadeLibrary): StageRun =>
      runOn(library, { report: (counts) => report.push(counts) });
    await lookStage(run(openLibrary({ relation: 'similar' })));
    await lookStage(run(openLibrary({ score: 0.5 })));
    const away = openLibrary();
    for (const { id } of away.store.folders.list()) away.store.folders.setOnline(id, false);
    await lookStage(run(away));
    expect(report.map(({ total }) => total)).toEqual([0, 0, 0]);
    await lookStage(run(openLibrary({ relation: 'burst', score: 0.2 })));
    expect(report.at(-1)).toMatchObject({ total: 100 });
  });
});

function openPair(a: number, b: number): PairRow {
  const measures = pairMeasures({}, { open: 'equal-files' });
  return { a, b, score: 0.9, relation: 're-encoded', reasons: [], measures };
}
