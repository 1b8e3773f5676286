import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../../../../src-main/engine/demo/random.ts';
import {
  afterMirroring,
  type AffineMap,
  inverse,
} from '../../../../src-main/engine/similarity/verification/affine-map.ts';
import {
  type Correspondences,
  createCorrespondences,
} from '../../../../src-main/engine/similarity/verification/correspondences.ts';
import { fitMap } from '../../../../src-main/engine/similarity/verification/fit.ts';
import {
  fitAffine,
  fitSimilarity,
  momentsOf,
} from '../../../../src-main/engine/similarity/verification/least-squares.ts';

function apply(map: AffineMap, x: number, y: number): [x: number, y: number] {
  return [map.xx * x + map.xy * y + map.x0, map.yx * x + map.yy * y + map.y0];
}

function similarity(turn: number, scale: number, x0: number, y0: number): AffineMap {
  const [cos, sin] = [scale * Math.cos(turn), scale * Math.sin(turn)];
  return { xx: cos, xy: -sin, x0, yx: sin, yy: cos, y0 };
}

function setTurn(points: Correspondences, k: number, radians: number): void {
  points.cos[k] = Math.cos(radians);
  points.sin[k] = Math.sin(radians);
}

interface Made {
  map: AffineMap;
  turn: number;
  scale: number;
}

/** `right` matches under the map with places `error` px off, then `wrong` ones anywhere. */
function matchesUnder(
  { map, turn, scale }: Made,
  right: number,
  wrong: number,
  random: Random,
  error = 0.5,
): Correspondences {
  const points = createCorrespondences();
  points.count = right + wrong;
  for (let k = 0; k < points.count; k++) {
    const [x, y] = [random.between(0, 255), random.between(0, 190)];
    const isRight = k < right;
    const [u, v] = isRight ? apply(map, x, y) : [random.between(0, 255), random.between(0, 190)];
    points.x[k] = x;
    points.y[k] = y;
    points.u[k] = u + (isRight ? random.between(-error, error) : 0);
    points.v[k] = v + (isRight ? random.between(-error, error) : 0);
    setTurn(points, k, isRight ? turn + random.between(-0.15, 0.15) : random.between(-6, 6));
    points.logScale[k] = isRight ? Math.log(scale) + random.between(-0.15, 0.15) : random.between(-1.5, 1.5);
  }
  return points;
}

const made = fc
  .record({
    turn: fc.double({ min: -3.1, max: 3.1, noNaN: true }),
    scale: fc.double({ min: 0.4, max: 2.5, noNaN: true }),
    x0: fc.double({ min: -100, max: 100, noNaN: true }),
    y0: fc.double({ min: -100, max: 100, noNaN: true }),
    seed: fc.integer(),
  })
  .map(({ turn, scale, x0, y0, seed }) => ({
    map: similarity(turn, scale, x0, y0),
    turn,
    scale,
    random: createRandom(seed),
  }));

function expectSameMap(actual: AffineMap | null | undefined, expected: AffineMap, within: number): void {
  expect(actual).toBeTruthy();
  for (const [x, y] of [
    [0, 0],
    [255, 0],
    [0, 190],
    [255, 190],
  ] as const) {
    const [actualX, actualY] = apply(actual!, x, y);
    const [expectedX, expectedY] = apply(expected, x, y);
    expect(Math.hypot(actualX - expectedX, actualY - expectedY)).toBeLessThan(within);
  }
}

const all = Int32Array.from({ length: 512 }, (_, i) => i);

