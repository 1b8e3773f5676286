import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileStamp } from '../../../src-main/engine/library/file-stamp.ts';
import { walk, type DirectoryListing, type WalkOptions } from '../../../src-main/engine/library/walk.ts';

/** Makes files (and `link -> target`, relative to the tree) in a temporary folder. */
function tree(...entries: string[]): string {
  const base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'lookalike-walk-')));
  onTestFinished(() => fs.rmSync(base, { recursive: true, force: true }));
  for (const entry of entries) {
    const [name = '', target] = entry.split(' -> ');
    const file = path.join(base, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    if (target !== undefined) fs.symlinkSync(path.join(base, target), file);
    else if (name.endsWith('/')) fs.mkdirSync(file, { recursive: true });
    else fs.writeFileSync(file, name);
  }
  return base;
}

async function listings(root: string, changes: Partial<WalkOptions> = {}): Promise<DirectoryListing[]> {
  const all: DirectoryListing[] = [];
  const options = { root, hidden: false, followLinks: false, exclude: [], ...changes };
  for await (const listing of walk(options)) all.push(listing);
  return all;
}

async function names(root: string, changes: Partial<WalkOptions> = {}): Promise<string[]> {
  const all = await listings(root, changes);
  return all.flatMap(({ directory, files }) => files.map(({ name }) => path.posix.join(directory, name)));
}

