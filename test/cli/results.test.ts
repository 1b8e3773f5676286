import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LookalikeError } from '../../src-main/contract/errors.ts';
import type { LibraryMap, MissingPhotos } from '../../src-main/contract/model.ts';
import type { Answers } from './helpers/engine-double.ts';
import { runInProcess } from './helpers/in-process.ts';
import { folder, group, groupPage, member, photo, progress, summary } from './helpers/photos.ts';

const library: Answers = { 'library.summary': () => ({ photos: 9, failed: [] }) as never };

describe('scan', () => {
  const answers: Answers = {
    'folders.list': () => [],
    'folders.add': ({ paths }) => paths.map((path, i) => folder(i + 1, path)),
    'scan.run': (_input, { onEvent }) => {
      onEvent?.(progress({ stage: 'find', done: 12, total: null, stageSeconds: 0.1 }));
      onEvent?.(progress({ stage: 'read', done: 0, total: 10 }));
      onEvent?.(progress({ stage: 'read', done: 10, total: 10, failed: 2, stageSeconds: 2 }));
      return summary({ failed: { CUT_OFF: 1, EMPTY: 1 }, groups: 3, removed: 1 });
    },
  };

  it('prints the summary’s fields as JSON', async () => {
    const { code, out } = await runInProcess(['scan', 'a', '--json', '--quiet'], answers);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      photos: 10,
      new: 10,
      changed: 0,
      moved: 0,
      unchanged: 0,
      removed: 1,
      offline: 0,
      failed: { CUT_OFF: 1, EMPTY: 1 },
      groups: 3,
      seconds: { find: 0.1, read: 2, compare: 0.2, group: 0.1 },
      backend: 'wasm',
      model: 'model-1',
      stopped: false,
    });
  });

  it('says it in words, and a line a finished stage on standard error', async () => {
    const { out, err } = await runInProcess(['scan', 'a'], answers);
    expect(out).toBe(
      [
        '10 photos: 10 new',
        '1 no longer there',
        '2 could not be read (1 empty, 1 ends too early). “lookalike failed” lists them.',
        '3 groups of copies. “lookalike groups” lists them.',
        '2.4 s (Find files 0.1 s, Read photos 2.0 s, Compare 0.2 s, Group 0.1 s)',
        'Computed by wasm, model model-1',
        '',
      ].join('\n'),
    );
    expect(err).toBe('Find files: 12 files, 0.1 s\nRead photos: 10 photos, 2 unreadable, 2.0 s\n');
    expect((await runInProcess(['scan', 'a', '--quiet'], answers)).err).toBe('');
  });

  it('adds folders by absolute path, in their roles, with their rules', async () => {
    const { engine } = await runInProcess(
      [
        'scan',
        'a',
        '/b',
        '--reference',
        'r',
        '--exclude',
        'x/**',
        '--exclude',
        'y',
        '--hidden',
        '--follow-links',
      ],
      answers,
    );
    const rules = { hidden: true, followLinks: true, exclude: ['x/**', 'y'] };
    expect(engine.asked.filter(({ name }) => name === 'folders.add').map(({ input }) => input)).toEqual([
      { paths: ['/work-here/a'], role: 'library', ...rules },
      { paths: ['/b'], role: 'library', ...rules },
      { paths: ['/work-here/r'], role: 'reference', ...rules },
    ]);
  });

  it('leaves a known folder’s rules and a reference’s role alone unless told otherwise', async () => {
    const known = [
      folder(5, '/b', { exclude: ['old'] }),
      folder(6, '/r', { role: 'reference', hidden: true }),
      folder(7, '/e', { role: 'excluded', exclude: ['z'] }),
    ];
    const again: Answers = { ...answers, 'folders.list': () => known };
    const { engine } = await runInProcess(['scan', '/b', '/r', '/e'], again);
    expect(engine.asked.slice(-2)).toEqual([
      {
        name: 'folders.add',
        input: { paths: ['/e'], role: 'library', hidden: false, followLinks: false, exclude: ['z'] },
      },
      { name: 'scan.run', input: { folders: [5, 6, 1] } },
    ]);
    const told = await runInProcess(['scan', '/r', '--exclude', 'new'], again);
    expect(told.engine.asked).toContainEqual({
      name: 'folders.add',
      input: { paths: ['/r'], role: 'reference', hidden: false, followLinks: false, exclude: ['new'] },
    });
    expect(told.err).toContain('/r stays a reference folder.');
  });

  it('ends with 3 when there is nothing', async () => {
    const nothing: Answers = { ...answers, 'scan.run': () => summary({ photos: 0, new: 0 }) };
    const { code, err } = await runInProcess(['scan', 'a'], nothing);
    expect(code).toBe(3);
    expect(err).toContain('No photos there');
    const onlyBroken: Answers = {
      ...answers,
      'scan.run': () => summary({ photos: 0, failed: { EMPTY: 1 } }),
    };
    expect((await runInProcess(['scan', 'a'], onlyBroken)).code).toBe(0);
  });

  it('tells of a crash of the engine and names the file that is left out', async () => {
    const crashing: Answers = {
      ...answers,
      'scan.run': (_input, _options, engine) => {
        engine.notify({ type: 'engine-exited', restarts: 1 });
        engine.notify({ type: 'engine-restarted', restarts: 1, blamed: '/p/odd.jpg' });
        return summary();
      },
    };
    const { code, err } = await runInProcess(['scan', 'a', '--quiet'], crashing);
    expect(code).toBe(0);
    expect(err).toContain('The engine stopped; what was committed is safe.');
    expect(err).toContain('“/p/odd.jpg” made it stop and is left out');
  });
});

