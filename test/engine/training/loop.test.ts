/** @file From answers to another model and back, as a user goes: scan, tag, train, look at what changes, use, take back. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { damage, renderScene } from '../../../src-main/engine/demo/index.ts';
import type { Engine } from '../../../src-main/contract/engine.ts';
import type { TrainingProgress } from '../../../src-main/contract/model.ts';
import { addFolder, temporaryLibrary, watchScan } from '../scan/temporary-library.ts';

const SCENES = 9;
/** Something was put on its copy, so that it is never safe. */
const STAMPED = 9;
const trainingWorker = join(import.meta.dirname, '../../../src-main/engine/training/worker.ts');

async function idsByName(engine: Engine): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (let id = 1; id <= 2 * SCENES; id++) {
    const { path } = await engine.request('photos.get', { id });
    ids.set(basename(path), id);
  }
  return ids;
}

function stamped(photo: Buffer): Promise<Buffer> {
  const stamp = { create: { width: 90, height: 40, channels: 3, background: '#fff' } } as const;
  return sharp(photo)
    .composite([{ input: stamp, left: 260, top: 240 }])
    .webp()
    .toBuffer();
}

it('answers become a model that is used and taken back without opening a file, and travel to another library', async () => {
  const library = await temporaryLibrary();
  for (let seed = 1; seed <= SCENES; seed++) {
    const scene = renderScene(seed, { width: 480, height: 360 });
    await library.write(`scene ${seed}.jpg`, (await damage(scene, 're-encoded')).bytes);
    const { bytes } = await damage(scene, 'as WebP');
    await library.write(`copy ${seed}.webp`, seed === STAMPED ? await stamped(bytes) : bytes);
  }
  const engine = library.engine({ trainingWorker });
  await addFolder(engine, library.photos);
  const { summary } = await watchScan(engine);
  expect(summary.groups).toBe(SCENES);
  const ids = await idsByName(engine);
  const pair = (a: string, b: string) => ({ a: ids.get(a)!, b: ids.get(b)! });

  // This user holds neighbours for the same, and a few copies for different.
  await engine.request('verdicts.set', {
    pairs: [1, 3, 5].map((i) => pair(`scene ${i}.jpg`, `scene ${i + 1}.jpg`)),
    verdict: 'same',
  });
  const open = await engine.request('teach.next', { count: 5 });
  expect(open.length).toBeGreaterThan(0);
  await engine.request('verdicts.set', { pairs: [pair('scene 8.jpg', 'copy 8.webp')], verdict: 'different' });

  const progress: TrainingProgress[] = [];
  const result = await engine.request(
    'train.run',
    { data: 'verdicts', objective: 'infonce', epochs: 3, seed: 2 },
    { onEvent: (event) => progress.push(event) },
  );
  expect(result).toMatchObject({ data: 'verdicts', epochs: 3, stopped: false });
  expect(result.validation.after).toBeGreaterThanOrEqual(result.validation.before);
  expect(new Set(progress.map(({ stage }) => stage)).has('train')).toBe(true);
  expect(progress.filter(({ epoch }) => epoch !== null).map(({ epoch }) => epoch!.epoch)).toEqual([1, 2, 3]);

  const again = await engine.request('train.run', {
    data: 'verdicts',
    objective: 'infonce',
    epochs: 3,
    seed: 2,
  });
  expect(again.validation).toEqual(result.validation);
  expect(again.loss).toBe(result.loss);

  if (result.model !== null) {
    const before = await engine.request('groups.list', {});
    await engine.request('model.diff', { a: 0, b: result.model });
    const versions = await engine.request('model.use', { id: result.model });
    expect(versions.find(({ active }) => active)).toMatchObject({
      id: result.model,
      training: { verdicts: 4 },
    });
    const scan = await watchScan(engine);
    expect(scan.summary.model).toContain(result.name);
    expect(scan.summary.unchanged).toBe(2 * SCENES);
    await engine.request('model.use', { id: 0 });
    expect(await engine.request('groups.list', {})).toEqual(before);
    expect(Object.keys((await watchScan(engine)).summary.seconds)).toEqual(['find']);
  }

  // Stopped after its first epoch: it resolves, with what was best so far.
  const stop = new AbortController();
  const stopped = await engine.request(
    'train.run',
    { data: 'verdicts', objective: 'triplet', epochs: 1000, seed: 2 },
    { signal: stop.signal, onEvent: ({ epoch }) => epoch !== null && stop.abort() },
  );
  expect(stopped.stopped).toBe(true);
  expect(stopped.epochs).toBeLessThan(100);

  const file = join(library.directory, 'verdicts.json');
  expect(await engine.request('verdicts.export', { path: file })).toEqual({ verdicts: 4 });
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    format: 'lookalike-verdicts',
    version: 1,
  });
  const other = library.engine({ databasePath: join(library.directory, 'other', 'library.db') });
  expect(await other.request('verdicts.import', { path: file })).toEqual({
    verdicts: 4,
    changed: 4,
    waiting: 4,
  });
  await addFolder(other, library.photos);
  await watchScan(other);
  expect(await other.request('verdicts.list', {})).toHaveLength(4);
}, 120_000);
