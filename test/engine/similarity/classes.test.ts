import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Classes } from '../../../src-main/engine/similarity/classes.ts';

const ITEMS = 8;
const pairs = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: ITEMS - 1 }), fc.integer({ min: 0, max: ITEMS - 1 }))
    .filter(([a, b]) => a !== b),
  { maxLength: 14 },
);

describe('classes', () => {
  test('what must stay apart never becomes one, also by way of others; what was joined stays joined', () => {
    fc.assert(
      fc.property(pairs, pairs, (apart, joins) => {
        const classes = new Classes(ITEMS);
        for (const [a, b] of apart) classes.keepApart(a, b);
        const joined = joins.filter(([a, b]) => classes.join(a, b));
        for (const [a, b] of apart) expect(classes.rootOf(a)).not.toBe(classes.rootOf(b));
        for (const [a, b] of joined) expect(classes.rootOf(a)).toBe(classes.rootOf(b));
        for (const [a, b] of apart) expect(classes.areApart(b, a)).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('a join is refused only where a pair must stay apart', () => {
    const classes = new Classes(4);
    classes.keepApart(0, 3);
    expect([classes.join(0, 1), classes.join(2, 3), classes.join(1, 2)]).toEqual([true, true, false]);
    expect([classes.areApart(1, 2), classes.areApart(0, 1)]).toEqual([true, false]);
    expect([0, 1, 2, 3].map((item) => classes.rootOf(item))).toEqual([0, 0, 2, 2]);
  });
});
