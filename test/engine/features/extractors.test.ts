/** @file What holds for either extractor: geometry of the codes, boxes, order, repeatability. */
import { beforeAll, describe, expect, test } from 'vitest';
import { mirrored, negative } from '../../../src-main/engine/features/code-variants.ts';
import { createFeatureExtractor } from '../../../src-main/engine/features/extractor.ts';
import {
  type FeatureExtractor,
  type LocalFeatures,
  wrapAngle,
} from '../../../src-main/engine/features/local-features.ts';
import { distances, shareWithin } from './codes.ts';
import { buildWasm } from './built-wasm.ts';
import { paste, photo, plain, randomNumbers, greyPicture, rearranged } from './made-pictures.ts';

describe.each(['wasm', 'typescript'] as const)('%s', (kind) => {
  let extractor: FeatureExtractor;
  beforeAll(async () => {
    extractor = await createFeatureExtractor(await buildWasm(), kind === 'wasm');
    expect(extractor.kind).toBe(kind);
  });

  const picture = photo(320, 240, 50);
  const features = (): LocalFeatures => extractor.extract(picture, []);

  test('arrays fit together and their values are what they are said to be', () => {
    const { count, width, height, codes, x, y, scale, angle } = features();
    expect([width, height]).toEqual([256, 192]);
    expect(count).toBeGreaterThan(80);
    expect(count).toBeLessThanOrEqual(512);
    expect([codes.length, x.length, y.length, scale.length, angle.length]).toEqual([
      count * 16,
      count,
      count,
      count,
      count,
    ]);
    const within = (values: Float32Array, low: number, high: number): boolean =>
      values.every((value) => value >= low && value < high);
    expect(within(x, 0, 256) && within(y, 0, 192)).toBe(true);
    expect(within(scale, 1.6, 64) && within(angle, 0, 2 * Math.PI)).toBe(true);
    // Half of the bits above the median, a few less where values are equal.
    for (let i = 0; i < count; i++) {
      const bits = codes
        .subarray(i * 16, i * 16 + 16)
        .reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
      expect(bits).toBeGreaterThan(16);
      expect(bits).toBeLessThanOrEqual(63);
    }
  });

  test('a photo’s features do not depend on the photos before it', () => {
    const first = features();
    for (const [width, height] of [
      [320, 320],
      [64, 320],
      [320, 31],
      [5, 9],
    ] as const) {
      extractor.extract(photo(width, height, width), []);
    }
    expect(features()).toEqual(first);
  });

  test('a quarter turn turns places and angles and keeps the codes', () => {
    const square = photo(320, 320, 51);
    const original = extractor.extract(square, []);
    const turned = extractor.extract(
      rearranged(square, 320, 320, (x, y) => [y, 319 - x]),
      [],
    );
    const expected = {
      ...original,
      x: original.y.map((y) => 255 - y),
      y: original.x,
      angle: original.angle.map((angle) => wrapAngle(angle + Math.PI / 2)),
    };
    const found = distances(expected, turned);
    expect(shareWithin(found, 8)).toBeGreaterThan(0.93);
    expect(shareWithin(found, 2)).toBeGreaterThan(0.8);
  });

  test('the mirrored photo has the mirrored codes', () => {
    const other = extractor.extract(
      rearranged(picture, 320, 240, (x, y) => [319 - x, y]),
      [],
    );
    const found = distances(mirrored(features()), other);
    expect(shareWithin(found, 8)).toBeGreaterThan(0.93);
    expect(shareWithin(found, 2)).toBeGreaterThan(0.8);
    expect(shareWithin(distances(features(), other), 8)).toBeLessThan(0.1);
  });

  test('the negative has the negative codes', () => {
    const inverted = { ...picture, data: picture.data.map((value) => 255 - value) };
    const found = distances(negative(features()), extractor.extract(inverted, []));
    expect(shareWithin(found, 8)).toBeGreaterThan(0.93);
    expect(shareWithin(found, 2)).toBeGreaterThan(0.8);
  });

  test('half the size has half of the features, in place and scale', () => {
    const large = greyPicture(320, 240, (x, y) => picture.data[(y * 320 + x) * 3]!);
    const small = rearranged(large, 160, 120, (x, y) => [2 * x, 2 * y]);
    const found = distances(extractor.extract(small, []), features(), 2.5);
    expect(shareWithin(found, 40)).toBeGreaterThan(0.5);
  });

  test('with content boxes, only features inside one of them, and more of those', () => {
    const frame = photo(320, 320, 52);
    const boxes = [paste(photo(120, 100, 53), frame, 20, 30), paste(photo(110, 130, 54), frame, 180, 170)];
    const all = extractor.extract(frame, []);
    const inside = extractor.extract(frame, boxes);
    const isInside = ({ x, y }: LocalFeatures, i: number): boolean =>
      boxes.some(({ left, top, width, height }) => {
        const [column, row] = [(x[i]! + 0.5) * 1.25 - 0.5, (y[i]! + 0.5) * 1.25 - 0.5];
        return column > left && column < left + width - 1 && row > top && row < top + height - 1;
      });
    const count = (features: LocalFeatures): number =>
      Array.from({ length: features.count }, (_, i) => isInside(features, i)).filter(Boolean).length;
    expect(inside.count).toBeGreaterThan(30);
    expect(count(inside)).toBe(inside.count);
    expect(count(all)).toBeLessThan(all.count);
    expect(count(inside)).toBeGreaterThanOrEqual(count(all));
  });

  test('nothing on one colour; a thousand spots have no more than 512', () => {
    expect(extractor.extract(plain(320, 240, [9, 200, 30]), []).count).toBe(0);
    expect(extractor.extract(plain(1, 1, [9, 200, 30]), []).count).toBe(0);
    const random = randomNumbers(55);
    const levels = Array.from({ length: 32 * 32 }, () => 255 * random());
    const spots = greyPicture(320, 320, (x, y) =>
      Math.hypot((x % 10) - 5, (y % 10) - 5) < 3
        ? levels[Math.floor(y / 10) * 32 + Math.floor(x / 10)]!
        : 128,
    );
    const { count } = extractor.extract(spots, []);
    expect(count).toBeGreaterThanOrEqual(256);
    expect(count).toBeLessThanOrEqual(512);
  });

  test('refuses what is no thumbnail, and more than four boxes', () => {
    const refused = /1 to 320 px a side/;
    expect(() => extractor.extract(plain(321, 10, [0, 0, 0]), [])).toThrow(refused);
    expect(() => extractor.extract({ width: 10, height: 10, data: new Uint8Array(299) }, [])).toThrow(
      refused,
    );
    expect(() => extractor.extract({ width: 0, height: 0, data: new Uint8Array(0) }, [])).toThrow(refused);
    const box = { left: 0, top: 0, width: 9, height: 9 };
    expect(() => extractor.extract(picture, [box, box, box, box, box])).toThrow(/at most 4/);
  });
});
