import Database from 'better-sqlite3';
import { copyFile, mkdtemp, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestTree, makePhotoTree, scene, write } from '../helpers/photo-tree.ts';
import { buildWhatIsMissing, lookalike, start, type Ended } from '../helpers/program.ts';

let home: string;
let photos: string;
let untouched: Record<string, string>;

const run = (...words: string[]): Promise<Ended> => lookalike(words, { home });
const at = (name: string): string => join(photos, name);

async function json<T>(...words: string[]): Promise<T> {
  const { code, out, err } = await run(...words, '--json', '--quiet');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as T;
}

interface Summary {
  photos: number;
  new: number;
  changed: number;
  moved: number;
  unchanged: number;
  removed: number;
  offline: number;
  failed: Record<string, number>;
  groups: number;
  seconds: Record<string, number>;
  backend: string;
  model: string;
}
interface Member {
  id: number;
  path: string;
  relation: string;
}
interface Group {
  id: number;
  keeper: number;
  members: Member[];
}

beforeAll(async () => {
  buildWhatIsMissing();
  home = await realpath(await mkdtemp(join(tmpdir(), 'lookalike-cli-')));
  photos = join(home, 'photos');
  await makePhotoTree(home);
  untouched = await digestTree(photos);
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Later tests build on what earlier ones scanned, as a user's commands do. */
describe('a library, from the first scan on', () => {
  it('is not there before', async () => {
    expect(await run('groups')).toMatchObject({ code: 3, out: '' });
    expect(await json('doctor')).toMatchObject({ database: { ok: true, photos: 0 }, folders: [] });
    expect(await readdir(home)).toEqual(['elsewhere', 'photos']);
  });

  it('scan: counts every file once and says why three can’t be read', async () => {
    const summary = await json<Summary>('scan', 'photos');
    expect(summary).toMatchObject({
      photos: 8,
      new: 8,
      changed: 0,
      moved: 0,
      unchanged: 0,
      removed: 0,
      offline: 0,
      failed: { EMPTY: 1, CUT_OFF: 1, NOT_A_PHOTO: 1 },
      groups: 3,
    });
    expect(Object.keys(summary.seconds)).toEqual(['find', 'read', 'compare', 'look', 'group']);
    expect(summary.backend).toMatch(/^(tensorflow|wasm|cpu)$/);
    expect(summary.model).not.toBe('');
  });

  it('scan again: nothing is new', async () => {
    expect(await json<Summary>('scan', photos)).toMatchObject({ photos: 8, new: 0, unchanged: 8, groups: 3 });
  });

  it('failed: path, code, reason, time', async () => {
    const failed = await json<{ path: string; code: string; reason: string; since: string }[]>('failed');
    expect(Object.fromEntries(failed.map(({ path, code }) => [path, code]))).toEqual({
      [at('broken/empty.jpg')]: 'EMPTY',
      [at('broken/cut off.jpg')]: 'CUT_OFF',
      [at('broken/page.jpg')]: 'NOT_A_PHOTO',
    });
    for (const { reason, since } of failed) {
      expect(reason).not.toBe('');
      expect(new Date(since).toISOString()).toBe(since);
    }
    expect((await run('failed')).out).toContain('3 files could not be read');
  });

  it('groups: the copies that were made, with their keeper and relation', async () => {
    const groups = await json<Group[]>('groups');
    const told = groups.map(({ keeper, members }) =>
      members
        .map(
          ({ id, path, relation }) => `${id === keeper ? 'keep' : relation} ${path.slice(photos.length + 1)}`,
        )
        .sort(),
    );
    expect(told.map((members) => members.length).sort()).toEqual([2, 2, 3]);
    const all = told.flat();
    expect(all.filter((line) => line.startsWith('keep'))).toHaveLength(3);
    const one = told.find((members) => members.some((line) => line.endsWith('one.jpg')))!;
    expect(one.map((line) => line.split(' ')[0])).toEqual(['exact', 'keep']);
    const two = told.find((members) => members.length === 3)!;
    expect(two).toContain('resized nested/two small.jpg');
    expect(two.filter((line) => line.startsWith('same-pixels'))).toHaveLength(1);
    const three = told.find((members) => members.some((line) => line.endsWith('three.jpg')))!;
    expect(three.filter((line) => line.startsWith('re-encoded'))).toHaveLength(1);
  });

  it('groups: filters and limit', async () => {
    expect(await json<Group[]>('groups', '--limit', '1')).toHaveLength(1);
    const exact = await json<Group[]>('groups', '--relation', 'exact');
    expect(exact.map(({ members }) => members.length)).toEqual([2]);
    expect(await json<Group[]>('groups', '--kind', 'burst')).toEqual([]);
    expect(await json<Group[]>('groups', '--min-probability', '1')).toEqual(exact);
    const { out } = await run('groups');
    expect(out).toMatch(/^3 groups, 4 copies, /);
    expect(out).toMatch(/Same file +100 %/);
    expect(out).not.toContain('\u001b');
  });

  it('pairs: NDJSON, each pair once, best first', async () => {
    const { out } = await run('pairs', '--top', '3', '--json');
    const pairs = out
      .trimEnd()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as { a: string; b: string; score: number; probability: number; relation: string },
      );
    const keys = pairs.map(({ a, b }) => [a, b].sort().join('\n'));
    expect(new Set(keys).size).toBe(keys.length);
    expect(pairs.map(({ score }) => score)).toEqual(pairs.map(({ score }) => score).sort((a, b) => b - a));
    expect(pairs[0]).toMatchObject({ relation: 'exact' });
    const paths = new Set(pairs.flatMap(({ a, b }) => [a, b]));
    expect(paths.size).toBe(8);
    for (const path of paths) expect(path.startsWith(`${photos}/`)).toBe(true);
    const best = await run('pairs', '--min-score', String(pairs[1]!.score), '--json');
    expect(best.out.trimEnd().split('\n')).toEqual(out.split('\n').slice(0, 2));
  });

  it('pairs: a reader that stops reading is no failure', async () => {
    const running = start(['pairs', '--json'], { home });
    running.process.stdout!.destroy();
    const { code, err } = await running.ended;
    expect([code, err]).toEqual([0, '']);
  });

  it('similar: a picture from outside, best first, and it is not added', async () => {
    const outside = join(home, 'elsewhere', 'two cropped.jpg');
    await sharp(await scene(2).jpeg().toBuffer())
      .resize(300)
      .jpeg()
      .toFile(outside);
    const similar = await json<
      { path: string; score: number; distance: number; probability: number; relation: string }[]
    >('similar', outside, '--top', '4');
    expect(similar).toHaveLength(4);
    for (const { path } of similar.slice(0, 3)) expect(path).toContain('/nested/');
    expect(Object.keys(similar[0]!).sort()).toEqual(['distance', 'path', 'probability', 'relation', 'score']);
    expect(similar.map(({ score }) => score)).toEqual(
      similar.map(({ score }) => score).sort((a, b) => b - a),
    );
    expect(await json<Summary>('scan', 'photos')).toMatchObject({ photos: 8, unchanged: 8 });
    await rm(outside);
    const gone = await run('similar', outside);
    expect([gone.code, gone.out]).toEqual([3, '']);
    expect(gone.err).toContain(outside);
  });

  it('map: JSON, CSV and a picture', async () => {
    const map = await json<{ explainedVariance: number[]; points: Record<string, unknown>[] }>(
      'map',
      '--dims',
      '3',
    );
    expect(map.explainedVariance).toHaveLength(3);
    expect(map.points).toHaveLength(8);
    expect(Object.keys(map.points[0]!).sort()).toEqual(['id', 'label', 'path', 'x', 'y', 'z']);
    const csv = (await run('map', '--format', 'csv')).out.trimEnd().split('\r\n');
    expect(csv[0]).toBe('id,path,x,y,label');
    expect(csv).toHaveLength(9);
    const file = join(home, 'elsewhere', 'map.svg');
    expect(await run('map', '--output', file, '--color-by', 'group')).toMatchObject({ code: 0 });
    expect(await sharp(file).metadata()).toMatchObject({ format: 'svg', width: 1200 });
    await rm(file);
  });

  it('doctor: what works, and the database with its folders', async () => {
    const report = await json<{
      backends: { name: string; available: boolean; chosen: boolean }[];
      formats: Record<string, true | string>;
      database: { path: string; photos: number; ok: boolean; bytes: number; schema: number };
      folders: { path: string; photos: number }[];
    }>('doctor');
    expect(report.backends.map(({ name }) => name)).toEqual(['wasm', 'tensorflow', 'cpu']);
    expect(report.backends.filter(({ chosen }) => chosen)).toHaveLength(1);
    for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'])
      expect(report.formats[format]).toBe(true);
    expect(report.database).toMatchObject({ photos: 8, ok: true });
    expect(report.database.path.startsWith(home)).toBe(true);
    expect(report.folders).toMatchObject([{ path: photos, photos: 8 }]);
  });

  it('has changed nothing in the folder until now', async () => {
    expect(await digestTree(photos)).toEqual(untouched);
  });

  it('scan: a renamed file is moved, a new one new, a deleted one removed', async () => {
    await rename(at('three.jpg'), at('nested/third.jpg'));
    await rm(at('four'));
    await write(at('seven.jpg'), await scene(7).jpeg().toBuffer());
    expect(await json<Summary>('scan', 'photos')).toMatchObject({
      photos: 8,
      new: 1,
      moved: 1,
      removed: 1,
      unchanged: 6,
      groups: 3,
    });
  });

  it('scan: hidden files, links and globs as told, and later scans keep to it', async () => {
    const wide = await json<Summary>(
      'scan',
      'photos',
      '--hidden',
      '--follow-links',
      '--exclude',
      '**/broken/**',
    );
    expect(wide).toMatchObject({ photos: 10, new: 2, failed: {} });
    expect(await json<Summary>('scan', 'photos')).toMatchObject({ photos: 10, unchanged: 10, failed: {} });
  });

  it('scan: a reference folder is compared', async () => {
    await copyFile(at('seven.jpg'), join(home, 'elsewhere', 'seven.jpg'));
    const db = join(home, 'other.sqlite');
    const summary = await json<Summary>('scan', 'photos', '--reference', 'elsewhere', '--db', db);
    expect(summary.groups).toBe(4);
    const { folders } = await json<{ folders: { path: string; role: string }[] }>('doctor', '--db', db);
    expect(folders.map(({ role }) => role).sort()).toEqual(['library', 'reference']);
  });
});

describe('compare', () => {
  it('needs no library and leaves none', async () => {
    const own = await mkdtemp(join(tmpdir(), 'lookalike-compare-'));
    const { code, out } = await lookalike(
      ['compare', at('one.jpg'), at('-odd name, “quoted”.jpg'), '--json'],
      {
        home: own,
      },
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      score: 1,
      probability: 1,
      relation: 'exact',
      verdict: 'same',
      alignment: { quarterTurns: 0, mirrored: false, scale: 1, overlapA: 1, overlapB: 1 },
      differences: [],
    });
    expect(await readdir(own)).toEqual([]);
    await rm(own, { recursive: true });
  });

  it('tells two scenes apart', async () => {
    const different = await json<{ verdict: string; probability: number }>(
      'compare',
      at('one.jpg'),
      at('seven.jpg'),
    );
    expect(different.verdict).toBe('different');
    expect(different.probability).toBeLessThan(0.5);
  });

  it('names the file that can’t be read', async () => {
    const { code, err } = await run('compare', at('one.jpg'), at('broken/page.jpg'));
    expect(code).toBe(3);
    expect(err).toContain(at('broken/page.jpg'));
  });
});

