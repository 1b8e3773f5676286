import Database from 'better-sqlite3';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestTree, scene, write } from '../helpers/photo-tree.ts';
import { buildWhatIsMissing, lookalike, start, type Running } from '../helpers/program.ts';

/** Enough that no scan of them is over when the signal comes. */
const PHOTOS = 400;
/** Few copies of each: what is compared grows with the square of a family. */
const SCENES = 100;

let home: string;
let untouched: Record<string, string>;

beforeAll(async () => {
  buildWhatIsMissing();
  home = await realpath(await mkdtemp(join(tmpdir(), 'lookalike-stop-')));
  const scenes = await Promise.all(
    Array.from({ length: SCENES }, (_, i) =>
      scene(100 + i)
        .png({ compressionLevel: 0 })
        .toBuffer(),
    ),
  );
  for (let i = 0; i < PHOTOS; i++) {
    const image = sharp(scenes[i % SCENES]).jpeg({ quality: 40 + Math.floor(i / SCENES) });
    await write(join(home, 'photos', `${i}.jpg`), await image.toBuffer());
  }
  untouched = await digestTree(join(home, 'photos'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

function slowScan(db: string): Running {
  return start(['scan', 'photos', '--json', '--threads', '1', '--db', db], { home });
}

function photosIn(db: string): number {
  const database = new Database(join(home, db), { readonly: true });
  try {
    return (database.prepare('SELECT count(*) AS photos FROM contents').get() as { photos: number }).photos;
  } finally {
    database.close();
  }
}

/** Resolves once photos are read and some of them committed. */
async function underWay(scan: Running, db: string): Promise<void> {
  await scan.until('err', /^Find files: .*$/m);
  await expect.poll(() => photosIn(db), { interval: 10, timeout: 60_000 }).toBeGreaterThan(0);
}

async function finish(db: string): Promise<Record<string, unknown>> {
  const { code, out } = await lookalike(['scan', 'photos', '--json', '--quiet', '--db', db], { home });
  expect(code).toBe(0);
  return JSON.parse(out) as Record<string, unknown>;
}

describe('a scan that is interrupted', () => {
  it('by Ctrl-C says what is kept, ends with 130, and goes on the next time', async () => {
    const scan = slowScan('stopped.sqlite');
    await underWay(scan, 'stopped.sqlite');
    scan.process.kill('SIGINT');
    const { code, out, err } = await scan.ended;
    expect(code).toBe(130);
    expect(err).toContain('Stopped. What was read so far is kept; the same command goes on from there.');
    const stopped = JSON.parse(out) as { stopped: boolean; new: number };
    expect(stopped.stopped).toBe(true);
    expect(stopped.new).toBeLessThan(PHOTOS);
    expect(await finish('stopped.sqlite')).toMatchObject({
      photos: PHOTOS,
      new: PHOTOS - stopped.new,
      unchanged: stopped.new,
      stopped: false,
    });
  });

  it('twice ends at once', async () => {
    const scan = slowScan('twice.sqlite');
    await underWay(scan, 'twice.sqlite');
    scan.process.kill('SIGINT');
    await scan.until('err', /Stopping…/);
    scan.process.kill('SIGINT');
    expect((await scan.ended).code).toBe(130);
    expect(await finish('twice.sqlite')).toMatchObject({ photos: PHOTOS, stopped: false });
  });

  it('by SIGKILL loses nothing but the last batch', async () => {
    const scan = slowScan('killed.sqlite');
    await underWay(scan, 'killed.sqlite');
    scan.process.kill('SIGKILL');
    expect((await scan.ended).code).toBeNull();
    expect(await finish('killed.sqlite')).toMatchObject({ photos: PHOTOS, failed: {}, stopped: false });
  });

  it('has changed no photo', async () => {
    expect(await digestTree(join(home, 'photos'))).toEqual(untouched);
  });
});

it('a second scan at the same time is refused with 4 and says why', async () => {
  const first = slowScan('locked.sqlite');
  await underWay(first, 'locked.sqlite');
  const second = await lookalike(['scan', 'photos', '--db', 'locked.sqlite'], { home });
  expect(second.code).toBe(4);
  expect(second.err).toMatch(/scan/i);
  first.process.kill('SIGINT');
  await first.ended;
});
