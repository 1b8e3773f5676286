import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decodeLocalFeatures } from '../../../src-main/engine/features/local-features-codec.ts';
import { decodePhoto } from '../../../src-main/engine/imaging/decode.ts';
import { createReaderPool } from '../../../src-main/engine/reader/pool.ts';
import type { ReaderPool, ReadResult } from '../../../src-main/engine/reader/reader.ts';
import type { ContentRecord } from '../../../src-main/engine/store/store.ts';
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

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
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
    expect(record).toMatchObject({ jpegQuality: 80, facts: {}, boxes: [] });
    expect(record.jpegWriter).toBe((await decodePhoto(bytes)).jpegWriter);
    expect(record.jpegWriter).not.toBeNull();
    expect(record.look).toMatchObject({ thumbnail: { width: 120, height: 90 }, boxes: [] });
    expect(decodeLocalFeatures(record.look.localFeatures)!.count).toBeGreaterThan(10);
    expect(record.look.grey.data).toHaveLength(120 * 90);
    expect(await sharp(record.thumbnail).metadata()).toMatchObject({ format: 'jpeg', width: 120 });
    expect(pool.backend).toBe('wasm');
    expect(existsSync(library.database)).toBe(false);
  });

  it('embeds what lies in the content boxes of a picture, each as if it were a photo', async () => {
    const library = await temporaryLibrary();
    const [left, right] = await Promise.all([photoBytes(1), photoBytes(2)]);
    // Frames of one colour part the two photos.
    const collage = await sharp({ create: { width: 300, height: 130, channels: 3, background: '#fff' } })
      .composite([
        { input: left, left: 20, top: 20 },
        { input: right, left: 160, top: 20 },
      ])
      .png()
      .toBuffer();
    const pool = poolFor(library);
    const read = async (...paths: string[]): Promise<ContentRecord[]> =>
      (await pool.read(named(...paths))).map((result) => {
        if (result.kind !== 'read') throw new Error('not read');
        return result.record;
      });
    const [whole] = await read(await library.write('collage.png', collage));
    expect(whole!.look.boxes).toHaveLength(2);
    expect(whole!.boxes).toHaveLength(2);
    const cut: string[] = [];
    for (const [i, box] of whole!.look.boxes.entries()) {
      cut.push(await library.write(`${i}.png`, await sharp(collage).extract(box).png().toBuffer()));
    }
    for (const [i, { embedding, features }] of (await read(...cut)).entries()) {
      expect(cosine(whole!.boxes[i]!.embedding, embedding)).toBeGreaterThan(0.999);
      expect(whole!.boxes[i]!.features).toHaveLength(features.length);
      expect(cosine(whole!.embedding, embedding)).toBeLessThan(0.99);
    }
    expect(pool.backend).toBe('wasm');
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

describe('looks', () => {
  it('come of stored thumbnails as of photos, near enough', async () => {
    const library = await temporaryLibrary();
    const pool = poolFor(library);
    const [read] = await pool.read(named(await library.write('a.jpg', 1)));
    if (read?.kind !== 'read') throw new Error('not read');
    const { thumbnail, look } = read.record;
    const [update, again] = await pool.looks([
      { id: 7, jpeg: thumbnail },
      { id: 8, jpeg: thumbnail },
    ]);
    expect(update).toMatchObject({ id: 7, boxes: [] });
    expect(again).toEqual({ ...update, id: 8 });
    expect(update!.look.thumbnail).toEqual(look.thumbnail);
    const [stored, fresh] = [update!.look, look].map(({ localFeatures }) =>
      decodeLocalFeatures(localFeatures)!,
    );
    expect(Math.abs(stored!.count - fresh!.count)).toBeLessThan(fresh!.count / 4);
  });

  it('name the content whose thumbnail is damaged, and stop when cancelled', async () => {
    const library = await temporaryLibrary();
    const pool = poolFor(library);
    await expect(pool.looks([{ id: 31, jpeg: Uint8Array.of(1, 2, 3) }])).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      message: expect.stringContaining('31') as string,
    });
    await expect(pool.looks([], AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
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
