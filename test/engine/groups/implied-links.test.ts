import { describe, expect, test } from 'vitest';
import type { PairMeasures } from '../../../src-main/contract/model.ts';
import { impliedLinks } from '../../../src-main/engine/groups/implied-links.ts';
import { pairMeasures } from '../similarity/made-measures.ts';
import { madeRows, type MadePair } from './made-rows.ts';

/** B is the part of A from `left` on that is `width` wide. */
function part(left: number, width: number): PairMeasures {
  return pairMeasures(
    { overlapA: width },
    { map: { xx: 1 / width, xy: 0, yx: 0, yy: 1, x0: -left / width, y0: 0 } },
  );
}

async function implied(pairs: readonly MadePair[], measures: Record<string, PairMeasures>) {
  const { pairs: rows, index } = madeRows({ contents: 4, pairs });
  const asked: string[] = [];
  const links = await impliedLinks(4, rows, index, (row) => {
    const name = `${rows.a[row]} ${rows.b[row]}`;
    asked.push(name);
    return measures[name] ?? null;
  });
  return { links, asked };
}

describe('an implied link', () => {
  const halves = { '0 1': part(0, 0.48), '0 2': part(0.52, 0.48), '0 3': part(0.4, 0.5) };
  const pairs: MadePair[] = [
    [0, 1, 0.9, 'cropped'],
    [0, 2, 0.8, 'edited'],
  ];

  test('ties two crops of one photo that share nothing, as well as the weaker matches the photo', async () => {
    const { links } = await implied(pairs, halves);
    expect(links).toEqual([{ a: 1, b: 2, by: 0, score: 0.8 }]);
    const scored = await implied([...pairs, [1, 2, 0.15, 'similar']], halves);
    expect(scored.links).toEqual(links);
  });

  test('ties no crops that overlap: they should have matched', async () => {
    expect(
      (
        await implied(
          [
            [0, 1, 0.9, 'cropped'],
            [0, 3, 0.9, 'cropped'],
          ],
          { ...halves, '0 1': part(0.2, 0.5) },
        )
      ).links,
    ).toEqual([]);
  });

  test('ties nothing, and asks for nothing, where the two match or are known to be two photos', async () => {
    for (const between of [
      [1, 2, 0.95, 'cropped'],
      [1, 2, 0.2, 'burst'],
    ] as const) {
      expect(await implied([...pairs, between], halves)).toEqual({ links: [], asked: [] });
    }
  });

  test('ties no photos of which the third is a part', async () => {
    const whole = pairMeasures({ overlapB: 0.48 }, { map: part(0, 0.48).map });
    expect((await implied(pairs, { '0 1': whole, '0 2': whole })).links).toEqual([]);
  });
});