describe('failed', () => {
  it('lists path, code, reason and time', async () => {
    const row = {
      id: 3,
      path: '/p/a.jpg',
      code: 'CUT_OFF',
      reason: 'Stops at 4 %',
      since: '2020-01-01',
    } as const;
    const answers: Answers = { ...library, 'failures.list': () => [row] };
    const { path, code, reason, since } = row;
    expect(JSON.parse((await runInProcess(['failed', '--json'], answers)).out)).toEqual([
      { path, code, reason, since },
    ]);
    expect((await runInProcess(['failed'], answers)).out).toBe(
      '1 file could not be read\nEnds too early  /p/a.jpg  Stops at 4 %\n',
    );
    expect((await runInProcess(['failed', '--json'], { ...library, 'failures.list': () => [] })).out).toBe(
      '[]\n',
    );
  });

  it('lets no file name write to the terminal', async () => {
    const path = '/p/\u001b[31mred\n.jpg';
    const row = { id: 3, path, code: 'EMPTY', reason: 'r', since: '2020' } as const;
    const answers: Answers = { ...library, 'failures.list': () => [row] };
    expect((await runInProcess(['failed'], answers)).out).toContain('/p/\\x1b[31mred\\x0a.jpg');
    expect(JSON.parse((await runInProcess(['failed', '--json'], answers)).out)).toMatchObject([{ path }]);
  });
});

