/** @file Properties of verification on made scenes, from pictures to numbers. */
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../../../src-main/engine/demo/random.ts';
import { damageNames, damages, encodeView } from '../../../../src-main/engine/encoder/augment.ts';
import { decodePhoto } from '../../../../src-main/engine/imaging/decode.ts';
import { type RgbImage } from '../../../../src-main/engine/imaging/image.ts';
import {
  prepareForVerification,
  type VerifiablePhoto,
} from '../../../../src-main/engine/similarity/verification/verifiable-photo.ts';
import { type Verification, verifyPair } from '../../../../src-main/engine/similarity/verification/verify.ts';
import { negativeOf, noise, scene, smoothNoise, verifiable } from './made-photos.ts';

const COPY_SCORE = 6;
const SCENES = [1, 2, 3, 4];

async function throughFile(image: RgbImage, seed: number): Promise<RgbImage> {
  return (await decodePhoto(await encodeView(image, createRandom(seed)))).thumbnail;
}

let photos: VerifiablePhoto[];
/** Views of SCENES, by damage. */
let copies: Record<string, VerifiablePhoto>[];

beforeAll(async () => {
  photos = [];
  copies = [];
  for (const seed of SCENES) {
    const picture = scene(seed, 480, 360);
    photos.push(verifiable(await throughFile(picture, seed)));
    const views: Record<string, VerifiablePhoto> = {};
    for (const name of damageNames) {
      const view = await damages[name](picture, createRandom(seed));
      views[name] = verifiable(await throughFile(view, seed + 100));
    }
    views['negative'] = verifiable(negativeOf(await throughFile(picture, seed + 100)));
    copies.push(views);
  }
});

describe('a photo and its damaged copy', () => {
  test.each([...damageNames, 'negative'])('%s: found', (damage) => {
    for (const [i, photo] of photos.entries()) {
      const found = verifyPair(photo, copies[i]![damage]!);
      expect(found?.score).toBeGreaterThanOrEqual(COPY_SCORE);
      expect(found!.score).toBe(found!.inliers * found!.good);
      expect(found!.variant).toBe(
        damage === 'mirror' ? 'mirrored' : damage === 'negative' ? 'negative' : 'normal',
      );
      expect(found!.map.mirrored).toBe(damage === 'mirror');
    }
  });
});

describe('what is no copy', () => {
  test('another scene', () => {
    const others = Array.from({ length: 16 }, (_, i) => verifiable(scene(20 + i)));
    for (const photo of [...photos, ...copies.flatMap((views) => [views['crop']!, views['border']!])]) {
      for (const other of others) expect(verifyPair(photo, other)?.score ?? 0).toBeLessThan(4);
    }
  });

  test('noise of any grain', () => {
    const made = [noise(1), noise(2, 200, 320), ...[3, 6, 12, 24].map((grain) => smoothNoise(grain, grain))];
    const noises = made.map((image) => verifiable(image));
    for (const [i, a] of noises.entries()) {
      for (const b of [...photos, ...noises.slice(0, i)]) {
        expect(verifyPair(a, b)?.score ?? 0).toBeLessThan(1);
      }
    }
    expect(noises.every(({ features }) => features.count > 30)).toBe(true);
  });

  test('one colour, and a single pixel', () => {
    const flat = verifiable({ width: 320, height: 200, data: new Uint8Array(320 * 200 * 3).fill(120) });
    const dot = verifiable({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3) });
    for (const nothing of [flat, dot]) {
      expect(verifyPair(nothing, photos[0]!)).toBeNull();
      expect(verifyPair(photos[0]!, nothing)).toBeNull();
      expect(verifyPair(nothing, nothing)).toBeNull();
    }
  });
});

