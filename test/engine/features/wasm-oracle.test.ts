/** @file The plain TypeScript version is the oracle of the WASM version. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type ContentBox, findContentBoxes } from '../../../src-main/engine/features/content-boxes.ts';
import { createFeatureExtractor } from '../../../src-main/engine/features/extractor.ts';
import {
  type FeatureExtractor,
  type LocalFeatures,
} from '../../../src-main/engine/features/local-features.ts';
import { POINTS_MAX } from '../../../src-main/engine/features/parameters.ts';
import { type RgbImage } from '../../../src-main/engine/imaging/image.ts';
import { buildWasm } from './built-wasm.ts';
import { distances, shareWithin } from './codes.ts';
import { greyPicture, paste, photo, plain, randomNumbers } from './made-pictures.ts';

let wasm: FeatureExtractor;
let oracle: FeatureExtractor;
beforeAll(async () => {
  const built = await buildWasm();
  wasm = await createFeatureExtractor(built);
  oracle = await createFeatureExtractor(built, false);
  expect([wasm.kind, oracle.kind]).toEqual(['wasm', 'typescript']);
});

interface Case {
  image: RgbImage;
  boxes: ContentBox[];
}

/** A third of the picture has more spots than its cells of the grid may keep, and all of them than may be kept. */
function crowd(width: number, height: number, seed: number): RgbImage {
  const random = randomNumbers(seed);
  const spots = Array.from({ length: 30 * 30 }, () => (random() < 0.5 ? -1 : 1) * (20 + 60 * random()));
  return greyPicture(width, height, (x, y) => {
    const isSpot = x < width / 3 && Math.hypot((x % 11) - 5, (y % 11) - 5) < 4;
    const level = isSpot ? spots[Math.floor(y / 11) * 30 + Math.floor(x / 11)]! : 0;
    return 128 + level + 5 * Math.sin(x / 20) + 2 * random();
  });
}

function made(kind: string, width: number, height: number, seed: number): Case {
  if (kind === 'noise') {
    const random = randomNumbers(seed);
    return { image: greyPicture(width, height, () => 255 * random()), boxes: [] };
  }
  if (kind === 'photo') return { image: photo(width, height, seed), boxes: [] };
  if (kind === 'crowded') return { image: crowd(width, height, seed), boxes: [] };
  const image = plain(width, height, [250, 250, 250]);
  const inner = photo(Math.ceil(width * 0.7), Math.ceil(height * 0.6), seed);
  paste(inner, image, Math.floor(width * 0.1), Math.floor(height * 0.2));
  return { image, boxes: findContentBoxes(image) };
}

test('nearly all codes are the same to the bit, in the same place', () => {
  const side = fc.integer({ min: 16, max: 320 });
  const kinds = fc.constantFrom('photo', 'framed', 'crowded', 'noise');
  let codes = 0;
  let same = 0;
  let near = 0;
  fc.assert(
    fc.property(kinds, side, side, fc.integer(), (kind, width, height, seed) => {
      const { image, boxes } = made(kind, width, height, seed);
      const expected = oracle.extract(image, boxes);
      const actual = wasm.extract(image, boxes);
      expect([actual.width, actual.height]).toEqual([expected.width, expected.height]);
      const allowed = 2 + 0.02 * expected.count;
      expect(Math.abs(actual.count - expected.count)).toBeLessThanOrEqual(allowed);
      const found = distances(expected, actual, 0.01);
      expect(found.filter((distance) => distance > 8).length).toBeLessThanOrEqual(allowed);
      codes += found.length;
      same += found.filter((distance) => distance === 0).length;
      near += found.filter((distance) => distance <= 8).length;
    }),
    { seed: 5, numRuns: 50 },
  );
  expect(codes).toBeGreaterThan(3000);
  expect(same / codes).toBeGreaterThan(0.99);
  expect(near / codes).toBeGreaterThan(0.997);
});

test('grey base and content boxes are the same to the bit', () => {
  const side = fc.integer({ min: 1, max: 320 });
  const kinds = fc.constantFrom('photo', 'framed', 'noise');
  fc.assert(
    fc.property(kinds, side, side, fc.integer(), (kind, width, height, seed) => {
      const { image } = made(kind, width, height, seed);
      const colours = randomNumbers(seed);
      for (let i = 0; i < image.data.length; i += 1 + Math.floor(9 * colours()))
        image.data[i] = 256 * colours();
      expect(wasm.greyBase(image)).toEqual(oracle.greyBase(image));
      expect(wasm.contentBoxes(image)).toEqual(oracle.contentBoxes(image));
    }),
    { seed: 6, numRuns: 60 },
  );
  const { image } = made('framed', 320, 240, 8);
  expect(wasm.contentBoxes(image)).toHaveLength(1);
  expect(wasm.contentBoxes(image)).toEqual(findContentBoxes(image));
});

test('place, scale and angle agree', () => {
  const image = photo(320, 240, 60);
  const [expected, actual] = [oracle.extract(image, []), wasm.extract(image, [])];
  const found = distances(expected, actual, 0.01);
  expect(shareWithin(found, 0)).toBeGreaterThan(0.98);
  let compared = 0;
  for (let i = 0; i < Math.min(expected.count, actual.count); i++) {
    if (expected.x[i] !== actual.x[i] || expected.y[i] !== actual.y[i]) continue;
    compared++;
    expect(actual.scale[i]! / expected.scale[i]!).toBeCloseTo(1, 3);
    expect(Math.sin(actual.angle[i]! - expected.angle[i]!)).toBeCloseTo(0, 2);
  }
  expect(compared).toBeGreaterThan(0);
});

test('more points than may be kept: the same ones in the same order', () => {
  const image = crowd(320, 320, 61);
  const [expected, actual] = [oracle.extract(image, []), wasm.extract(image, [])];
  expect(expected.count).toBeGreaterThanOrEqual(POINTS_MAX);
  expect(actual.count).toBe(expected.count);
  const apart = expected.x.map((x, i) => Math.hypot(x - actual.x[i]!, expected.y[i]! - actual.y[i]!));
  expect(apart.filter((distance) => distance > 0.01).length).toBeLessThan(0.05 * expected.count);
});

test('of two equal pixels side by side both take the same one', () => {
  // No resizing, and the same on both sides of the middle: columns 127 and 128 are equal to the bit.
  const image = greyPicture(256, 256, (x, y) => {
    const distance = Math.abs(x - 127.5);
    return 60 + 150 * Math.exp(-(distance ** 2 + ((y % 32) - 16) ** 2) / 40) + y / 10;
  });
  const [expected, actual] = [oracle.extract(image, []), wasm.extract(image, [])];
  const places = ({ x, y }: LocalFeatures): string[] => [
    ...new Set(Array.from(x, (column, i) => `${column.toFixed(2)} ${y[i]!.toFixed(2)}`)),
  ];
  expect(places(expected).length).toBeGreaterThan(5);
  expect(places(actual).toSorted()).toEqual(places(expected).toSorted());
});