describe('groups', () => {
  const groups = Array.from({ length: 1203 }, (_, i) =>
    group(
      i + 1,
      [
        member(2 * i + 1),
        member(2 * i + 2, {
          relation: 'resized',
          reasons: ['re-encoded'],
          score: 0.97,
          probability: 0.9994,
          width: 800,
          height: 600,
          bytes: 90_000,
        }),
      ],
      { probability: 0.9994 },
    ),
  );
  const answers: Answers = {
    ...library,
    // A page may come back short.
    'groups.list': ({ offset = 0, limit = 100 }) =>
      groupPage(
        groups.slice(offset, offset + limit).filter(({ id }) => id !== 3),
        groups.length,
      ),
  };

  it('has the fields of the contract', async () => {
    const [first] = JSON.parse(
      (await runInProcess(['groups', '--json', '--limit', '1'], answers)).out,
    ) as unknown[];
    expect(first).toEqual({
      id: 1,
      kind: 'copies',
      keeper: 1,
      keeperReasons: ['Most pixels: 12 million'],
      tier: 'safe',
      probability: 0.9994,
      bytesToGain: 5_000_000,
      weakest: { a: 1, b: 2, score: 1, probability: 1 },
      members: [
        {
          id: 1,
          path: '/photos/1.jpg',
          width: 4000,
          height: 3000,
          bytes: 5_000_000,
          format: 'jpeg',
          takenAt: null,
          relation: 'exact',
          score: 1,
          probability: 1,
          reasons: [],
          edits: [],
          sentence: 'Same file',
        },
        {
          id: 2,
          path: '/photos/2.jpg',
          width: 800,
          height: 600,
          bytes: 90_000,
          format: 'jpeg',
          takenAt: null,
          relation: 'resized',
          score: 0.97,
          probability: 0.9994,
          reasons: ['re-encoded'],
          edits: [],
          sentence: 'Same file',
        },
      ],
    });
  });

  it('calls frames of a burst photos, not copies', async () => {
    const burst = group(1, [member(1), member(2, { relation: 'burst', probability: 0 })], {
      kind: 'burst',
      tier: 'check',
      probability: 0,
    });
    const page = { ...answers, 'groups.list': () => groupPage([burst]) };
    const { out } = await runInProcess(['groups', '--kind', 'burst'], page);
    expect(out).toContain('1 group\n');
    expect(out).toContain('1. Burst: 2 photos\n');
    expect(out).toContain('The first is best because: ');
    expect(out).not.toMatch(/cop(y|ies)|%|keep/i);
  });

  it('comes page by page to the end, or to the limit', async () => {
    const all = JSON.parse((await runInProcess(['groups', '--json'], answers)).out) as { id: number }[];
    expect(all.map(({ id }) => id)).toEqual(groups.map(({ id }) => id).filter((id) => id !== 3));
    const some = await runInProcess(['groups', '--json', '--limit', '600'], answers);
    expect(JSON.parse(some.out)).toHaveLength(599);
    expect(some.engine.asked.filter(({ name }) => name === 'groups.list').map(({ input }) => input)).toEqual([
      { kind: 'copies', offset: 0, limit: 500 },
      { kind: 'copies', offset: 500, limit: 100 },
    ]);
  });

  it('passes the filters on', async () => {
    const { engine } = await runInProcess(
      [
        'groups',
        '--kind',
        'all',
        '--min-probability',
        '0.9',
        '--relation',
        'exact',
        '--relation',
        'resized',
        '--limit',
        '2',
      ],
      answers,
    );
    expect(engine.asked.at(-1)?.input).toEqual({
      kind: 'all',
      minProbability: 0.9,
      relations: ['exact', 'resized'],
      offset: 0,
      limit: 2,
    });
  });

  it('reads as text, keeper first', async () => {
    const { out } = await runInProcess(['groups', '--limit', '1'], answers);
    expect(out).toBe(`1,203 groups, 1 copy, 5.0 MB to gain

1. Certain, 99.94 %: 1 copy, 5.0 MB to gain
   Keep                           12 MP  5.0 MB  /photos/1.jpg
   Resized, re-encoded  99.94 %  0.5 MP   90 KB  /photos/2.jpg
   Keep the first because: Most pixels: 12 million

1,202 more groups
`);
  });

  it('says so when there are none', async () => {
    const none: Answers = { ...library, 'groups.list': () => groupPage([]) };
    expect(await runInProcess(['groups'], none)).toMatchObject({ code: 0, out: 'No groups of copies\n' });
    expect(await runInProcess(['groups', '--json'], none)).toMatchObject({ code: 0, out: '[]\n' });
  });
});

