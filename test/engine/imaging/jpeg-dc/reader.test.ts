import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type JpegOptions } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../../../src-main/engine/imaging/decode.ts';
import {
  JPEG_DC_WASM,
  openJpegDcReader,
  type JpegDcReader,
} from '../../../../src-main/engine/imaging/jpeg-dc/reader.ts';
import { buildWasm } from '../../features/built-wasm.ts';
import { cloud } from '../pictures.ts';
import { codedJpeg, flatTables, middleTables, steepTables, type CodedJpeg } from './coded-jpeg.ts';
import { BUILD_TIMEOUT_MS, noise, openBuiltReader, oracleOf, STRIP, type Oracle } from './oracle.ts';

let reader: JpegDcReader;
let expectSame: Oracle;
beforeAll(async () => {
  reader = await openBuiltReader();
  expectSame = oracleOf(reader);
}, BUILD_TIMEOUT_MS);

function isOurs(bytes: Buffer): boolean {
  return reader.read(bytes, DEFAULT_LIMITS.maxPixels) !== null;
}

describe('photos from an encoder', () => {
  const photo = (options: JpegOptions, width = 2900, height = 1130): Promise<Buffer> =>
    cloud(21, width, height)
      .composite([noise(64)])
      .jpeg(options)
      .toBuffer();

  const kinds: JpegOptions[] = [
    { chromaSubsampling: '4:2:0' },
    { chromaSubsampling: '4:4:4' },
    { quality: 100, chromaSubsampling: '4:2:0' },
    { quality: 30 },
    { optimiseCoding: false },
    { trellisQuantisation: true, overshootDeringing: true },
    { progressive: true, chromaSubsampling: '4:2:0' },
    { progressive: true, chromaSubsampling: '4:4:4' },
    { progressive: true, quality: 100, chromaSubsampling: '4:2:0' },
    { progressive: true, quality: 40, optimiseScans: true },
  ];
  for (const kind of kinds) {
    test(JSON.stringify(kind), async () => {
      const bytes = await photo(kind);
      expect(isOurs(bytes)).toBe(true);
      await expectSame(bytes);
    });
  }

  test('sides that are no multiples of 8 and 16', async () => {
    for (const [width, height] of [
      [2880, 64],
      [2881, 71],
      [2888, 72],
      [2889, 79],
      [2895, 80],
      [2896, 81],
      [77, 3001],
    ] as const) {
      for (const progressive of [false, true]) {
        const bytes = await photo({ progressive, chromaSubsampling: '4:2:0' }, width, height);
        expect(isOurs(bytes)).toBe(true);
        await expectSame(bytes, { width, height, progressive });
      }
    }
  });

  test('grey', async () => {
    for (const progressive of [false, true]) {
      const bytes = await cloud(22, 2950, 300).toColourspace('b-w').jpeg({ progressive }).toBuffer();
      expect((await sharp(bytes).metadata()).channels).toBe(1);
      expect(isOurs(bytes)).toBe(true);
      await expectSame(bytes, progressive);
    }
  });

  for (let orientation = 1; orientation <= 8; orientation++) {
    test(`EXIF orientation ${orientation}`, async () => {
      const bytes = await cloud(23, 2960, 400).withMetadata({ orientation }).jpeg().toBuffer();
      expect(isOurs(bytes)).toBe(true);
      await expectSame(bytes);
    });
  }

  test('colour profiles', async () => {
    for (const profile of ['srgb', 'p3']) {
      const bytes = await cloud(24, 2900, 300).withIccProfile(profile).jpeg().toBuffer();
      expect(reader.read(bytes, DEFAULT_LIMITS.maxPixels)?.profile).toBeInstanceOf(Buffer);
      await expectSame(bytes, profile);
    }
  });
});

