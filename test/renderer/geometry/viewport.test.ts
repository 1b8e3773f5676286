import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../src-renderer/geometry/affine.ts';
import {
  clampView,
  closeUp,
  maxZoom,
  panBy,
  pixelZoom,
  scaleOf,
  sceneToShown,
  seenPart,
  shownSize,
  WHOLE,
  zoomAt,
  type Frame,
} from '../../../src-renderer/geometry/viewport.ts';

const frame: Frame = { scene: { width: 4000, height: 3000 }, box: { width: 600, height: 300 } };

const side = fc.integer({ min: 20, max: 9000 });
const size = fc.record({ width: side, height: side });
const frames = fc.record({ scene: size, box: size });
const views = fc.record({
  zoom: fc.double({ min: 0.1, max: 200, noNaN: true }),
  x: fc.double({ min: -1, max: 2, noNaN: true }),
  y: fc.double({ min: -1, max: 2, noNaN: true }),
});

describe('a scene through a box', () => {
  it('is whole and never letterboxed at first', () => {
    expect(shownSize(WHOLE, frame)).toEqual({ width: 400, height: 300 });
    expect(seenPart(WHOLE, frame)).toEqual({ left: 0, top: 0, width: 1, height: 1 });
    expect(apply(sceneToShown(WHOLE, frame), { x: 4000, y: 3000 })).toEqual({ x: 400, y: 300 });
  });

  it('fills the box when it is zoomed in', () => {
    const view = zoomAt(WHOLE, frame, 2);
    expect(shownSize(view, frame)).toEqual({ width: 600, height: 300 });
    expect(seenPart(view, frame).height).toBeCloseTo(0.5);
    expect(scaleOf(view, frame)).toBeCloseTo(0.2);
  });

  it('never shows what lies beside it, however it is moved and zoomed', () => {
    fc.assert(
      fc.property(frames, views, (some, view) => {
        const allowed = clampView(view, some);
        const seen = seenPart(allowed, some);
        expect(Math.min(seen.left, seen.top)).toBeGreaterThan(-1e-9);
        expect(Math.max(seen.left + seen.width, seen.top + seen.height)).toBeLessThan(1 + 1e-9);
        expect(allowed.zoom).toBeGreaterThanOrEqual(1);
        expect(allowed.zoom).toBeLessThanOrEqual(maxZoom(some));
      }),
      { seed: 4 },
    );
  });

  it('keeps the place under the pointer while one zooms', () => {
    const start = clampView({ zoom: 4, x: 0.5, y: 0.5 }, frame);
    const at = { x: 120, y: -40 };
    const under = (view: typeof start) => {
      const scale = scaleOf(view, frame);
      return { x: view.x * 4000 + at.x / scale, y: view.y * 3000 + at.y / scale };
    };
    const [before, after] = [under(start), under(zoomAt(start, frame, 1.7, at))];
    expect(after.x).toBeCloseTo(before.x, 6);
    expect(after.y).toBeCloseTo(before.y, 6);
  });

  it('goes with the hand', () => {
    const start = clampView({ zoom: 4, x: 0.5, y: 0.5 }, frame);
    const moved = panBy(start, frame, { x: 40, y: -20 });
    const place = { x: 2000, y: 1500 };
    const [from, to] = [apply(sceneToShown(start, frame), place), apply(sceneToShown(moved, frame), place)];
    expect(to.x - from.x).toBeCloseTo(40);
    expect(to.y - from.y).toBeCloseTo(-20);
  });

  it('can be seen pixel for pixel, on fine screens too', () => {
    const view = zoomAt(WHOLE, frame, pixelZoom(frame, 2));
    expect(scaleOf(view, frame) * 2).toBeCloseTo(1);
  });

  it('shows a region with what is around it', () => {
    const region = { left: 1000, top: 600, width: 200, height: 100 };
    const view = closeUp(region, frame, 0.5);
    const corner = apply(sceneToShown(view, frame), { x: 1000, y: 600 });
    const opposite = apply(sceneToShown(view, frame), { x: 1200, y: 700 });
    expect(opposite.x - corner.x).toBeCloseTo(300);
    expect((opposite.y + corner.y) / 2).toBeCloseTo(150);
  });
});