describe('pairs', () => {
  const pair = (a: string, score: number) =>
    ({ a, b: '/b', score, probability: 0.5, relation: 'similar' }) as const;
  const answers: Answers = {
    ...library,
    'pairs.list': (_input, { onEvent }) => {
      onEvent?.([pair('/1', 0.9), pair('/2', 0.8)]);
      onEvent?.([pair('/3', 0.7)]);
      return { pairs: 3 };
    },
  };

  it('are NDJSON in the order they come', async () => {
    const { out } = await runInProcess(['pairs', '--json', '--top', '2'], answers);
    const told = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(told).toEqual([pair('/1', 0.9), pair('/2', 0.8), pair('/3', 0.7)]);
  });

  it('are aligned text', async () => {
    const { out } = await runInProcess(['pairs'], answers);
    expect(out.split('\n')[0]).toBe('0.900     50 %  Similar      /1  /b');
  });
});

describe('similar', () => {
  it('lists paths, best first, with the metric asked for', async () => {
    const answers: Answers = {
      ...library,
      'similar.toFile': () => [
        {
          ...{ photo: photo(4), score: 0.9, distance: 0.1, probability: 0.999, relation: 'resized' },
          ...{ likeness: 0.9, tier: 'safe', edits: [] },
        },
      ],
    };
    const { out, engine } = await runInProcess(['similar', 'x.jpg', '--metric', 'l2', '--json'], answers);
    expect(JSON.parse(out)).toEqual([
      { path: '/photos/4.jpg', score: 0.9, distance: 0.1, probability: 0.999, relation: 'resized' },
    ]);
    expect(engine.asked.at(-1)?.input).toEqual({ path: '/work-here/x.jpg', metric: 'l2' });
  });
});

describe('compare', () => {
  const answers: Answers = {
    'compare.files': () => ({
      score: 0.912,
      probability: 0.97,
      relation: 'rotated',
      verdict: 'same',
      alignment: { quarterTurns: 1, mirrored: false, scale: 0.5, overlapA: 1, overlapB: 0.8 },
      differences: ['B has fewer pixels'],
      reasons: [],
      sentence: 'Turned a quarter to the right',
      tier: 'likely',
      measures: null,
      facts: [],
    }),
  };

  it('needs no library', async () => {
    const { code, out } = await runInProcess(['compare', 'a', 'b', '--json'], answers, {
      database: '/nowhere/l',
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      score: 0.912,
      probability: 0.97,
      relation: 'rotated',
      verdict: 'same',
      alignment: { quarterTurns: 1, mirrored: false, scale: 0.5, overlapA: 1, overlapB: 0.8 },
      differences: ['B has fewer pixels'],
    });
  });

  it('says it in words', async () => {
    const { out } = await runInProcess(['compare', 'a', 'b'], answers);
    expect(out).toMatch(/^Same photo\nTurned a quarter to the right\.\n/);
    expect(out).toContain('turned by 90°, not mirrored');
    expect(out).toContain('100 % of A, 80 % of B');
    expect(out).toContain('  B has fewer pixels');
  });
});

describe('similar --missing', () => {
  const found: MissingPhotos = {
    photos: 3,
    same: 1,
    copies: [{ path: '/card/b.jpg', of: photo(4), relation: 'resized', probability: 0.99 }],
    missing: ['/card/c.jpg'],
    failed: [{ path: '/card/d.jpg', reason: 'It is empty.' }],
  };
  const answers: Answers = { ...library, 'similar.missing': () => found };

  it('lists what a folder has that the library lacks, and counts the rest', async () => {
    const { code, out, err } = await runInProcess(['similar', '/card', '--missing'], answers);
    expect(code).toBe(0);
    expect(out).toBe(
      '/card/c.jpg\n3 photos, 1 in the library, 1 as another copy, 1 missing, 1 unreadable.\n',
    );
    expect(err).toContain('/card/d.jpg: It is empty.');
  });

  it('is one document for scripts', async () => {
    const { out } = await runInProcess(['similar', '/card', '--missing', '--json'], answers);
    expect(JSON.parse(out)).toMatchObject({ copies: [{ of: '/photos/4.jpg' }], missing: ['/card/c.jpg'] });
  });

  it('is asked for by name: a folder alone is no picture', async () => {
    const { code, err } = await runInProcess(['similar', '/'], answers);
    expect(code).toBe(2);
    expect(err).toContain('It is a folder');
  });
});

