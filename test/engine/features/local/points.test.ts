import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findExtrema, type Point } from '../../../../src-main/engine/features/local/extrema.ts';
import { type GreyImage } from '../../../../src-main/engine/features/local/grey.ts';
import { ScaleSpace } from '../../../../src-main/engine/features/local/scale-space.ts';
import { selectPoints } from '../../../../src-main/engine/features/local/selection.ts';
import { CANDIDATES_MAX } from '../../../../src-main/engine/features/parameters.ts';
import { randomNumbers } from '../made-pictures.ts';

const space = new ScaleSpace();

function grey(width: number, height: number, level: (x: number, y: number) => number): GreyImage {
  const data = Float32Array.from({ length: width * height }, (_, i) =>
    level(i % width, Math.floor(i / width)),
  );
  return { width, height, data };
}

function pointsOf(image: GreyImage, accepts: (x: number, y: number) => boolean = () => true): Point[] {
  return findExtrema(space.build(image), accepts);
}

/** A round spot whose profile is a Gaussian. */
function spot(x: number, y: number, sigma: number, height = 100): (px: number, py: number) => number {
  return (px, py) => 100 + height * Math.exp(-((px - x) ** 2 + (py - y) ** 2) / (2 * sigma ** 2));
}

describe('scale space', () => {
  test('octaves halve while their shorter side has 12 px, at most five of them', () => {
    const sizes = (width: number, height: number): number[][] =>
      space.build(grey(width, height, () => 0)).map((octave) => [octave.width, octave.height, octave.pixel]);
    expect(sizes(256, 100)).toEqual([
      [256, 100, 1],
      [128, 50, 2],
      [64, 25, 4],
      [32, 12, 8],
    ]);
    expect(sizes(256, 256).length).toBe(5);
    expect(sizes(256, 11)).toEqual([]);
  });

  test('a spot of variance v is blurred to v + sigma^2', () => {
    const image = grey(128, 128, spot(64, 64, 4));
    const [first] = space.build(image);
    for (const level of [0, 1, 2, 3, 4, 5]) {
      const sigma = 1.6 * 2 ** (level / 3);
      // The photo is taken to have a blur of 0.5 px, which this one has not.
      const added = sigma ** 2 - 0.25;
      const expected = 100 + (100 * 16) / (16 + added);
      expect(first!.gaussians[level]![64 * 128 + 64]).toBeCloseTo(expected, 0);
    }
  });
});

describe('extrema', () => {
  test.each([3, 5, 9, 16])('a bright and a dark spot of sigma %i are found in place and size', (sigma) => {
    for (const height of [100, -90]) {
      const [strongest] = pointsOf(grey(200, 160, spot(90.3, 70.6, sigma, height))).toSorted(
        (a, b) => b.strength - a.strength,
      );
      expect(Math.abs(strongest!.x - 90.3)).toBeLessThan(0.3);
      expect(Math.abs(strongest!.y - 70.6)).toBeLessThan(0.3);
      const scale = strongest!.sigma * strongest!.octave.pixel;
      // A difference of Gaussians 2^(1/3) apart peaks near, not at, the spot's own sigma.
      expect(scale / sigma).toBeGreaterThan(0.75);
      expect(scale / sigma).toBeLessThan(1.1);
    }
  });

  test('nothing on one colour, on a ramp, on a straight edge, or below the least contrast', () => {
    expect(pointsOf(grey(200, 160, () => 77))).toEqual([]);
    expect(pointsOf(grey(200, 160, (x, y) => x / 2 + y / 3))).toEqual([]);
    expect(pointsOf(grey(200, 160, (x, y) => (x + 0.4 * y > 120 ? 200 : 50)))).toEqual([]);
    expect(pointsOf(grey(200, 160, spot(90, 70, 5, 2)))).toEqual([]);
  });

  test('of two equal pixels side by side one is the point', () => {
    const points = pointsOf(grey(160, 160, spot(80.5, 80, 5)));
    expect(points.filter((point) => Math.hypot(point.x - 80.5, point.y - 80) < 3).length).toBe(1);
  });

  test('only where they are wanted', () => {
    const image = grey(200, 160, (x, y) => 100 + 80 * Math.sin(x / 3) * Math.cos(y / 4 + x / 30));
    const all = pointsOf(image);
    const left = pointsOf(image, (x) => x < 100);
    expect(left.length).toBeGreaterThan(20);
    expect(left.map((point) => point.x)).toEqual(all.map((point) => point.x).filter((x) => x < 100));
  });

  test('the wildest picture stays below the limit', () => {
    const random = randomNumbers(6);
    expect(pointsOf(grey(256, 256, () => (random() < 0.5 ? 0 : 255))).length).toBeLessThan(CANDIDATES_MAX);
  });
});

describe('selection', () => {
  const width = 240;
  const height = 180;
  const [octave] = new ScaleSpace().build(grey(width, height, () => 0));

  function made(places: readonly (readonly [x: number, y: number, strength: number])[]): Point[] {
    return places.map(([x, y, strength]) => ({
      octave: octave!,
      level: 1,
      column: Math.floor(x),
      row: Math.floor(y),
      x,
      y,
      sigma: 2,
      strength,
    }));
  }

  const place = fc.tuple(
    fc.double({ min: -0.5, max: width, noNaN: true }),
    fc.double({ min: -0.5, max: height, noNaN: true }),
    fc.integer({ min: 1, max: 50 }),
  );

  test('the strongest of each cell first, each part by strength, then what found its cell full', () => {
    fc.assert(
      fc.property(fc.array(place, { maxLength: 600, size: 'max' }), (places) => {
        const points = made(places);
        const kept = selectPoints(points, width, height);
        expect(kept.length).toBe(Math.min(256, points.length));
        expect(new Set(kept).size).toBe(kept.length);
        const cellOf = ({ x, y }: Point): number =>
          Math.max(0, Math.min(5, Math.floor(y / 30))) * 6 + Math.max(0, Math.min(5, Math.floor(x / 40)));
        const spread = kept.findIndex((point, i) => {
          const before = kept.slice(0, i);
          return before.filter((other) => cellOf(other) === cellOf(point)).length >= 16;
        });
        const [first, rest] = spread < 0 ? [kept, []] : [kept.slice(0, spread), kept.slice(spread)];
        for (const part of [first, rest]) {
          for (let i = 1; i < part.length; i++) {
            const order = part[i - 1]!.strength - part[i]!.strength;
            expect(
              order > 0 || (order === 0 && points.indexOf(part[i - 1]!) < points.indexOf(part[i]!)),
            ).toBe(true);
          }
        }
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  test('a crowded corner leaves room for weak points elsewhere', () => {
    const crowd = Array.from({ length: 300 }, (_, i) => [5 + (i % 20), 5 + i / 20, 100] as const);
    const lone = [200, 150, 1] as const;
    const kept = selectPoints(made([...crowd, lone]), width, height);
    expect(kept.length).toBe(256);
    expect(kept[16]).toMatchObject({ x: 200, y: 150 });
  });
});
