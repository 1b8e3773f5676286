import { expect, it } from 'vitest';
import { chanceWord } from '../../src-main/contract/chance.ts';
import { tiers } from '../../src-main/contract/model.ts';

it.each([
  ['safe', 0.9995, 'Certain'],
  ['safe', 0.999, 'Certain'],
  ['safe', 0.945, 'Likely'],
  ['likely', 0.9989, 'Very likely'],
  ['likely', 0.99, 'Very likely'],
  ['likely', 0.96, 'Likely'],
  ['check', 0.9999, 'Check'],
  ['check', 0.5, 'Check'],
] as const)('%s at %d is %s', (tier, probability, word) => {
  expect(chanceWord({ tier, probability })).toBe(word);
});

it('wants a look in the tier that says so, and in no other', () => {
  const wanting = [0, 0.5, 0.9499, 0.95, 1].map((probability) =>
    tiers.filter((tier) => chanceWord({ tier, probability }) === 'Check'),
  );
  expect(wanting).toEqual(Array.from({ length: 5 }, () => ['check']));
});
