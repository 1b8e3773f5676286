import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closeUp,
  fit,
  panned,
  project,
  turned,
  wholeMap,
  wholeSolid,
  zoomAt,
} from '../../../src-renderer/plot/camera.ts';

const frame = { width: 800, height: 600 };
const square = fit(Float32Array.of(-1, -1, 1, -1, 1, 1, -1, 1), 2);

function placesOf(fitted: typeof square, camera = wholeMap): number[] {
  return [...project(fitted, camera, frame, new Float32Array((fitted.points.length / 3) * 2))];
}

describe('the camera of the map', () => {
  it('puts the middle of the points into the middle of the canvas, up being up', () => {
    const places = placesOf(square);
    const middle = [0, 1].map((axis) => places.filter((_, i) => i % 2 === axis).reduce((a, b) => a + b) / 4);
    expect(middle[0]).toBeCloseTo(400, 3);
    expect(middle[1]).toBeCloseTo(300, 3);
    expect(places[5]).toBeLessThan(places[1]!);
  });

  it('fits all but the outliers', () => {
    const many = Float32Array.from({ length: 4_000 }, (_, i) => Math.sin(i * 12.9898));
    many.set([500, 500], 0);
    for (const [i, place] of placesOf(fit(many, 2)).entries())
      if (i > 1) expect(place).toBeGreaterThan(i % 2 === 0 ? 100 : 0);
  });

  it('keeps what lies under the pointer when it zooms', () => {
    const zooms = fc.record({ x: fc.integer({ min: 0, max: 800 }), y: fc.integer({ min: 0, max: 600 }) });
    fc.assert(
      fc.property(zooms, fc.double({ min: 0.6, max: 8, noNaN: true }), (at, factor) => {
        const before = { ...wholeMap, x: 0.3, y: -0.2, zoom: 2 };
        const after = zoomAt(before, frame, at, factor);
        const unit = (camera: typeof before): number => 600 * 0.46 * camera.zoom;
        const seen = (camera: typeof before): number[] => [
          camera.x + (at.x - 400) / unit(camera),
          camera.y + (300 - at.y) / unit(camera),
        ];
        for (const [i, value] of seen(before).entries()) expect(seen(after)[i]).toBeCloseTo(value, 6);
      }),
    );
  });

  it('moves the points with the pointer', () => {
    const before = placesOf(square);
    const after = placesOf(square, panned(wholeMap, frame, { x: 30, y: -20 }));
    for (const [i, place] of after.entries())
      expect(place - before[i]!).toBeCloseTo(i % 2 === 0 ? 30 : -20, 2);
  });

  it('turns three dimensions without changing distances from the middle', () => {
    const solid = fit(Float32Array.of(1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1), 3);
    const before = placesOf(solid, wholeSolid);
    const after = placesOf(solid, turned(wholeSolid, frame, { x: 90, y: 15 }));
    expect(after).not.toEqual(before);
    const lengths = (places: number[]): number =>
      places.reduce((sum, place, i) => sum + (place - (i % 2 === 0 ? 400 : 300)) ** 2, 0);
    // Six unit vectors, seen from any side, have the same sum of squares.
    expect(lengths(after) / lengths(before)).toBeCloseTo(1, 3);
  });

  it('closes up on some points', () => {
    const near = placesOf(square, closeUp(square, [2], wholeMap, frame));
    expect(near[4]).toBeCloseTo(400, 2);
    expect(near[5]).toBeCloseTo(300, 2);
    expect(closeUp(square, [], wholeMap, frame)).toEqual(wholeMap);
  });

  it('takes an empty map', () => {
    expect(fit(new Float32Array(0), 3).points).toHaveLength(0);
  });
});
