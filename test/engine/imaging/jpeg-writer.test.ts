import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import sharp, { type JpegOptions } from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { decodePhoto } from '../../../src-main/engine/imaging/decode.ts';
import { estimateJpegQuality } from '../../../src-main/engine/imaging/jpeg-quality.ts';
import { readJpegSegments, segmentsOf } from '../../../src-main/engine/imaging/jpeg-segments.ts';
import { fingerprintWriter } from '../../../src-main/engine/imaging/jpeg-writer.ts';
import { cloud } from './pictures.ts';

const CAMERA: JpegOptions = { quality: 90, chromaSubsampling: '4:2:0', optimiseCoding: false };
const camera = { IFD0: { Make: 'Sunny', Model: 'Sunny 12' } };
const [SOF0, DHT, APP0, APP1, DQT] = [0xc0, 0xc4, 0xe0, 0xe1, 0xdb];

/** A frame of a camera. */
function frame(seed: number, options: JpegOptions = {}): Promise<Buffer> {
  return cloud(seed)
    .jpeg({ ...CAMERA, ...options })
    .withExif(camera)
    .toBuffer();
}

const writerOf = (bytes: Buffer): string | null => fingerprintWriter(readJpegSegments(bytes));

/** The file with each segment as `change` gives it. */
function rewritten(bytes: Buffer, change: (marker: number, segment: Buffer) => Buffer[]): Buffer {
  const segments = [...segmentsOf(bytes)];
  const parts = segments.flatMap(({ marker, at, end }) =>
    change(marker, Buffer.from(bytes.subarray(at, end))),
  );
  return Buffer.concat([bytes.subarray(0, 2), ...parts, bytes.subarray(segments.at(-1)?.end)]);
}

function segment(marker: number, body: string): Buffer {
  const bytes = Buffer.from(body, 'latin1');
  return Buffer.concat([Buffer.of(0xff, marker, 0, bytes.length + 2), bytes]);
}

/** Right behind the start, where programs put them. */
function withSegment(bytes: Buffer, added: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, 2), added, bytes.subarray(2)]);
}