describe('what can’t be worked on', () => {
  it('a folder that is not there: 3', async () => {
    const { code, err } = await run('scan', 'no such folder');
    expect(code).toBe(3);
    expect(err).toContain(join(home, 'no such folder'));
  });

  it('a folder without photos: 3', async () => {
    await write(join(home, 'texts', 'a.txt'), 'a');
    const { code, err } = await run('scan', 'texts', '--db', 'texts.sqlite');
    expect(code).toBe(3);
    expect(err).toContain('No photos there');
  });

  it('a file that is no database, and one of a newer version: 4, and neither is touched', async () => {
    const garbage = join(home, 'garbage.sqlite');
    await writeFile(garbage, 'this is no database, but long enough to look at. '.repeat(100));
    const newer = join(home, 'newer.sqlite');
    expect((await run('scan', 'texts', '--db', newer)).code).toBe(3);
    const database = new Database(newer);
    database.pragma('user_version = 9999');
    database.close();
    const before = await digestTree(home);
    for (const [file, words] of [
      [garbage, garbage],
      [newer, 'newer version'],
    ] as const) {
      for (const command of [['groups'], ['scan', 'photos'], ['doctor']]) {
        const { code, err } = await run(...command, '--db', file);
        expect([command, code]).toEqual([command, 4]);
        expect(err).toContain(words);
      }
    }
    const after = await digestTree(home);
    for (const name of ['garbage.sqlite', 'newer.sqlite'])
      expect(after[name]?.split(' ').at(-1)).toBe(before[name]?.split(' ').at(-1));
  });

  it('LOOKALIKE_DB names the database, and --db wins over it', async () => {
    const env = { LOOKALIKE_DB: join(home, 'nowhere.sqlite') };
    const named = await lookalike(['groups'], { home, env });
    expect(named.code).toBe(3);
    expect(named.err).toContain(env.LOOKALIKE_DB);
    const won = await lookalike(['doctor', '--json', '--db', 'other.sqlite'], { home, env });
    expect(JSON.parse(won.out)).toMatchObject({ database: { path: join(home, 'other.sqlite') } });
  });
});
