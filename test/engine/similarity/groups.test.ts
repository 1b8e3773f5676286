import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeLinkGroups, type Link } from '../../../src-main/engine/similarity/groups.ts';

const THRESHOLD = 0.8;

/** A library of items with a score for every pair, of which the lists of neighbours know only a part. */
const libraries = fc.integer({ min: 2, max: 14 }).chain((items) =>
  fc.record({
    items: fc.constant(items),
    // Few distinct scores: ties and borders are the hard part.
    scores: fc.array(fc.constantFrom(0.5, 0.79, 0.8, 0.85, 0.9, 1), {
      minLength: items * items,
      maxLength: items * items,
    }),
    listed: fc.array(fc.boolean(), { minLength: items * items, maxLength: items * items }),
    identical: fc.array(fc.tuple(fc.nat(items - 1), fc.nat(items - 1)), { maxLength: 3 }),
  }),
);

type Library = typeof libraries extends fc.Arbitrary<infer T> ? T : never;

function scoreOf({ items, scores }: Library, a: number, b: number): number {
  return scores[Math.min(a, b) * items + Math.max(a, b)]!;
}

function linksOf(library: Library): Link[] {
  const links: Link[] = [];
  for (let a = 0; a < library.items; a++) {
    for (let b = a + 1; b < library.items; b++) {
      if (library.listed[a * library.items + b]) links.push({ a, b, score: scoreOf(library, a, b) });
    }
  }
  return links;
}

function group(library: Library, links: Link[] = linksOf(library)): Promise<number[][]> {
  return completeLinkGroups({
    links,
    identical: library.identical,
    threshold: THRESHOLD,
    score: (a, b) => scoreOf(library, a, b),
  });
}

/** Classes of items that the identities tie together, transitively. */
function classOf(library: Library): number[] {
  const classes = Array.from({ length: library.items }, (_, i) => i);
  for (let round = 0; round < library.items; round++) {
    for (const [a, b] of library.identical) {
      const low = Math.min(classes[a]!, classes[b]!);
      classes[a] = classes[b] = low;
    }
  }
  return classes;
}

describe('groups by complete link', () => {
  it('does not chain: a bridge between strangers joins only its better side', async () => {
    const scores = new Map([
      ['1:2', 0.95],
      ['2:3', 0.9],
      ['1:3', 0.4],
    ]);
    const links = [
      { a: 2, b: 3, score: 0.9 },
      { a: 1, b: 2, score: 0.95 },
    ];
    const score = (a: number, b: number): number => scores.get(`${a}:${b}`) ?? 0;
    expect(await completeLinkGroups({ links, threshold: THRESHOLD, score })).toEqual([[1, 2]]);
  });

  it('asks for a pair that the lists cut off', async () => {
    const asked: string[] = [];
    const links = [
      { a: 1, b: 2, score: 0.95 },
      { a: 2, b: 3, score: 0.9 },
    ];
    const score = (a: number, b: number): number => {
      asked.push([a, b].sort().join(':'));
      return 0.85;
    };
    expect(await completeLinkGroups({ links, threshold: THRESHOLD, score })).toEqual([[1, 2, 3]]);
    expect(asked).toEqual(['1:3']);
  });

  it('makes complete groups only', async () => {
    await fc.assert(
      fc.asyncProperty(libraries, async (library) => {
        const classes = classOf(library);
        for (const items of await group(library)) {
          expect(items.length).toBeGreaterThan(1);
          for (const a of items) {
            for (const b of items) {
              if (classes[a] !== classes[b]) expect(scoreOf(library, a, b)).toBeGreaterThanOrEqual(THRESHOLD);
            }
          }
        }
      }),
    );
  });

  it('puts no item into two groups, and identical ones always into one', async () => {
    await fc.assert(
      fc.asyncProperty(libraries, async (library) => {
        const groups = await group(library);
        const placed = groups.flat();
        expect(new Set(placed).size).toBe(placed.length);
        for (const [a, b] of library.identical) {
          if (a !== b)
            expect(groups.filter((items) => items.includes(a) && items.includes(b))).toHaveLength(1);
        }
      }),
    );
  });

  it('does not depend on the order or the direction of the links', async () => {
    await fc.assert(
      fc.asyncProperty(
        libraries,
        fc.array(fc.nat(), { minLength: 91, maxLength: 91 }),
        async (library, keys) => {
          const links = linksOf(library)
            .map((link, i) => ({ link, key: keys[i]! }))
            .sort((p, q) => p.key - q.key)
            .map(({ link: { a, b, score }, key }) =>
              key % 2 === 0 ? { a, b, score } : { a: b, b: a, score },
            );
          expect(await group(library, links)).toEqual(await group(library));
        },
      ),
    );
  });

  it('leaves no two groups that all listed pairs would join', async () => {
    await fc.assert(
      fc.asyncProperty(libraries, async (library) => {
        const all = { ...library, listed: library.listed.map(() => true), identical: [] };
        const groups = await group(all);
        const grouped = new Set(groups.flat());
        const whole = [
          ...groups,
          ...Array.from({ length: all.items }, (_, i) => i)
            .filter((i) => !grouped.has(i))
            .map((i) => [i]),
        ];
        for (const [i, one] of whole.entries()) {
          for (const other of whole.slice(i + 1)) {
            const joinable = one.every((a) => other.every((b) => scoreOf(all, a, b) >= THRESHOLD));
            expect(joinable).toBe(false);
          }
        }
      }),
    );
  });

  it('holds together a family that is larger than any list of neighbours', async () => {
    const links: Link[] = [];
    for (let a = 1; a < 60; a++) links.push({ a, b: a + 1, score: 0.9 });
    const groups = await completeLinkGroups({ links, threshold: THRESHOLD, score: () => 0.9 });
    expect(groups).toEqual([Array.from({ length: 60 }, (_, i) => i + 1)]);
  });
});