describe('the fingerprint of what wrote a JPEG', () => {
  it('is one for all frames of a camera', async () => {
    const writers = new Set<string | null>();
    for (const options of [{}, { optimiseCoding: true }, { progressive: true }, { mozjpeg: true }]) {
      const [a, b] = [writerOf(await frame(1, options)), writerOf(await frame(2, options))];
      expect(a).toMatch(/^[0-9a-f]{12}$/);
      expect(b).toBe(a);
      writers.add(a);
    }
    expect(writers.size).toBe(4);
  });

  it('is the same where a camera steers the quality, up to the finest', async () => {
    const writers = new Set<string | null>();
    for (const quality of [1, 30, 50, 86, 90, 94, 99, 100])
      writers.add(writerOf(await frame(1, { quality })));
    expect(writers.size).toBe(1);
  });

  it('is another once a program saved it in its own way, at the same quality', async () => {
    const taken = await frame(1);
    const saved = {
      '4:4:4': { chromaSubsampling: '4:4:4' },
      'tables made for it': { optimiseCoding: true },
      progressive: { progressive: true },
    };
    for (const [way, options] of Object.entries(saved)) {
      const copy = await sharp(taken)
        .keepMetadata()
        .jpeg({ ...CAMERA, ...options })
        .toBuffer();
      expect(estimateJpegQuality(readJpegSegments(copy).picture!)).toBe(90);
      expect([way, writerOf(copy)]).not.toEqual([way, writerOf(taken)]);
    }
    const own = await sharp(taken)
      .keepMetadata()
      .jpeg({ ...CAMERA, quantisationTable: 3 })
      .toBuffer();
    expect(writerOf(own)).not.toBe(writerOf(taken));
  });

  it('tells a file that lost its EXIF, or got JFIF, a colour profile or the mark of Adobe', async () => {
    const taken = await frame(1);
    expect([...segmentsOf(taken)].map(({ marker }) => marker)).not.toContain(APP0);
    const jfif = withSegment(taken, segment(APP0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'));
    const bare = rewritten(taken, (marker, bytes) => (marker === APP1 ? [] : [bytes]));
    const stripped = await sharp(taken).jpeg(CAMERA).toBuffer();
    const profiled = await sharp(taken).keepExif().withIccProfile('p3').jpeg(CAMERA).toBuffer();
    const adobe = withSegment(taken, segment(0xee, 'Adobe\0d\0\0\0\0\x01'));
    const writers = [taken, jfif, bare, profiled, adobe].map(writerOf);
    expect(writers).not.toContain(null);
    expect(new Set(writers).size).toBe(5);
    expect(writerOf(stripped)).not.toBe(writerOf(taken));
  });

  it('tells how tables are put into segments, and restart marks', async () => {
    const taken = await frame(1);
    const joined = rewritten(taken, (marker, bytes) => {
      if (marker !== DHT) return [bytes];
      return bytes[4] === 0 ? [joinedTables(taken)] : [];
    });
    const restarting = rewritten(taken, (marker, bytes) =>
      marker === SOF0 ? [bytes, segment(0xdd, '\0\x08')] : [bytes],
    );
    const writers = [taken, joined, restarting].map(writerOf);
    expect(writers).not.toContain(null);
    expect(new Set(writers).size).toBe(3);
  });

  it('stays when a file is rated, named or commented', async () => {
    const taken = await frame(1);
    const added = [
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>'),
      segment(0xed, 'Photoshop 3.0\x008BIM'),
      segment(0xfe, 'By the sea'),
    ];
    for (const one of added) expect(writerOf(withSegment(taken, one))).toBe(writerOf(taken));
  });

  it('comes with a decoded photo, JPEG only', async () => {
    const taken = await frame(1);
    expect((await decodePhoto(taken)).jpegWriter).toBe(writerOf(taken));
    for (const format of ['png', 'webp', 'gif'] as const) {
      expect((await decodePhoto(await cloud(1).toFormat(format).toBuffer())).jpegWriter).toBeNull();
    }
  });

  it('is known of grey and of CMYK pictures', async () => {
    const grey = writerOf(await cloud(1).toColourspace('b-w').jpeg(CAMERA).toBuffer());
    const cmyk = writerOf(await cloud(1).toColourspace('cmyk').jpeg(CAMERA).toBuffer());
    expect([grey, cmyk]).not.toContain(null);
    expect(new Set([grey, cmyk, writerOf(await frame(1))]).size).toBe(3);
  });
});

/** All Huffman tables of a file in one segment, as some cameras write them. */
function joinedTables(bytes: Buffer): Buffer {
  const tables = [...segmentsOf(bytes)].filter(({ marker }) => marker === DHT);
  const body = Buffer.concat(tables.map(({ at, end }) => bytes.subarray(at + 4, end)));
  const head = Buffer.of(0xff, DHT, 0, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

describe('of files that are damaged', () => {
  it('nothing is told where they end before the picture begins', async () => {
    const taken = await frame(1);
    const scan = [...segmentsOf(taken)].at(-1)!;
    for (let length = 0; length < scan.end; length += 7) {
      expect([length, writerOf(taken.subarray(0, length))]).toEqual([length, null]);
    }
    expect(writerOf(taken.subarray(0, scan.end + 10))).toBe(writerOf(taken));
  });

  it('nothing is told without a frame, or with a table that is cut off', async () => {
    const taken = await frame(1);
    const cut = (what: number): Buffer =>
      rewritten(taken, (marker, bytes) => {
        if (marker !== what) return [bytes];
        bytes.writeUInt16BE(bytes.length - 2 - 5, 2);
        return [bytes.subarray(0, -5)];
      });
    expect(writerOf(cut(DQT))).toBeNull();
    expect(writerOf(cut(DHT))).toBeNull();
    expect(writerOf(rewritten(taken, (marker, bytes) => (marker === SOF0 ? [] : [bytes])))).toBeNull();
    const short = rewritten(taken, (marker, bytes) => (marker === SOF0 ? [segment(SOF0, '\x08')] : [bytes]));
    expect(writerOf(short)).toBeNull();
  });

  it('any bytes give a fingerprint or none', async () => {
    const taken = await frame(1);
    const head = [...segmentsOf(taken)].at(-1)!.end;
    const change = fc.tuple(fc.nat({ max: head - 1 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = Buffer.from(taken);
        for (const [at, value] of changes) bytes[at] = value;
        expect(writerOf(bytes) ?? '000000000000').toMatch(/^[0-9a-f]{12}$/);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

const LARGE_PHOTOS = path.join(import.meta.dirname, '../../../../shared/photos/large');

test.skipIf(!existsSync(LARGE_PHOTOS))(
  `frames of one drone are written alike, but for those another program saved (skipped without ${LARGE_PHOTOS})`,
  async () => {
    const strip = async (from: number, to: number): Promise<Set<string | null>> => {
      const writers = new Set<string | null>();
      for (let number = from; number <= to; number++) {
        writers.add(writerOf(await readFile(path.join(LARGE_PHOTOS, `DJI_00${number}.JPG`))));
      }
      return writers;
    };
    // 24 to 29 went through a photo viewer: their EXIF says so.
    const [camera, viewer] = [(await strip(18, 23)).union(await strip(30, 35)), await strip(24, 29)];
    expect([camera.size, viewer.size]).toEqual([1, 1]);
    expect(camera.union(viewer).size).toBe(2);
  },
);
