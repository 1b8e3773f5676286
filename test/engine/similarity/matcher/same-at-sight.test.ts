import { expect, it } from 'vitest';
import type { RgbImage } from '../../../../src-main/engine/imaging/image.ts';
import { isSameAtSight } from '../../../../src-main/engine/similarity/matcher/same-at-sight.ts';

const identity = { xx: 1, xy: 0, yx: 0, yy: 1, x0: 0, y0: 0 };

function picture(change: (x: number, y: number) => number = () => 0): RgbImage {
  const [width, height] = [62, 41];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const level = 100 + ((x * 7 + y * 13) % 60) + change(x, y);
      data.fill(level, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return { width, height, data };
}

it('takes what coding leaves for nothing', () => {
  expect(
    isSameAtSight(
      picture(),
      picture((x, y) => (x + y) % 3),
      identity,
    ),
  ).toBe(true);
});

it('sees a change of a few pixels, at the last rim too', () => {
  const dot = picture((x, y) => (x > 30 && x < 33 && y > 20 && y < 23 ? 60 : 0));
  const rim = picture((x, y) => (x === 61 && y === 40 ? 60 : 0));
  expect(isSameAtSight(picture(), dot, identity)).toBe(false);
  expect(isSameAtSight(picture(), rim, identity)).toBe(false);
});

it('sees a faint change of all', () => {
  expect(
    isSameAtSight(
      picture(),
      picture(() => 4),
      identity,
    ),
  ).toBe(false);
});

it('does not decide on other frames', () => {
  expect(isSameAtSight(picture(), picture(), { ...identity, x0: 0.01 })).toBe(false);
  expect(isSameAtSight(picture(), picture(), { ...identity, xx: -1, x0: 1 })).toBe(false);
  const smaller = { ...picture(), width: 31, height: 41 };
  expect(isSameAtSight(picture(), smaller, identity)).toBe(false);
});

it('is not seen in a grey copy, however faint the colours were', () => {
  const faint = picture();
  for (let i = 0; i < faint.data.length; i += 3) {
    const grey = 80 + ((i / 3) % 97);
    faint.data.set([grey + 2, grey, grey - 2], i);
  }
  const grey = { ...faint, data: Uint8Array.from(faint.data, (_, i) => faint.data[i - (i % 3) + 1]!) };
  expect(isSameAtSight(faint, { ...faint, data: Uint8Array.from(faint.data) }, identity)).toBe(true);
  expect(isSameAtSight(faint, grey, identity)).toBe(false);
});

it('leaves pages to the second check: a word less is a few pixels', () => {
  const page = picture();
  page.data.fill(250, 0, Math.floor(page.data.length / 2));
  expect(isSameAtSight(page, { ...page, data: Uint8Array.from(page.data) }, identity)).toBe(false);
});
