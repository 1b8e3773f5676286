import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../../../../src-main/engine/demo/random.ts';
import { DEFAULT_LIMITS } from '../../../../src-main/engine/imaging/decode.ts';
import type { JpegDcReader } from '../../../../src-main/engine/imaging/jpeg-dc/reader.ts';
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

describe('damaged files', () => {
  const progressivePhoto = (): Promise<Buffer> =>
    cloud(33, STRIP.width, STRIP.height)
      .composite([noise(64)])
      .jpeg({ progressive: true, chromaSubsampling: '4:2:0', quality: 90 })
      .toBuffer();

  test('cut off anywhere: the same failure', async () => {
    const random = createRandom(31);
    const baseline = codedJpeg({ ...STRIP, across: 2, down: 2, restartInterval: 50, filled: 12 });
    for (const whole of [baseline, await progressivePhoto()]) {
      for (let i = 0; i < 60; i++) {
        const length = random.integer(2, whole.length - 1);
        expect(isOurs(whole.subarray(0, length))).toBe(false);
        await expectSame(whole.subarray(0, length), length);
      }
    }
  });

  test('a progressive picture without its last scan is smoothed by the library', async () => {
    const whole = await progressivePhoto();
    const lastScan = whole.lastIndexOf(Buffer.of(0xff, 0xc4));
    const bytes = Buffer.concat([whole.subarray(0, lastScan), Buffer.of(0xff, 0xd9)]);
    expect(isOurs(bytes)).toBe(false);
    await expectSame(bytes);
  });

  test('changed bytes: never a picture where the library has none, never another picture', async () => {
    const random = createRandom(32);
    let read = 0;
    for (let i = 0; i < 300; i++) {
      const bytes = Buffer.from(randomJpeg(random));
      damage(bytes, random);
      if (isOurs(bytes)) read++;
      await expectSame(bytes, i);
    }
    // Huffman codes have no check: many changed bits make another valid picture, and this must be the library's.
    expect(read).toBeGreaterThan(20);
  });

  test('changed bytes of a progressive picture', async () => {
    const random = createRandom(34);
    const whole = await progressivePhoto();
    let read = 0;
    for (let i = 0; i < 150; i++) {
      const bytes = Buffer.from(whole);
      damage(bytes, random);
      if (isOurs(bytes)) read++;
      await expectSame(bytes, i);
    }
    expect(read).toBeGreaterThan(20);
  });
});

/** One bit of the coded data, or some bytes anywhere. */
function damage(bytes: Buffer, random: Random): void {
  if (random.integer(0, 1) === 0) {
    const at = random.integer(1_000, bytes.length - 1);
    bytes[at] = bytes[at]! ^ (1 << random.integer(0, 7));
    return;
  }
  for (let n = random.integer(1, 3); n > 0; n--) {
    bytes[random.integer(2, bytes.length - 1)] = random.integer(0, 255);
  }
}

const made = new Map<string, Buffer>();

function randomJpeg(random: Random): Buffer {
  const options: CodedJpeg = {
    ...STRIP,
    across: random.integer(1, 2),
    down: random.integer(1, 2),
    restartInterval: random.integer(0, 1) * 33,
    tables: [flatTables, middleTables, steepTables][random.integer(0, 2)]!,
  };
  const key = JSON.stringify(options);
  const bytes = made.get(key) ?? codedJpeg(options);
  made.set(key, bytes);
  return bytes;
}