test('a pair and its swap get the same numbers and maps that undo each other', () => {
  const all = [...photos, ...copies.flatMap((views) => Object.values(views))];
  const anyPhoto = fc.nat(all.length - 1).map((i) => all[i]!);
  let found = 0;
  fc.assert(
    fc.property(anyPhoto, anyPhoto, (a, b) => {
      const [forth, back] = [verifyPair(a, b), verifyPair(b, a)];
      expect(forth === null).toBe(back === null);
      if (forth === null || back === null) return;
      found++;
      const { map, ...numbers } = forth;
      const { map: otherMap, ...otherNumbers } = back;
      expect(otherNumbers).toEqual(numbers);
      expectUndone(map, otherMap);
    }),
    { seed: 8, numRuns: 300 },
  );
  expect(found).toBeGreaterThan(40);
});

function expectUndone(map: Verification['map'], other: Verification['map']): void {
  expect(other.mirrored).toBe(map.mirrored);
  expect(other.scale * map.scale).toBeCloseTo(1, 6);
  expect(other.stretch).toBeCloseTo(map.stretch, 6);
  const turnBack = map.mirrored ? map.turn : -map.turn;
  expect(Math.cos(other.turn - turnBack)).toBeCloseTo(1, 6);
  expect([other.overlapA, other.overlapB]).toEqual([
    expect.closeTo(map.overlapB, 6),
    expect.closeTo(map.overlapA, 6),
  ]);
  expect(other.cropA).toEqual(map.cropB.map((part) => expect.closeTo(part, 6) as number));
  const [m, n] = [map.matrix, other.matrix];
  expect(n.xx * m.xx + n.xy * m.yx).toBeCloseTo(1, 6);
  expect(n.xx * m.x0 + n.xy * m.y0 + n.x0).toBeCloseTo(0, 6);
  expect(n.yx * m.x0 + n.yy * m.y0 + n.y0).toBeCloseTo(0, 6);
}

