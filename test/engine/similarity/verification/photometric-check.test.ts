import { describe, expect, test } from 'vitest';
import { type RgbImage } from '../../../../src-main/engine/imaging/image.ts';
import { greyBase } from '../../../../src-main/engine/similarity/verification/grey-pyramid.ts';
import { checkPixels } from '../../../../src-main/engine/similarity/verification/photometric-check.ts';
import {
  prepareForVerification,
  type StoredPhoto,
  type VerifiablePhoto,
} from '../../../../src-main/engine/similarity/verification/verifiable-photo.ts';
import { negativeOf, scene, smoothNoise } from './made-photos.ts';

/** Without features: only pixels count here. */
function pixels(image: RgbImage, boxes: StoredPhoto['boxes'] = []): VerifiablePhoto {
  const none = new Float32Array();
  const height = Math.round((image.height * 256) / image.width);
  const features = {
    count: 0,
    width: 256,
    height,
    codes: new Uint8Array(),
    x: none,
    y: none,
    scale: none,
    angle: none,
  };
  return prepareForVerification({ features, boxes, thumbnail: image, grey: greyBase(image) });
}

const upright = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };
const picture = scene(2);
const photo = pixels(picture);

describe('one photo', () => {
  test('agrees with itself in all blocks, and lies all of it in good blocks or flat ones', () => {
    const check = checkPixels(photo, photo, upright, 1)!;
    expect(check.good).toBe(1);
    expect(check.correlation).toBeCloseTo(1, 9);
    // The variance of noise is added to both sides.
    expect(check.meanCorrelation).toBeGreaterThan(0.9);
    expect(check.goodShare).toBeGreaterThan(0.6);
    expect(check.goodShare).toBeLessThanOrEqual(1);
  });

  test('is against its negative what it is against itself, with the sign', () => {
    const same = checkPixels(photo, photo, upright, 1)!;
    const negative = pixels(negativeOf(picture));
    expect(checkPixels(photo, negative, upright, 1)!.good).toBe(0);
    const check = checkPixels(photo, negative, upright, -1)!;
    expect(check.good).toBe(1);
    expect(check.meanCorrelation).toBeCloseTo(same.meanCorrelation, 1);
  });

  test('does not agree with itself a few percent away, nor with another', () => {
    expect(checkPixels(photo, photo, { ...upright, x0: 20 }, 1)!.good).toBeLessThan(0.6);
    expect(checkPixels(photo, pixels(scene(3)), upright, 1)!.good).toBeLessThan(0.4);
    expect(checkPixels(photo, pixels(smoothNoise(1, 12)), upright, 1)!.good).toBeLessThan(0.3);
  });
});

test('faint blocks correlate less, as if there were noise of variance 6 in both', () => {
  const data = new Uint8Array(320 * 320 * 3);
  // Columns of the 64 px level are 115 and 125 in turn: variance 25.
  for (let x = 0; x < 320; x++) {
    for (let y = 0; y < 320; y++) data.fill(x % 10 < 5 ? 115 : 125, (y * 320 + x) * 3, (y * 320 + x) * 3 + 3);
  }
  const faint = pixels({ width: 320, height: 320, data });
  const check = checkPixels(faint, faint, upright, 1)!;
  // Of 320 x 320 px to 128 x 128, columns on a border are a mean of both.
  expect(check.meanCorrelation).toBeCloseTo(25 / 31, 1);
  expect(check.correlation).toBeCloseTo(1, 9);
});

test('a cut: its area is that of the part, and the finer level of the whole is read', () => {
  const [width, height] = [160, 120];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    data.set(picture.data.subarray(((y + 60) * 320 + 80) * 3, ((y + 60) * 320 + 240) * 3), y * width * 3);
  }
  const part = pixels({ width, height, data });
  // Both have a grey picture of 256 px, so the part is twice as large in its own.
  const map = { xx: 0.5, xy: 0, x0: 63.75, yx: 0, yy: 0.5, y0: 47.75 };
  const check = checkPixels(part, photo, map, 1)!;
  expect(check.good).toBeGreaterThan(0.95);
  expect(check.meanCorrelation).toBeGreaterThan(0.8);
  const back = { xx: 2, xy: 0, x0: -127.5, yx: 0, yy: 2, y0: -95.5 };
  const reverse = checkPixels(photo, part, back, 1)!;
  expect(reverse.good).toBeGreaterThan(0.95);
  expect(reverse.goodShare).toBeGreaterThan(0.5);
});

test('only what lies in content boxes of both counts', () => {
  const other = scene(3);
  const mixed = { ...picture, data: Uint8Array.from(picture.data) };
  for (let y = 0; y < 240; y++) {
    mixed.data.set(other.data.subarray(y * 960, y * 960 + 480), y * 960);
  }
  const right = { left: 160, top: 0, width: 160, height: 240 };
  expect(checkPixels(photo, pixels(mixed), upright, 1)!.good).toBeLessThan(0.8);
  expect(checkPixels(photo, pixels(mixed, [right]), upright, 1)!.good).toBe(1);
  expect(checkPixels(pixels(mixed, [right]), photo, upright, 1)!.good).toBe(1);
  const left = { left: 0, top: 0, width: 150, height: 240 };
  expect(checkPixels(pixels(picture, [left]), pixels(picture, [right]), upright, 1)).toBeNull();
});

test('nothing to say about photos that hardly overlap, and nothing good about flat ones', () => {
  expect(checkPixels(photo, photo, { ...upright, x0: 252 }, 1)).toBeNull();
  expect(checkPixels(photo, photo, { ...upright, x0: NaN }, 1)).toBeNull();
  const flat = pixels({ width: 320, height: 240, data: new Uint8Array(320 * 240 * 3).fill(90) });
  expect(checkPixels(flat, flat, upright, 1)).toEqual({
    good: 0,
    meanCorrelation: 0,
    correlation: 0,
    goodShare: 0,
  });
});
