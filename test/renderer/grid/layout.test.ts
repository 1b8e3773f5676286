import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  framesThatFit,
  MAX_SCROLL_HEIGHT_PX,
  membersToShow,
  offsetAt,
  pagesOf,
  rowsInView,
  rowTop,
  scrollHeight,
  scrollTopAfterMove,
  scrollTopAt,
  scrollTopToShow,
  type ListShape,
} from '../../../src-renderer/grid/layout.ts';

const shapes = fc.record({
  rows: fc.integer({ min: 1, max: 500_000 }),
  rowHeight: fc.constantFrom(111, 190, 199),
  viewHeight: fc.integer({ min: 100, max: 2000 }),
});
const positions = fc.tuple(shapes, fc.double({ min: 0, max: 1, noNaN: true })).map(([shape, share]) => ({
  shape,
  scrollTop: share * Math.max(0, scrollHeight(shape) - shape.viewHeight),
}));

describe('a list of rows', () => {
  it('is as high as its rows up to the cap, and never higher', () => {
    expect(scrollHeight({ rows: 100, rowHeight: 199, viewHeight: 800 })).toBe(19_900);
    expect(scrollHeight({ rows: 500_000, rowHeight: 199, viewHeight: 800 })).toBe(MAX_SCROLL_HEIGHT_PX);
  });

  it('scrolls pixel by pixel below the cap', () => {
    expect(offsetAt({ rows: 1000, rowHeight: 199, viewHeight: 800 }, 12_345)).toBe(12_345);
  });

  it('reaches its first and its last row, however long it is', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const end = Math.max(0, scrollHeight(shape) - shape.viewHeight);
        expect(rowsInView(shape, 0, 0).first).toBe(0);
        expect(rowsInView(shape, end, 0).last).toBe(shape.rows - 1);
      }),
    );
  });

  it('keeps a row where it stands when the list gives it another place', () => {
    fc.assert(
      fc.property(positions, fc.integer({ min: 0 }), fc.integer({ min: 0 }), ({ shape, scrollTop }, a, b) => {
        const { first, last } = rowsInView(shape, scrollTop, 0);
        const from = first + (a % (last - first + 1));
        const to = b % shape.rows;
        const after = scrollTopAfterMove(shape, scrollTop, from, to);
        const [stood, stands] = [
          rowTop(shape, scrollTop, from) - scrollTop,
          rowTop(shape, after, to) - after,
        ];
        const isAtAnEnd = after === 0 || after >= scrollHeight(shape) - shape.viewHeight - 1e-6;
        if (!isAtAnEnd) expect(stands).toBeCloseTo(stood, 3);
      }),
      { seed: 5 },
    );
    const shape = { rows: 100, rowHeight: 100, viewHeight: 500 };
    expect(scrollTopAfterMove(shape, 1000, 12, 15)).toBe(1300);
    // Out of sight, nothing has to stay.
    expect(scrollTopAfterMove(shape, 1000, 20, 30)).toBe(1000);
  });

  it('draws every row that the view can show', () => {
    fc.assert(
      fc.property(positions, ({ shape, scrollTop }) => {
        const { first, last } = rowsInView(shape, scrollTop, 0);
        const top = rowTop(shape, scrollTop, first);
        const bottom = rowTop(shape, scrollTop, last) + shape.rowHeight;
        expect(top).toBeLessThanOrEqual(scrollTop + 1e-6);
        const wanted = Math.min(scrollTop + shape.viewHeight, rowTop(shape, scrollTop, shape.rows));
        expect(bottom).toBeGreaterThanOrEqual(wanted - 1e-6);
        expect(last - first).toBeLessThanOrEqual(Math.ceil(shape.viewHeight / shape.rowHeight) + 1);
      }),
    );
  });

  it('turns scroll positions into places in the list and back', () => {
    fc.assert(
      fc.property(positions, ({ shape, scrollTop }) => {
        expect(scrollTopAt(shape, offsetAt(shape, scrollTop))).toBeCloseTo(scrollTop, 3);
      }),
    );
  });

  it('shows a row whole, and moves nothing when it is shown already', () => {
    fc.assert(
      fc.property(positions, fc.nat(), ({ shape, scrollTop }, seed) => {
        const row = seed % shape.rows;
        const moved = scrollTopToShow(shape, scrollTop, row);
        const offset = offsetAt(shape, moved);
        const top = row * shape.rowHeight;
        expect(top).toBeGreaterThanOrEqual(offset - 0.01);
        if (shape.rowHeight <= shape.viewHeight) {
          expect(top + shape.rowHeight).toBeLessThanOrEqual(offset + shape.viewHeight + 0.01);
        }
        expect(scrollTopToShow(shape, moved, row)).toBeCloseTo(moved, 3);
      }),
    );
  });

  it('draws nothing when it is empty', () => {
    const empty: ListShape = { rows: 0, rowHeight: 199, viewHeight: 800 };
    expect(rowsInView(empty, 0, 3)).toEqual({ first: 0, last: -1 });
  });
});

it('names the pages that hold a range of rows', () => {
  expect(pagesOf({ first: 0, last: 49 }, 50)).toEqual([0]);
  expect(pagesOf({ first: 48, last: 151 }, 50)).toEqual([0, 1, 2, 3]);
  expect(pagesOf({ first: 0, last: -1 }, 50)).toEqual([]);
});

describe('photos side by side', () => {
  it('counts what fits', () => {
    const frame = { width: 142, gap: 8, keeperExtra: 8 };
    expect(framesThatFit(600, frame)).toBe(4);
    expect(framesThatFit(599, frame)).toBe(3);
    expect(framesThatFit(10, frame)).toBe(2);
  });

  it('always shows the keeper and the current photo, and says how many are not shown', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 2, max: 12 }),
        fc.nat(),
        (members, fit, seed) => {
          const current = seed % members;
          const picked = Math.floor(seed / members) % members;
          const { shown, hidden } = membersToShow(members, fit, current, picked);
          expect(shown[0]).toBe(0);
          expect(shown).toContain(current);
          if (fit > 2) expect(shown).toContain(picked);
          expect([...shown].sort((a, b) => a - b)).toEqual(shown);
          expect(new Set(shown).size).toBe(shown.length);
          expect(shown.length + hidden).toBe(members);
          expect(shown.every((index) => index >= 0 && index < members)).toBe(true);
        },
      ),
    );
  });

  it('shows the first members while the keys are at none of the others', () => {
    expect(membersToShow(6, 4, 0)).toEqual({ shown: [0, 1, 2, 3], hidden: 2 });
    expect(membersToShow(6, 4, 5)).toEqual({ shown: [0, 3, 4, 5], hidden: 2 });
  });
});