describe('the map is the one that was made', () => {
  const picture = scene(2, 640, 480);
  const open = (): Sharp => sharp(picture.data, { raw: { width: 640, height: 480, channels: 3 } });
  const size = { width: 640, height: 480 };
  let whole: VerifiablePhoto;
  beforeAll(async () => {
    whole = await thumbnail(open());
  });

  async function thumbnail(edited: Sharp): Promise<VerifiablePhoto> {
    return verifiable((await decodePhoto(await edited.png().toBuffer())).thumbnail);
  }

  function expectParts(actual: readonly number[], expected: number[], within = 0.02): void {
    for (const [i, part] of expected.entries()) expect(Math.abs(actual[i]! - part)).toBeLessThan(within);
  }

  test.each([
    [96, 48, 480, 360],
    [0, 0, 400, 480],
    [200, 150, 350, 300],
  ])('cut at %i, %i to %i x %i', async (left, top, width, height) => {
    const cut = await thumbnail(open().extract({ left, top, width, height }));
    const { map } = verifyPair(whole, cut)!;
    const [across, down] = [size.width, size.height];
    expectParts(map.cropA, [left / across, top / down, (left + width) / across, (top + height) / down]);
    expectParts(map.cropB, [0, 0, 1, 1]);
    expectParts([map.overlapA, map.overlapB], [(width * height) / (across * down), 1], 0.03);
    // Longer side to longer side.
    expect(map.scale).toBeCloseTo(Math.max(width, height) / 640, 1);
    expect(Math.abs(map.turn)).toBeLessThan(0.02);
    expect(map.mirrored).toBe(false);
    expect(map.stretch).toBeLessThan(1.03);
  });

  test.each([90, 180, 270, 7, -11])('turned by %i degrees', async (degrees) => {
    const turned = await thumbnail(open().rotate(degrees, { background: { r: 90, g: 90, b: 90 } }));
    const { map } = verifyPair(whole, turned)!;
    // The copy was turned clockwise, so it is turned back to lie on the whole one.
    expect(Math.cos(map.turn + (degrees * Math.PI) / 180)).toBeGreaterThan(0.9995);
    expect(map.mirrored).toBe(false);
    expectParts(map.cropA, [0, 0, 1, 1], 0.04);
    expect(map.overlapA).toBeGreaterThan(0.94);
  });

  test('mirrored and turned: turned clockwise, then mirrored, it lies on the first', async () => {
    // Sharp mirrors first whatever the order of the calls, so the turned one goes through a file.
    const flopped = await open().flop().png().toBuffer();
    const { map, variant } = verifyPair(whole, await thumbnail(sharp(flopped).rotate(90)))!;
    expect([variant, map.mirrored]).toEqual(['mirrored', true]);
    // Turned three quarters more it is upright, then mirrored back.
    expect(Math.cos(map.turn - (3 * Math.PI) / 2)).toBeGreaterThan(0.9995);
    expectParts([map.overlapA, map.overlapB], [1, 1]);
  });

  test('squashed', async () => {
    const { map } = verifyPair(whole, await thumbnail(open().resize(480, 480, { fit: 'fill' })))!;
    expect(map.stretch).toBeCloseTo(640 / 480, 1);
    expectParts(map.cropA, [0, 0, 1, 1]);
  });

  test('in a screenshot: where in it the photo is', async () => {
    const framed = await thumbnail(
      open().resize(400, 300).extend({ top: 150, bottom: 90, left: 30, right: 30, background: '#f4f4f4' }),
    );
    const { map, good } = verifyPair(whole, framed)!;
    expect(framed.boxes.length).toBe(1);
    expect(good).toBeGreaterThan(0.9);
    expectParts(map.cropA, [0, 0, 1, 1]);
    expectParts(map.cropB, [30 / 460, 150 / 540, 430 / 460, 450 / 540]);
    expectParts([map.overlapA, map.overlapB], [1, (400 * 300) / (460 * 540)]);
  });

  test.each([8, 0])('in a collage of four with gaps of %i px: which tile it is', async (gap) => {
    const [width, height] = [240, 180];
    const tiles = await Promise.all(
      [picture, scene(31, 640, 480), scene(32, 640, 480), scene(33, 640, 480)].map(async (tile, i) => ({
        input: await sharp(tile.data, { raw: { width: 640, height: 480, channels: 3 } })
          .resize(width, height)
          .png()
          .toBuffer(),
        // The first lies lower right.
        left: i % 2 === 0 ? width + gap : 0,
        top: i < 2 ? height + gap : 0,
      })),
    );
    const sheet = {
      width: 2 * width + gap,
      height: 2 * height + gap,
      channels: 3,
      background: '#fff',
    } as const;
    const collage = await sharp({ create: sheet }).composite(tiles).png().toBuffer();
    const { map, score } = verifyPair(whole, await thumbnail(sharp(collage)))!;
    expect(score).toBeGreaterThanOrEqual(COPY_SCORE);
    expectParts(map.cropA, [0, 0, 1, 1]);
    expectParts(map.cropB, [(width + gap) / sheet.width, (height + gap) / sheet.height, 1, 1]);
    expectParts([map.overlapA, map.overlapB], [1, (width * height) / (sheet.width * sheet.height)]);
  });

  test('a part of it in a screenshot', async () => {
    const cut = await open().extract({ left: 160, top: 120, width: 400, height: 300 }).png().toBuffer();
    const framed = await thumbnail(sharp(cut).extend({ top: 150, bottom: 90, background: '#101010' }));
    const { map } = verifyPair(whole, framed)!;
    expectParts(map.cropA, [160 / 640, 120 / 480, 560 / 640, 420 / 480]);
    expectParts(map.cropB, [0, 150 / 540, 1, 450 / 540]);
  });
});

test('features that begin anywhere in a buffer are read the same', () => {
  const photo = photos[0]!;
  const { codes } = photo.features;
  const shifted = new Uint8Array(codes.length + 1).subarray(1);
  shifted.set(codes);
  const moved = prepareForVerification({
    features: { ...photo.features, codes: shifted },
    boxes: [],
    thumbnail: { width: 320, height: 240 },
    grey: photo.grey,
  });
  expect(verifyPair(moved, copies[0]!['jpeg']!)).toEqual(verifyPair(photo, copies[0]!['jpeg']!));
});

test('more features than there can be are refused', () => {
  const features = { ...photos[0]!.features, count: 513 };
  const stored = { features, boxes: [], thumbnail: { width: 320, height: 240 }, grey: photos[0]!.grey };
  expect(() => prepareForVerification(stored)).toThrow('at most 512 local features, not 513');
});