describe('least squares', () => {
  test('gives back a similarity, and an affine map that is not one', () => {
    fc.assert(
      fc.property(made, fc.double({ min: 0.75, max: 1.3, noNaN: true }), (given, squash) => {
        const exact = matchesUnder(given, 12, 0, given.random, 0);
        expectSameMap(fitSimilarity(momentsOf(exact, all, 12)), given.map, 1e-6);
        expectSameMap(fitAffine(momentsOf(exact, all, 12)), given.map, 1e-6);
        const map = { ...given.map, xx: given.map.xx * squash, yx: given.map.yx * squash };
        const squashed = matchesUnder({ ...given, map }, 12, 0, given.random, 0);
        expectSameMap(fitAffine(momentsOf(squashed, all, 12)), map, 1e-6);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test('points on one place have no similarity, points on a line no affine map', () => {
    const points = createCorrespondences();
    for (let k = 0; k < 10; k++) {
      points.x[k] = points.u[k] = 10 + k;
      points.y[k] = points.v[k] = 20 + 2 * k;
    }
    expect(fitAffine(momentsOf(points, all, 10))).toBeNull();
    expectSameMap(fitSimilarity(momentsOf(points, all, 10)), similarity(0, 1, 0, 0), 1e-6);
    points.x.fill(5);
    points.y.fill(5);
    expect(fitSimilarity(momentsOf(points, all, 10))).toBeNull();
  });

  test.each([
    ['turned over', { xx: -1, xy: 0, x0: 255, yx: 0, yy: 1, y0: 0 }],
    ['stretched by more than 2', { xx: 2.1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 }],
    ['slanted by more than 53 degrees', { xx: 1, xy: 1.5, x0: 0, yx: 0, yy: 1, y0: 0 }],
  ])('no affine map that is %s', (_, map) => {
    const points = matchesUnder({ map, turn: 0, scale: 1 }, 12, 0, createRandom(1), 0);
    expect(fitAffine(momentsOf(points, all, 12))).toBeNull();
  });
});

describe('fit', () => {
  test('finds the map among as many wrong matches, counts the right ones', () => {
    fc.assert(
      fc.property(made, (given) => {
        const fit = fitMap(matchesUnder(given, 30, 30, given.random), 256);
        expectSameMap(fit?.map, given.map, 3);
        expect(fit!.inliers).toBeGreaterThanOrEqual(24);
        expect(fit!.inliers).toBeLessThanOrEqual(34);
        expect([...fit!.agreeing].filter((k) => k < 30).length).toBe(30);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  test('matches of one place on either side count once', () => {
    const given = { map: similarity(0, 1, 5, 5), turn: 0, scale: 1 };
    const points = matchesUnder(given, 10, 0, createRandom(4), 0);
    for (const side of ['first', 'second']) {
      const crowded = structuredClone(points);
      crowded.count = 14;
      for (let k = 10; k < 14; k++) {
        crowded.x[k] = points.x[9]! + (side === 'second' ? 4 * (k - 9) - 10 : 0);
        crowded.y[k] = points.y[9]!;
        crowded.u[k] = points.u[9]! + (side === 'first' ? 4 * (k - 9) - 10 : 0);
        crowded.v[k] = points.v[9]!;
        setTurn(crowded, k, 0);
      }
      const fit = fitMap(crowded, 400)!;
      expect([fit.agreeing.length, fit.inliers]).toEqual([14, 10]);
    }
    expect(fitMap(points, 400)?.inliers).toBe(10);
  });

  test('none without three matches that agree', () => {
    const given = { map: similarity(0.3, 1.2, 5, 5), turn: 0.3, scale: 1.2 };
    expect(fitMap(createCorrespondences(), 256)).toBeNull();
    expect(fitMap(matchesUnder(given, 2, 0, createRandom(6)), 256)).toBeNull();
    expect(fitMap(matchesUnder(given, 3, 0, createRandom(6)), 256)).not.toBeNull();
    // The places agree, their directions do not.
    const points = matchesUnder(given, 3, 0, createRandom(6));
    setTurn(points, 2, 0.3 + 1.2);
    expect(fitMap(points, 256)).toBeNull();
    const more = matchesUnder(given, 6, 0, createRandom(6));
    setTurn(more, 4, 0.3 + 0.8);
    more.logScale[5]! += 1;
    expect([...fitMap(more, 256)!.agreeing]).toEqual([0, 1, 2, 3]);
  });
});

describe('affine maps', () => {
  test('the inverse leads back; after mirroring is after mirroring', () => {
    const map = { xx: 1.1, xy: -0.4, x0: 7, yx: 0.3, yy: 0.8, y0: -3 };
    const [u, v] = apply(map, 20, 30);
    const [x, y] = apply(inverse(map), u, v);
    expect(x).toBeCloseTo(20, 9);
    expect(y).toBeCloseTo(30, 9);
    expect(apply(afterMirroring(map, 256), 20, 30)).toEqual(apply(map, 235, 30));
  });
});
