import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createReaderPool } from '../../../src-main/engine/reader/pool.ts';
import type { ReaderPool, ReadResult } from '../../../src-main/engine/reader/reader.ts';
import { openStore } from '../../../src-main/engine/store/open.ts';
import { EXIT_MARK } from '../scan/crashing-decoder.ts';
import {
  decoderModule,
  optionsFor,
  photoBytes,
  temporaryLibrary,
  type TemporaryLibrary,
} from '../scan/temporary-library.ts';

function poolFor(library: TemporaryLibrary, options: Parameters<typeof optionsFor>[1] = {}): ReaderPool {
  const pool = createReaderPool(optionsFor(library.database, options));
  onTestFinished(() => pool.close());
  return pool;
}

function named(...paths: string[]): { path: string; named: boolean }[] {
  return paths.map((path) => ({ path, named: true }));
}

describe('read', () => {
  it('gives a whole record of a photo, and costs one result of a file that is none', async () => {
    const library = await temporaryLibrary();
    const photo = await library.write('a.jpg', 1);
    const text = await library.write('b.jpg', 'no photo');
    const empty = await library.write('c.jpg', '');
    const other = await library.write('d', 'no photo, and not named like one');
    const last = await library.write('e.jpg', 2);
    const gone = join(library.photos, 'gone.jpg');
    const pool = poolFor(library);
    expect(pool.backend).toBeNull();
    const files = [...named(photo, text, empty, gone), { path: other, named: false }, ...named(last)];
    const results = await pool.read(files);
    expect(results.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
    expect(results.map((result) => ('code' in result ? result.code : result.kind))).toEqual([
      'read',
      'NOT_A_PHOTO',
      'EMPTY',
      'VANISHED',
      'other',
      'read',
    ]);
    const { record } = results[0] as Extract<ReadResult, { kind: 'read' }>;
    const bytes = await photoBytes(1);
    expect(Buffer.from(record.hash)).toEqual(createHash('sha256').update(bytes).digest());
    expect(record).toMatchObject({ bytes: bytes.length, format: 'jpeg', width: 120, height: 90 });
    expect(record.features).toHaveLength(912);
    expect(Math.hypot(...record.embedding)).toBeCloseTo(1, 5);
    expect(await sharp(record.thumbnail).metadata()).toMatchObject({ format: 'jpeg', width: 120 });
    expect(pool.backend).toBe('wasm');
    expect(existsSync(library.database)).toBe(false);
  });

  it('leaves out what the library knows, unless asked for anew', async () => {
    const library = await temporaryLibrary();
    const path = await library.write('a.jpg', 1);
    const pool = poolFor(library);
    const [first] = await pool.read(named(path));
    if (first?.kind !== 'read') throw new Error('not read');
    const store = openStore(library.database);
    onTestFinished(() => store.close());
    store.contents.insert(first.record, 'some model');
    const copy = await library.write('copy.jpg', 1);
    const [known] = await pool.read(named(copy));
    expect(known).toMatchObject({ kind: 'known', path: copy, hash: first.record.hash });
    const [fresh] = await pool.read([{ path: copy, named: true, fresh: true }]);
    expect(fresh).toMatchObject({ kind: 'read', record: { hash: first.record.hash } });
  });

  it('stops at once when cancelled, and is idle when its worker is', async () => {
    const library = await temporaryLibrary();
    const paths = [];
    for (let i = 0; i < 12; i++) paths.push(await library.write(`${i}.jpg`, i % 3));
    const pool = poolFor(library, { decoderModule: decoderModule('slow-decoder') });
    const controller = new AbortController();
    const reading = pool.read(named(...paths), controller.signal);
    const waiting = pool.read(named(...paths), controller.signal);
    setTimeout(() => controller.abort(), 10);
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    await pool.idle();
    await expect(pool.read(named(paths[0]!))).resolves.toMatchObject([{ kind: 'read' }]);
  });

  it('loses one photo when a worker ends in the middle of a batch', async () => {
    const library = await temporaryLibrary();
    const a = await library.write('a.jpg', 1);
    const bad = await library.write('bad.jpg', Buffer.concat([await photoBytes(2), Buffer.from(EXIT_MARK)]));
    const c = await library.write('c.jpg', 3);
    const pool = poolFor(library, { decoderModule: decoderModule('crashing-decoder') });
    const results = await pool.read(named(a, bad, c));
    expect(results.map(({ path, kind }) => [path, kind])).toEqual([
      [a, 'read'],
      [bad, 'failed'],
      [c, 'read'],
    ]);
    expect(results[1]).toMatchObject({ code: 'DECODER_CRASHED' });
  });

  it('says so when the encoder can not start', async () => {
    const library = await temporaryLibrary();
    const path = await library.write('a.jpg', 1);
    const pool = poolFor(library, { trunkDirectory: library.directory });
    await expect(pool.read(named(path))).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
  });

  it('says so when the worker itself can not start', async () => {
    const library = await temporaryLibrary();
    const path = await library.write('a.jpg', 1);
    const pool = poolFor(library, { readerWorker: join(library.directory, 'missing.ts') });
    await expect(pool.read(named(path))).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
  });
});

describe('samePixels', () => {
  it('is true for other bytes with the same pixels only', async () => {
    const library = await temporaryLibrary();
    const a = await library.write('a.jpg', 1);
    const longer = await library.write('longer.jpg', 1);
    await appendFile(longer, 'some bytes behind the end');
    const b = await library.write('b.jpg', 2);
    const pool = poolFor(library);
    expect(await pool.samePixels(a, longer)).toBe(true);
    expect(await pool.samePixels(a, b)).toBe(false);
    await rm(b);
    await expect(pool.samePixels(a, b)).rejects.toMatchObject({ code: 'PHOTO_UNREADABLE' });
  });
});

describe('picture', () => {
  it('is a JPEG no larger than asked for, or says why not', async () => {
    const library = await temporaryLibrary();
    const path = await library.write('a.jpg', 1);
    const pool = poolFor(library);
    const { mime, data } = await pool.picture(path, 60);
    expect(mime).toBe('image/jpeg');
    expect(await sharp(data).metadata()).toMatchObject({ width: 60, height: 45 });
    expect(data.byteLength).toBe(data.buffer.byteLength);
    await writeFile(path, 'no photo');
    await expect(pool.picture(path, 60)).rejects.toMatchObject({
      code: 'PHOTO_UNREADABLE',
      message: expect.stringContaining(path) as string,
    });
  });
});
