/** @file Another head on a library that was scanned: nothing is read anew, and nothing is missing from the answers. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { CARD_FILE, HEAD_FILE, readCard } from '../../../src-main/engine/encoder/card.ts';
import {
  addFolder,
  optionsFor,
  photoBytes,
  spoilUnseen,
  temporaryLibrary,
  watchScan,
} from './temporary-library.ts';

const OTHER_DIMS = 64;

/** The shipped head less most of its rows, under a name of its own. */
async function otherHead(directory: string): Promise<string> {
  const { headDirectory } = optionsFor('');
  const card = await readCard(headDirectory);
  const bytes = await readFile(join(headDirectory, HEAD_FILE));
  const part = bytes.subarray(0, card.features * (OTHER_DIMS + 2) * Float32Array.BYTES_PER_ELEMENT);
  const sha256 = createHash('sha256').update(part).digest('hex');
  await mkdir(directory);
  await writeFile(join(directory, HEAD_FILE), part);
  const other = { ...card, name: 'another-head', dims: OTHER_DIMS, head: { ...card.head, sha256 } };
  await writeFile(join(directory, CARD_FILE), JSON.stringify(other));
  return directory;
}

it('a scan embeds what is known anew without opening a file', async () => {
  const library = await temporaryLibrary();
  const small = await sharp(await photoBytes(1))
    .resize(100)
    .jpeg({ quality: 80 })
    .toBuffer();
  const paths = [
    await library.write('a.jpg', 1),
    await library.write('small a.jpg', small),
    await library.write('b.jpg', 2),
  ];
  const first = library.engine();
  await addFolder(first, library.photos);
  expect((await watchScan(first)).summary.groups).toBe(1);
  const before = await first.request('groups.list', {});
  await first.close();

  for (const path of paths) await spoilUnseen(path);
  const engine = library.engine({ headDirectory: await otherHead(join(library.directory, 'head')) });
  const tooEarly = { code: 'NOTHING_TO_DO', nextStep: expect.stringContaining('Scan again') as string };
  await expect(engine.request('map.points', {})).rejects.toMatchObject(tooEarly);
  await expect(engine.request('pairs.list', {})).rejects.toMatchObject(tooEarly);
  await expect(engine.request('similar.toPhoto', { id: 1 })).rejects.toMatchObject(tooEarly);
  await expect(engine.request('compare.photos', { a: 1, b: 2 })).rejects.toMatchObject(tooEarly);
  await expect(engine.request('groups.list', {})).rejects.toMatchObject(tooEarly);

  const { summary, progress, notices } = await watchScan(engine);
  expect(summary).toMatchObject({ unchanged: 3, changed: 0, failed: {}, groups: 1 });
  expect(summary.model).toMatch(/^another-head-/);
  expect(Object.keys(summary.seconds)).toEqual(['find', 'compare', 'group']);
  expect(progress.filter(({ stage }) => stage === 'compare').at(-1)).toMatchObject({ done: 3, total: 3 });
  expect(notices.map(({ type }) => type)).toContain('library-changed');
  const { groups } = await engine.request('groups.list', {});
  expect(groups[0]!.members.map(({ id }) => id)).toEqual(before.groups[0]!.members.map(({ id }) => id));
  expect((await engine.request('map.points', {})).ids).toHaveLength(3);

  const again = await watchScan(engine);
  expect(Object.keys(again.summary.seconds)).toEqual(['find']);
});