describe('photos made coefficient by coefficient', () => {
  const samplings = [
    [1, 1],
    [2, 1],
    [1, 2],
    [2, 2],
  ] as const;
  const tables = { flatTables, middleTables, steepTables };
  for (const [across, down] of samplings) {
    for (const [name, codes] of Object.entries(tables)) {
      test(`sampling ${across} x ${down}, ${name}`, async () => {
        for (const restartInterval of [0, 1, 7, 181, 400]) {
          const bytes = codedJpeg({ ...STRIP, across, down, tables: codes, restartInterval, filled: 9 });
          expect(isOurs(bytes)).toBe(true);
          await expectSame(bytes, restartInterval);
        }
      });
    }
  }

  test('empty, full and long blocks', async () => {
    for (const [name, codes] of Object.entries(tables)) {
      for (const variant of [
        { filled: 0 },
        { filled: 63, acBits: 1 },
        { filled: 60, acBits: 3, quantiser: 1 },
        { filled: 2, acBits: 7, quantiser: 1 },
      ]) {
        const bytes = codedJpeg({ ...STRIP, across: 2, down: 2, tables: codes, ...variant });
        expect(isOurs(bytes)).toBe(true);
        await expectSame(bytes, { name, variant });
      }
      // Values of 10 bits would wrap round in chrominance; grey has none.
      const grey = codedJpeg({
        ...STRIP,
        components: 1,
        tables: codes,
        filled: 40,
        acBits: 10,
        quantiser: 1,
      });
      expect(isOurs(grey)).toBe(true);
      await expectSame(grey, name);
    }
  });

  test('a grey picture with the sampling of a coloured one', async () => {
    const bytes = codedJpeg({ ...STRIP, components: 1, across: 2, down: 2 });
    expect(isOurs(bytes)).toBe(true);
    await expectSame(bytes);
  });

  test('extended Huffman, and colours as Adobe says', async () => {
    for (const options of [{ marker: 0xc1 }, { adobeTransform: 1 }]) {
      const bytes = codedJpeg({ ...STRIP, ...options });
      expect(isOurs(bytes)).toBe(true);
      await expectSame(bytes, options);
    }
  });

  test('what lies behind the picture is not looked at', async () => {
    const bytes = codedJpeg({ ...STRIP, tail: Buffer.from('a film, \xff\xd8\xff\xd9', 'latin1') });
    expect(isOurs(bytes)).toBe(true);
    await expectSame(bytes);
  });
});

describe('what is left to the library', () => {
  const kinds: Record<string, CodedJpeg> = {
    'RGB as Adobe says': { ...STRIP, adobeTransform: 0 },
    'RGB by its letters': { ...STRIP, ids: [82, 71, 66] },
    'a sampling of four': { ...STRIP, across: 4 },
    'a photo that is shrunk by four': { width: 2879, height: 75 },
    'a strip': { width: 2900, height: 63 },
  };
  for (const [name, options] of Object.entries(kinds)) {
    test(name, async () => {
      const bytes = codedJpeg(options);
      expect(isOurs(bytes)).toBe(false);
      await expectSame(bytes);
    });
  }

  test('CMYK', async () => {
    const cmyk = await cloud(25, 2900, 300).toColourspace('cmyk').jpeg().toBuffer();
    expect(isOurs(cmyk)).toBe(false);
    await expectSame(cmyk);
  });

  test('a picture with a gain map', async () => {
    const bytes = codedJpeg({
      ...STRIP,
      tail: Buffer.from('xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"'),
    });
    expect(isOurs(bytes)).toBe(false);
    await expectSame(bytes);
  });

  test('more pixels than are allowed', () => {
    expect(reader.read(codedJpeg(STRIP), 100_000)).toBeNull();
  });

  test('an end mark that is missing, early or replaced', async () => {
    const whole = codedJpeg({ ...STRIP, across: 2, down: 2 });
    const restarted = codedJpeg({ ...STRIP, restartInterval: 20 });
    const swapped = Buffer.from(restarted);
    const mark = swapped.indexOf(Buffer.of(0xff, 0xd1));
    swapped[mark + 1] = 0xd4;
    const cut = whole.subarray(0, -400);
    for (const [index, bytes] of [
      whole.subarray(0, -2),
      whole.subarray(0, -1),
      Buffer.concat([cut, Buffer.of(0xff, 0xd9)]),
      Buffer.concat([whole.subarray(0, -2), Buffer.alloc(70_000, 0x55), Buffer.of(0xff, 0xd9)]),
      Buffer.concat([whole.subarray(0, -2), Buffer.of(0x7f, 0xff, 0xd9)]),
      swapped,
    ].entries()) {
      expect([index, isOurs(bytes)]).toEqual([index, false]);
      await expectSame(bytes, index);
    }
  });
});

const LARGE_PHOTOS = join(import.meta.dirname, '../../../../../shared/photos/large');

test.skipIf(!existsSync(LARGE_PHOTOS))(
  `large photos of a camera (skipped without ${LARGE_PHOTOS})`,
  { timeout: 60_000 },
  async () => {
    for (const name of (await readdir(LARGE_PHOTOS)).slice(0, 6)) {
      const bytes = await readFile(join(LARGE_PHOTOS, name));
      expect([name, isOurs(bytes)]).toEqual([name, true]);
      await expectSame(bytes, name);
    }
  },
);

describe('opening the module', () => {
  test('without SIMD or without the file there is none', async () => {
    expect(await openJpegDcReader(await buildWasm(), false)).toBeNull();
    expect(await openJpegDcReader(join(tmpdir(), 'there-is-no-such-folder'))).toBeNull();
  });

  test('a damaged file is an error that names it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lookalike-jpeg-dc-'));
    try {
      await writeFile(join(folder, JPEG_DC_WASM), 'no module');
      await expect(openJpegDcReader(folder)).rejects.toMatchObject({
        code: 'BACKEND_UNAVAILABLE',
        message: expect.stringContaining(JPEG_DC_WASM) as string,
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
