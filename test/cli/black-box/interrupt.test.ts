import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestTree, scene, write } from '../helpers/photo-tree.ts';
import { buildWhatIsMissing, lookalike, start, type Running } from '../helpers/program.ts';

/** Enough that no scan of them is over when the signal comes. */
const PHOTOS = 160;

let home: string;
let untouched: Record<string, string>;

beforeAll(async () => {
  buildWhatIsMissing();
  home = await realpath(await mkdtemp(join(tmpdir(), 'lookalike-stop-')));
  for (let i = 0; i < PHOTOS; i++) {
    const image = scene(100 + (i % 8)).jpeg({ quality: 60 + Math.floor(i / 8) });
    await write(join(home, 'photos', `${i}.jpg`), await image.toBuffer());
  }
  untouched = await digestTree(join(home, 'photos'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

function slowScan(db: string): Running {
  return start(['scan', 'photos', '--json', '--threads', '1', '--db', db], { home });
}

/** Photos are being read once the stage before is told. */
const reading = /^Find files: .*$/m;

async function finish(db: string): Promise<Record<string, unknown>> {
  const { code, out } = await lookalike(['scan', 'photos', '--json', '--quiet', '--db', db], { home });
  expect(code).toBe(0);
  return JSON.parse(out) as Record<string, unknown>;
}

describe('a scan that is interrupted', () => {
  it('by Ctrl-C says what is kept, ends with 130, and goes on the next time', async () => {
    const scan = slowScan('stopped.sqlite');
    await scan.until('err', reading);
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
    await scan.until('err', reading);
    scan.process.kill('SIGINT');
    await scan.until('err', /Stopping…/);
    scan.process.kill('SIGINT');
    expect((await scan.ended).code).toBe(130);
    expect(await finish('twice.sqlite')).toMatchObject({ photos: PHOTOS, stopped: false });
  });

  it('by SIGKILL loses nothing but the last batch', async () => {
    const scan = slowScan('killed.sqlite');
    await scan.until('err', reading);
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
  await first.until('err', reading);
  const second = await lookalike(['scan', 'photos', '--db', 'locked.sqlite'], { home });
  expect(second.code).toBe(4);
  expect(second.err).toMatch(/scan/i);
  first.process.kill('SIGINT');
  await first.ended;
});
