import { expect, test } from 'vitest';
import { type RgbImage } from '../../../../src-main/engine/imaging/image.ts';
import { greyBase, pyramidFrom } from '../../../../src-main/engine/similarity/verification/grey-pyramid.ts';
import { scene } from './made-photos.ts';

function mean(values: Uint8Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

test('levels of 128, 64, 32 and 16 px, of one mean', () => {
  const levels = pyramidFrom(greyBase(scene(3, 320, 213)));
  expect(levels.map(({ width, height }) => [width, height])).toEqual([
    [128, 85],
    [64, 43],
    [32, 22],
    [16, 11],
  ]);
  for (const { width, height, data } of levels) {
    expect(data.length).toBe(width * height);
    expect(Math.abs(mean(data) - mean(levels[0]!.data))).toBeLessThan(1);
  }
});

test('a pixel is the mean of what it covers', () => {
  const columns = [0, 100, 200, 50, 150, 250];
  const data = new Uint8Array(320 * 3);
  for (let x = 0; x < 320; x++) data.fill(columns[x % 5]!, x * 3, x * 3 + 3);
  const base = greyBase({ width: 320, height: 1, data });
  expect([base.width, base.height]).toEqual([128, 1]);
  // 2.5 px each: 0, 100 and half of 200; the other half of it, 50 and 150.
  expect([...base.data.subarray(0, 4)]).toEqual([80, 120, 80, 120]);
});

test('colours weigh as the eye sees them; nothing is enlarged', () => {
  const image: RgbImage = { width: 3, height: 1, data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255) };
  const levels = pyramidFrom(greyBase(image));
  expect(levels.map(({ data }) => [...data])).toEqual(Array(4).fill([76, 150, 29]));
});

test('one pixel, and a line', () => {
  const dot = pyramidFrom(greyBase({ width: 1, height: 1, data: Uint8Array.of(9, 9, 9) }));
  expect(dot.map(({ width, height }) => width * height)).toEqual([1, 1, 1, 1]);
  const line = pyramidFrom(greyBase({ width: 2, height: 320, data: new Uint8Array(1920).fill(70) }));
  expect(line.map(({ width, height }) => [width, height])).toEqual([
    [1, 128],
    [1, 64],
    [1, 32],
    [1, 16],
  ]);
  expect(line.every(({ data }) => data.every((value) => value === 70))).toBe(true);
});
