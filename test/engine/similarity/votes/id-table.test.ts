import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIdTable } from '../../../../src-main/engine/similarity/votes/id-table.ts';

test('does what a Map does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 0xffffffff })),
      fc.integer({ min: 1, max: 7 }),
      (more, step) => {
        // Ids in a row, as a database gives them, and any others; enough to grow twice.
        const ids = [...Array.from({ length: 3000 }, (_, i) => i * step), ...more];
        const table = createIdTable((number) => ids[number]!, 0);
        const map = new Map<number, number>();
        for (const [number, id] of ids.entries()) {
          table.set(id, number);
          map.set(id, number);
        }
        for (const [id, number] of map) expect(table.numberOf(id)).toBe(number);
        for (let id = 1; id < 3000; id++) expect(table.numberOf(id)).toBe(map.get(id));
      },
    ),
    { seed: 6, numRuns: 20 },
  );
});
