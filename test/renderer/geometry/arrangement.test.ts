import { describe, expect, it } from 'vitest';
import { arrangementsOf, bestArrangement, cellGrid } from '../../../src-renderer/geometry/arrangement.ts';

const gaps = { gap: 10, caption: 50 };
const room = { width: 800, height: 700 };

describe('photos beside each other', () => {
  it.each([
    ['two upright photos', 2, 0.7, 'beside'],
    ['two wide photos', 2, 2.5, 'stacked'],
    ['three upright photos', 3, 0.5, 'beside'],
    ['three photos', 3, 1.5, 'grid'],
    ['four photos', 4, 1.5, 'grid'],
    ['four panoramas', 4, 8, 'stacked'],
  ])('%s stand where they are largest', (_, count, aspect, arrangement) => {
    expect(bestArrangement(count, aspect, room, gaps)).toBe(arrangement);
  });

  it('share the room, captions and gaps aside', () => {
    expect(cellGrid('beside', 3, room, gaps).box).toEqual({ width: 260, height: 650 });
    expect(cellGrid('stacked', 2, room, gaps).box).toEqual({ width: 800, height: 295 });
    expect(cellGrid('grid', 3, room, gaps)).toEqual({
      columns: 2,
      rows: 2,
      box: { width: 395, height: 295 },
    });
    expect(cellGrid('stacked', 4, { width: 10, height: 10 }, gaps).box.height).toBe(1);
  });

  it('are never offered a grid of two', () => {
    expect(arrangementsOf(2)).toEqual(['beside', 'stacked']);
    expect(arrangementsOf(3)).toContain('grid');
  });
});
