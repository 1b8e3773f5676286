import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readMatcherCard, weightsOf } from '../../../src-main/engine/matching/card.ts';
import type { Judgement } from '../../../src-main/engine/matching/judge.ts';
import { settleOpen, withOpenQuestion } from '../../../src-main/engine/matching/open-pair.ts';
import { lookAgain, type SideOnDisk } from '../../../src-main/engine/matching/second-look.ts';
import { loadJudge } from '../../../src-main/engine/matching/tools.ts';
import { bestCosine } from '../../../src-main/engine/matching/side.ts';
import { createReaderPool } from '../../../src-main/engine/reader/pool.ts';
import { SAFE_FROM } from '../../../src-main/engine/similarity/matcher/score.ts';
import { buildWasm } from '../features/built-wasm.ts';
import { pagePixels } from '../scan/made-pages.ts';
import { optionsFor } from '../scan/temporary-library.ts';
import { sideOf } from './made-sides.ts';

const directory = await mkdtemp(join(tmpdir(), 'lookalike-open-pair-'));
const assets = join(import.meta.dirname, '../../../assets/matcher');
const wasmDirectory = await buildWasm();
const pool = createReaderPool({ ...optionsFor(join(directory, 'none.db')), wasmDirectory });
const [judge, weights] = [await loadJudge(assets, wasmDirectory), weightsOf(await readMatcherCard(assets))];
afterAll(async () => {
  await pool.close();
  await rm(directory, { recursive: true });
});

async function onDisk(name: string, bytes: Buffer): Promise<SideOnDisk> {
  const path = join(directory, name);
  await writeFile(path, bytes);
  return { match: await sideOf(bytes), path, hash: createHash('sha256').update(bytes).digest() };
}

async function judged(a: SideOnDisk, b: SideOnDisk): Promise<Judgement> {
  return judge.judge(a.match, b.match, bestCosine(a.match, b.match));
}

const page = await onDisk('page.png', await pagePixels({ seed: 5 }).png().toBuffer());
const copy = await onDisk('copy.jpg', await pagePixels({ seed: 5 }).jpeg({ quality: 85 }).toBuffer());
const otherPage = pagePixels({ seed: 5, word: 9 }).jpeg({ quality: 85 });
const other = await onDisk('other.jpg', await otherPage.toBuffer());
const { signal } = new AbortController();

describe('a pair that thumbnails leave open', () => {
  it('is settled by its files: a copy of a page is safe, a page with another word is none', async () => {
    const seen: [Judgement, Judgement][] = [];
    for (const side of [copy, other]) {
      const before = withOpenQuestion(page.match, side.match, await judged(page, side));
      expect(before.measures).toMatchObject({ open: 'page', looked: 'thumbnails' });
      expect(before.score).toBeLessThan(SAFE_FROM);
      seen.push([before, await settleOpen(pool, weights, page, side, before, signal)]);
    }
    const [same, changed] = seen.map(([, after]) => after);
    expect(same!.score).toBeGreaterThanOrEqual(SAFE_FROM);
    expect(same).toMatchObject({ likeness: 'copy', measures: { looked: 'files', differing: [] } });
    expect(changed).toMatchObject({ likeness: 'layout', measures: { looked: 'files' } });
    expect(changed!.measures!.differing).not.toEqual([]);
    for (const [, after] of seen) expect(after.measures).not.toHaveProperty('open');
  });

  it('stays open, but tried, where a file is too small to show a word', async () => {
    const small = await onDisk('small.jpg', await pagePixels({ seed: 5 }).resize(380).jpeg().toBuffer());
    const after = await settleOpen(pool, weights, page, small, await judged(page, small), signal);
    expect(after.measures).toMatchObject({ open: 'page', looked: 'files' });
    expect(after.score).toBeLessThan(SAFE_FROM);
  });

  it('opens no file where nothing is open', async () => {
    const nowhere = { ...page, path: join(directory, 'nowhere.png') };
    const judgement: Judgement = { ...(await judged(page, copy)), looked: null };
    expect(await lookAgain(pool, weights, nowhere, copy, judgement, signal)).toBe(judgement);
  });

  it('is an error that names the file when it is gone', async () => {
    const gone = { ...copy, path: join(directory, 'gone.jpg') };
    const asked = settleOpen(pool, weights, page, gone, await judged(page, gone), signal);
    await expect(asked).rejects.toMatchObject({
      code: 'PHOTO_UNREADABLE',
      message: expect.stringContaining('gone.jpg') as string,
    });
  });
});