describe('map', () => {
  let folderPath: string;
  beforeAll(async () => {
    folderPath = await mkdtemp(join(tmpdir(), 'lookalike-map-'));
  });
  afterAll(() => rm(folderPath, { recursive: true, force: true }));

  const points: LibraryMap = {
    dims: 3,
    explainedVariance: [0.2, 0.1, 0.05],
    coordinates: Float32Array.of(0.5, -1, 2, 0.25, 0, 1),
    ...{ source: '', axes: [0, 1, 2], components: [0.2, 0.1, 0.05] },
    ids: Int32Array.of(1, 2),
    paths: ['/a, "b".jpg', '/c.jpg'],
    labels: ['A & B', ''],
    labelOf: Int32Array.of(0, 1),
  };
  const answers: Answers = { ...library, 'map.points': () => points };

  it('is JSON unless told otherwise', async () => {
    const { out, engine } = await runInProcess(['map', '--dims', '3', '--color-by', 'camera'], answers);
    expect(JSON.parse(out)).toEqual({
      explainedVariance: [0.2, 0.1, 0.05],
      points: [
        { id: 1, path: '/a, "b".jpg', x: 0.5, y: -1, z: 2, label: 'A & B' },
        { id: 2, path: '/c.jpg', x: 0.25, y: 0, z: 1, label: '' },
      ],
    });
    expect(engine.asked.at(-1)?.input).toEqual({ dims: 3, colorBy: 'camera', paths: true });
  });

  it('is CSV that spreadsheets read', async () => {
    const { out } = await runInProcess(['map', '--dims', '3', '--format', 'csv'], answers);
    expect(out).toBe('id,path,x,y,z,label\r\n1,"/a, ""b"".jpg",0.5,-1,2,A & B\r\n2,/c.jpg,0.25,0,1,\r\n');
  });

  it('goes whole into a file whose ending says the format', async () => {
    const file = join(folderPath, 'map.svg');
    const { code, out } = await runInProcess(['map', '--output', file], answers);
    expect(code).toBe(0);
    expect(out).toContain(`${file}: 2 photos, 35 % of what tells them apart`);
    expect(await readFile(file, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(await readdir(folderPath)).toEqual(['map.svg']);
  });

  it('says when the file can’t be written', async () => {
    const { code, err } = await runInProcess(['map', '--output', join(folderPath, 'no', 'map.csv')], answers);
    expect(code).toBe(2);
    expect(err).toContain('can’t be written');
  });
});

describe('doctor', () => {
  const report = {
    version: '1',
    node: 'v24',
    backends: [{ name: 'wasm', available: true, chosen: true, reason: '' }] as const,
    localFeatures: { runs: 'typescript', reason: 'There is no SIMD.' },
    formats: { jpeg: true, heic: 'not yet' } as const,
    database: { path: '/l.sqlite', schema: 1, photos: 5, bytes: 9_000, ok: true },
    folders: [{ path: '/p', role: 'library', online: true, photos: 5 }] as const,
    model: 'model-1',
  };

  it('has the fields of the contract', async () => {
    const answers = { 'doctor.report': () => report as never };
    const { code, out } = await runInProcess(['doctor', '--json'], answers);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(report);
    const text = (await runInProcess(['doctor'], answers)).out;
    expect(text).toContain('/l.sqlite  schema 1, 5 photos, 9 KB, in order');
    expect(text).toMatch(/heic {2}not yet/);
    expect(text).toContain('in JavaScript, slow: There is no SIMD.');
  });

  it('says why a database can’t be used, and ends with 4', async () => {
    const database = { ...report.database, ok: false };
    const { code, out, err } = await runInProcess(['doctor', '--json'], {
      'doctor.report': () => ({ ...report, database }) as never,
      'folders.list': () => {
        throw new LookalikeError('DATABASE_NEWER', 'It is of a newer version.', { nextStep: 'Update.' });
      },
    });
    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({ database: { ok: false, problem: 'It is of a newer version.' } });
    expect(err).toBe('It is of a newer version. Update.\n');
  });
});