describe('walk', () => {
  it('lists each directory once, parents first, files by name with their stamps', async () => {
    const root = tree('b.jpg', 'a.jpg', 'x/y/deep.png', 'x/z/', 'odd \\ name/ü "1".jpg');
    const all = await listings(root);
    expect(all.map(({ directory }) => directory)).toEqual(['', 'odd \\ name', 'x', 'x/y', 'x/z']);
    expect(all[0]).toEqual({
      directory: '',
      files: ['a.jpg', 'b.jpg'].map((name) => ({
        name,
        stamp: fileStamp(fs.lstatSync(path.join(root, name))),
      })),
      problems: [],
      complete: true,
    });
    expect(all[1]!.files[0]!.name).toBe('ü "1".jpg');
  });

  it('lists what may be a photo, and nothing whose name says otherwise', async () => {
    const root = tree('a.JPG', 'b.xmp', 'c.mov', 'noext', 'd.unheard-of', 'e.pdf');
    expect(await names(root)).toEqual(['a.JPG', 'd.unheard-of', 'noext']);
  });

  it('passes over hidden files and folders unless asked', async () => {
    const root = tree('.h.jpg', '.hidden/a.jpg', 'b.jpg', '._b.jpg');
    expect(await names(root)).toEqual(['b.jpg']);
    expect(await names(root, { hidden: true })).toEqual(['.h.jpg', 'b.jpg', '.hidden/a.jpg']);
  });

  it('never looks into trash, thumbnails and previews', async () => {
    const root = tree(
      '.Trash-1000/files/a.jpg',
      '.cache/thumbnails/b.png',
      '.cache/kept.jpg',
      '.thumbnails/c.png',
      '@eaDir/d.jpg',
      '$RECYCLE.BIN/e.jpg',
      'System Volume Information/f.jpg',
      'Catalog Previews.lrdata/g.jpg',
      'My.photoslibrary/resources/h.jpg',
      'My.photoslibrary/originals/0/i.jpg',
      'thumbnails/j.jpg',
      '.lookalike/k.jpg',
    );
    expect(await names(root, { hidden: true })).toEqual([
      '.cache/kept.jpg',
      'My.photoslibrary/originals/0/i.jpg',
      'thumbnails/j.jpg',
    ]);
  });

  it('leaves out what is excluded: bare names anywhere, paths from the root', async () => {
    const root = tree(
      'node_modules/a.jpg',
      'x/node_modules/b.jpg',
      'x/c.png',
      'x/c.jpg',
      'y/c.png',
      'y/z/d.png',
    );
    expect(await names(root, { exclude: ['node_modules'] })).toEqual([
      'x/c.jpg',
      'x/c.png',
      'y/c.png',
      'y/z/d.png',
    ]);
    expect(await names(root, { exclude: ['*.png', 'node_modules/'] })).toEqual(['x/c.jpg']);
    expect(await names(root, { exclude: ['x/*.png', './node_modules/**', 'y/**/d.png'] })).toEqual([
      'x/c.jpg',
      'x/node_modules/b.jpg',
      'y/c.png',
    ]);
    expect(
      await names(root, { exclude: ['**/c.{jpg,png}', path.join(root, 'y', 'z'), '**/node_modules'] }),
    ).toEqual([]);
    expect(await names(root, { exclude: ['?.jpg', 'x', 'y/z'] })).toEqual(['y/c.png']);
  });

  it('refuses a pattern without a name', async () => {
    await expect(names(tree('a.jpg'), { exclude: [' '] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(names(tree('a.jpg'), { exclude: ['./'] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('leaves folders out that are walked as their own', async () => {
    const root = tree('a.jpg', 'own/b.jpg', 'ownish/c.jpg', 'x/own/d.jpg');
    const leaveOut = [path.join(root, 'own'), path.join(root, 'x', 'own'), path.join(root, 'missing')];
    expect(await names(root, { leaveOut })).toEqual(['a.jpg', 'ownish/c.jpg']);
  });

  it('walks a root that is itself a link', async () => {
    const base = tree('real/a.jpg', 'link -> real');
    expect(await names(path.join(base, 'link'))).toEqual(['a.jpg']);
  });
});

describe('symbolic links', () => {
  it('are passed over unless asked', async () => {
    const base = tree('outside/a.jpg', 'root/dir -> outside', 'root/file.jpg -> outside/a.jpg', 'root/b.jpg');
    expect(await names(path.join(base, 'root'))).toEqual(['b.jpg']);
  });

  it('are followed to what lies outside, each real file once', async () => {
    const base = tree(
      'outside/a.jpg',
      'outside/deep/b.jpg',
      'root/c.jpg',
      'root/dir -> outside',
      'root/again -> outside',
      'root/inner -> outside/deep',
      'root/single.jpg -> outside/a.jpg',
      'root/dangling.jpg -> nowhere.jpg',
    );
    const found = await names(path.join(base, 'root'), { followLinks: true });
    const real = found.map((name) => fs.realpathSync(path.join(base, 'root', name)));
    expect(real.toSorted()).toEqual(
      ['outside/a.jpg', 'outside/deep/b.jpg', 'root/c.jpg'].map((name) => path.join(base, name)),
    );
  });

  it('do not list again what the walk finds anyway, but what it would pass over', async () => {
    const root = tree('x/a.jpg', '.hidden/b.jpg', 'dir -> x', 'file.jpg -> x/a.jpg', 'shown -> .hidden');
    expect(await names(root, { followLinks: true })).toEqual(['shown/b.jpg', 'x/a.jpg']);
  });

  it('in circles end', async () => {
    const base = tree(
      'root/a/self -> root/a',
      'root/a/up -> root',
      'root/above -> .',
      'root/a/p.jpg',
      'beside/q.jpg',
      'beside/back -> root',
      'root/z -> beside',
    );
    fs.symlinkSync('ring', path.join(base, 'root', 'ring'));
    const all = await listings(path.join(base, 'root'), { followLinks: true });
    const files = all.flatMap(({ directory, files: list }) =>
      list.map((file) => path.posix.join(directory, file.name)),
    );
    expect(files).toEqual(['a/p.jpg', 'above/beside/q.jpg']);
    expect(all.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('into a folder that is walked as its own are left to that', async () => {
    const base = tree('own/x/a.jpg', 'root/link -> own/x', 'root/file.jpg -> own/x/a.jpg', 'root/b.jpg');
    const options = { followLinks: true, leaveOut: [path.join(base, 'own')] };
    expect(await names(path.join(base, 'root'), options)).toEqual(['b.jpg']);
  });
});

describe('what cannot be read', () => {
  it('is a problem of its directory, and the walk goes on', async () => {
    const root = tree('a.jpg', 'gone/x.jpg', 'z/b.jpg');
    const all: DirectoryListing[] = [];
    for await (const listing of walk({ root, hidden: false, followLinks: false, exclude: [] })) {
      // The root is listed; now one of its folders goes away.
      if (listing.directory === '') fs.rmSync(path.join(root, 'gone'), { recursive: true });
      all.push(listing);
    }
    expect(all.map(({ directory, complete }) => [directory, complete])).toEqual([
      ['', true],
      ['gone', false],
      ['z', true],
    ]);
    expect(all[1]!.problems).toEqual([
      {
        path: path.join(root, 'gone'),
        name: null,
        code: 'VANISHED',
        reason: expect.stringMatching(/not there/) as string,
      },
    ]);
  });

  it.skipIf(process.getuid?.() === 0)('for want of permission says so', async () => {
    const root = tree('shut/a.jpg', 'b.jpg');
    fs.chmodSync(path.join(root, 'shut'), 0);
    onTestFinished(() => fs.chmodSync(path.join(root, 'shut'), 0o700));
    const problems = (await listings(root)).flatMap((listing) => listing.problems);
    expect(problems).toEqual([
      {
        path: path.join(root, 'shut'),
        name: null,
        code: 'NO_PERMISSION',
        reason: expect.any(String) as string,
      },
    ]);
  });

  it('is the root too', async () => {
    const root = path.join(tree(), 'missing');
    expect(await listings(root)).toEqual([
      {
        directory: '',
        files: [],
        complete: false,
        problems: [{ path: root, name: null, code: 'VANISHED', reason: expect.any(String) as string }],
      },
    ]);
  });

  it.runIf(process.platform === 'linux')('is a name that is not text', async () => {
    const root = tree('a.jpg');
    fs.writeFileSync(Buffer.concat([Buffer.from(`${root}/b`), Buffer.of(0xff), Buffer.from('.jpg')]), 'x');
    const [listing] = await listings(root);
    expect(listing!.files.map(({ name }) => name)).toEqual(['a.jpg']);
    expect(listing!.problems).toMatchObject([{ name: 'b\uFFFD.jpg', code: 'IO_ERROR' }]);
  });

  it.runIf(process.platform === 'linux')('is no pipe: it is never opened', async () => {
    const root = tree('a.jpg');
    execFileSync('mkfifo', [path.join(root, 'pipe.jpg')]);
    expect(await names(root)).toEqual(['a.jpg']);
  });
});

describe('stopping', () => {
  it('ends the walk in the midst of a directory, and lets others have their turn', async () => {
    const root = tree();
    for (let index = 0; index < 20_000; index++) fs.writeFileSync(path.join(root, `${index}.jpg`), '');
    const stop = new AbortController();
    setImmediate(() => {
      stop.abort(new Error('enough'));
    });
    await expect(listings(root, { signal: stop.signal })).rejects.toThrow('enough');
  });

  it('before the start reads nothing', async () => {
    const signal = AbortSignal.abort(new Error('never'));
    await expect(listings(tree('a.jpg'), { signal })).rejects.toThrow('never');
  });
});
