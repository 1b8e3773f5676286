import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VerdictLink } from '../../../src-main/engine/groups/linkage.ts';
import { copiesAt, madeIndex, type MadePair } from './made-rows.ts';

const CONTENTS = 8;
const item = fc.integer({ min: 0, max: CONTENTS - 1 });
const couples = <T>(value: fc.Arbitrary<T>, maxLength: number) =>
  fc
    .uniqueArray(fc.tuple(item, item, value), {
      selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`,
      maxLength,
    })
    .map((list) => list.filter(([a, b]) => a < b));
const pairs = couples(
  fc.integer({ min: 2, max: 20 }).map((score) => score / 20),
  28,
);
const verdicts = couples(fc.constantFrom('same' as const, 'different' as const), 6).map((list) =>
  list.map(([a, b, verdict], i): VerdictLink => ({ a, b, verdict, at: `2026-01-0${i + 1}` })),
);
const thresholds = fc.integer({ min: 2, max: 20 }).map((score) => score / 20);

function said(list: readonly VerdictLink[], verdict: VerdictLink['verdict']): VerdictLink[] {
  return list.filter((link) => link.verdict === verdict);
}

describe('verdicts', () => {
  test('different never stands in one group, same always does unless it is contradicted, for ever', () => {
    fc.assert(
      fc.property(pairs, verdicts, thresholds, (links, given, threshold) => {
        const index = madeIndex({ contents: CONTENTS, pairs: links }, { verdicts: given });
        const groups = copiesAt(index, threshold);
        const together = (a: number, b: number): boolean =>
          groups.some((group) => group.includes(a) && group.includes(b));
        for (const { a, b } of said(given, 'different')) expect(together(a, b)).toBe(false);
        for (const link of said(given, 'same'))
          expect(together(link.a, link.b)).toBe(!index.contradicted.includes(link));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('a pair of a group is linked at the threshold, or one of the two is the same as another that is', () => {
    fc.assert(
      fc.property(pairs, verdicts, thresholds, (links, given, threshold) => {
        const index = madeIndex({ contents: CONTENTS, pairs: links }, { verdicts: given });
        const score = new Map(links.map(([a, b, value]) => [`${a} ${b}`, value]));
        const honoured = said(given, 'same').filter((link) => !index.contradicted.includes(link));
        const classOf = (start: number): number[] => {
          const found = new Set([start]);
          for (let grown = true; grown;) {
            grown = false;
            for (const { a, b } of honoured) {
              if (found.has(a) === found.has(b)) continue;
              found.add(a).add(b);
              grown = true;
            }
          }
          return [...found];
        };
        for (const group of copiesAt(index, threshold)) {
          for (const a of group)
            for (const b of group.filter((other) => other > a && !classOf(a).includes(other))) {
              const best = classOf(a).flatMap((x) =>
                classOf(b).map((y) => score.get(`${Math.min(x, y)} ${Math.max(x, y)}`) ?? 0),
              );
              expect(Math.max(...best)).toBeGreaterThanOrEqual(threshold);
            }
        }
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test('an answer that is taken back leaves no trace, and a later one counts at once', () => {
    const made = { contents: 3, pairs: [[0, 1, 0.9]] as MadePair[] };
    const index = madeIndex(made);
    expect(copiesAt(index, 0.8)).toEqual([[0, 1]]);
    index.decideVerdicts([
      { a: 0, b: 1, verdict: 'different', at: '1' },
      { a: 1, b: 2, verdict: 'same', at: '2' },
    ]);
    expect(copiesAt(index, 0.8)).toEqual([[1, 2]]);
    expect(index.at(0.8)[0]).toMatchObject({ probability: 1, tier: 'safe' });
    index.decideVerdicts([]);
    expect(copiesAt(index, 0.8)).toEqual([[0, 1]]);
  });

  test('split: where the weakest link is cut, members go to the side that they match better', () => {
    const made: MadePair[] = [
      [0, 1, 0.95],
      [2, 3, 0.94],
      [0, 2, 0.85],
      [1, 2, 0.86],
      [1, 3, 0.87],
      [0, 3, 0.84],
    ];
    const index = madeIndex({ contents: 4, pairs: made });
    const [whole] = index.at(0.8);
    expect(whole!.weakest).toMatchObject({ a: 1, b: 4, score: 0.84 });
    index.decideVerdicts([{ a: 0, b: 3, verdict: 'different', at: '1' }]);
    expect(copiesAt(index, 0.8)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });
});

describe('groups', () => {
  test('of equal pixels count as one photo, so a pair of one of them counts for all', () => {
    const index = madeIndex({
      contents: 3,
      pairs: [
        [0, 1, 1, 'same-pixels'],
        [1, 2, 0.85],
      ],
    });
    expect(copiesAt(index, 0.8)).toEqual([[0, 1, 2]]);
    expect(copiesAt(index, 0.9)).toEqual([[0, 1]]);
    expect(index.at(0.9)[0]!.members[1]!.tie).toMatchObject({ relation: 'same-pixels', probability: 1 });
  });

  test('of two moments stay apart, also by way of a copy without a time', () => {
    const index = madeIndex({
      contents: 3,
      pairs: [
        [0, 1, 1, 'same-pixels'],
        [1, 2, 0.85],
        [0, 2, 0.4, 'burst'],
      ],
    });
    expect(copiesAt(index, 0.2)).toEqual([[0, 1]]);
    const burst = index.at(0.2).find(({ kind }) => kind === 'burst');
    expect(burst!.members.map(({ photo }) => photo.id).sort()).toEqual([1, 2, 3]);
    expect(burst).toMatchObject({ tier: 'check', bytesToGain: 0, probability: 0 });
  });

  test('of crops that share nothing hang together by the photo that they were cut out of', () => {
    const made = {
      contents: 3,
      pairs: [
        [0, 1, 0.97, 'cropped'],
        [0, 2, 0.96, 'cropped'],
      ] as MadePair[],
    };
    expect(copiesAt(madeIndex(made), 0.9)).toEqual([[0, 1]]);
    const index = madeIndex({ ...made, implied: [{ a: 1, b: 2, by: 0, score: 0.96 }] });
    const [group] = index.at(0.9);
    expect(copiesAt(index, 0.9)).toEqual([[0, 1, 2]]);
    expect(index.tie(group!.members[1]!.photo, group!.members[2]!.photo)).toMatchObject({
      by: 0,
      score: 0.96,
    });
  });

  test('have an id that a new threshold leaves as it is, by which they are found', () => {
    const index = madeIndex({
      contents: 3,
      pairs: [
        [0, 1, 0.9],
        [0, 2, 0.85],
        [1, 2, 0.85],
      ],
    });
    const [high, low] = [index.at(0.88)[0]!, index.at(0.8)[0]!];
    expect(high.id).toBe(low.id);
    expect(index.find(low.id, 0.8)!.members).toHaveLength(3);
    expect(index.find(low.id, 0.88)!.members).toHaveLength(2);
    expect(index.find(low.id, 0.95)).toBeUndefined();
    expect(index.copiesOf(3, 0.88)).toBeUndefined();
  });

  test('are safe only when every pair is', () => {
    const made = (weak: number): MadePair[] => [
      [0, 1, 0.99],
      [0, 2, 0.98],
      [1, 2, weak],
    ];
    expect(madeIndex({ contents: 3, pairs: made(0.96) }).at(0.8)[0]).toMatchObject({ tier: 'safe' });
    expect(madeIndex({ contents: 3, pairs: made(0.94) }).at(0.8)[0]).toMatchObject({
      tier: 'likely',
      weakest: { a: 2, b: 3, score: 0.94 },
    });
    expect(madeIndex({ contents: 3, pairs: made(0.81) }).at(0.8)[0]).toMatchObject({ tier: 'check' });
  });

  test('keep what the user chose, the newest choice where groups came together', () => {
    const made = { contents: 2, pairs: [[0, 1, 0.9]] as MadePair[] };
    const choices = new Map([
      [1, '2026-01-01'],
      [2, '2026-01-02'],
    ]);
    const index = madeIndex(made, { choices });
    expect(index.at(0.8)[0]!.choice).toMatchObject({ keeper: { id: 2 }, chosen: true });
    index.decideKeepers({ keepers: index.keepers(), choices: new Map() });
    expect(index.at(0.8)[0]!.choice).toMatchObject({ keeper: { id: 1 }, chosen: false });
  });
});
