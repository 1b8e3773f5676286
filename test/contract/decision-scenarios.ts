/** @file Scenarios of what a user decides: threshold, verdicts, keepers and their rules; and the self-test. */
import { expect } from 'vitest';
import { keeperRuleNames } from '../../src-main/contract/model.ts';
import type { Context, Scenarios } from './scenarios.ts';

const nothing = {};
const odd = { unknown: true };

async function beachGroup({ owner, id }: Context): Promise<number> {
  const { groups } = await owner.request('groups.list', {});
  return groups.find(({ members }) => members.some((member) => member.id === id('beach')))!.id;
}

export const decisionScenarios: Pick<
  Scenarios,
  | 'groups.get'
  | 'groups.histogram'
  | 'groups.setThreshold'
  | 'groups.setKeeper'
  | 'verdicts.set'
  | 'verdicts.list'
  | 'keeper.rules.get'
  | 'keeper.rules.set'
  | 'keeper.rules.savePreset'
  | 'keeper.rules.deletePreset'
  | 'selfTest.run'
> = {
  'groups.get': {
    input: async (context) => ({ id: await beachGroup(context) }),
    check: (group, { id }) => {
      expect(group.members).toHaveLength(3);
      expect(group.links).toHaveLength(3);
      const bytes = group.links.find(({ a, b }) =>
        new Set([a, b]).isSubsetOf(new Set([id('beach'), id('beachAgain')])),
      );
      expect(bytes).toMatchObject({ relation: 'exact', score: 1, probability: 1, verdict: null, by: null });
      expect(group.links.every(({ sentence }) => sentence !== '')).toBe(true);
    },
    refused: { id: 1, threshold: 7 },
  },
  'groups.histogram': {
    input: () => nothing,
    check: ({ bins, threshold, shipped, probabilityAt, expectedWrong }) => {
      expect(threshold).toBe(shipped);
      expect(bins.at(-1)!.to).toBe(1);
      expect(bins.reduce((sum, { pairs }) => sum + pairs, 0)).toBeGreaterThanOrEqual(2);
      expect(expectedWrong).toHaveLength(bins.length);
      expect(probabilityAt.length).toBeGreaterThan(0);
    },
    refused: odd,
  },
  'groups.setThreshold': {
    input: () => ({ score: 1 }),
    check: async (totals, { owner }) => {
      // Only files of equal bytes are left.
      expect(totals).toMatchObject({ threshold: 1, groups: 1, copies: 1 });
      expect((await owner.request('library.summary', {})).groups).toBe(1);
      const back = await owner.request('groups.setThreshold', { score: null });
      expect(back).toMatchObject({ groups: 2, copies: 3 });
    },
    refused: { score: 2 },
  },
  'groups.setKeeper': {
    input: async (context) => ({ group: await beachGroup(context), photo: context.id('beachSmall') }),
    check: async (group, { owner, id }) => {
      expect(group).toMatchObject({ keeper: id('beachSmall'), keeperChosen: true });
      const back = await owner.request('groups.setKeeper', { group: group.id, photo: null });
      expect(back).toMatchObject({ id: group.id, keeperChosen: false });
      expect(back.keeper).not.toBe(id('beachSmall'));
    },
    refused: { group: 1 },
  },
  'verdicts.set': {
    input: ({ id }) => ({ pairs: [{ a: id('city'), b: id('cityWeb') }], verdict: 'different' }),
    check: async (change, { owner, id }) => {
      expect(change).toMatchObject({ changed: 1, sameBytes: 0, contradicted: [], groups: [] });
      const apart = await owner.request('groups.list', {});
      expect(apart.total).toBe(1);
      const pairs = [{ a: id('cityWeb'), b: id('city') }];
      await owner.request('verdicts.set', { pairs, verdict: null });
      expect((await owner.request('groups.list', {})).total).toBe(2);
    },
    refused: { pairs: [], verdict: 'same' },
  },
  'verdicts.list': {
    input: async ({ owner, id }) => {
      const pairs = [{ a: id('city'), b: id('hills') }];
      await owner.request('verdicts.set', { pairs, verdict: 'same' });
      return nothing;
    },
    check: async (list, { owner, id }) => {
      expect(list).toHaveLength(1);
      expect(list[0]).toMatchObject({ verdict: 'same', honoured: true });
      expect(new Set([list[0]!.a, list[0]!.b])).toEqual(new Set([id('city'), id('hills')]));
      expect(Date.parse(list[0]!.since)).not.toBeNaN();
      const { a, b } = list[0]!;
      await owner.request('verdicts.set', { pairs: [{ a, b }], verdict: null });
    },
    refused: odd,
  },
  'keeper.rules.get': {
    input: () => nothing,
    check: (rules, { folder }) => {
      expect(rules.folders).toEqual([folder]);
      expect(rules.groups).toBe(2);
      expect(rules.decides.map(({ rule }) => rule)).toEqual(rules.order);
      expect(rules.presets.every(({ own }) => !own)).toBe(true);
    },
    refused: odd,
  },
  'keeper.rules.set': {
    input: ({ folder }) => ({ order: ['name', 'newest'], folders: [folder] }),
    check: async (rules, { owner }) => {
      expect(rules.order).toEqual(['name', 'newest']);
      const shipped = rules.presets[0]!.order;
      expect((await owner.request('keeper.rules.set', { order: shipped })).order).toEqual(shipped);
    },
    refused: { order: ['name', 'name'] },
  },
  'keeper.rules.savePreset': {
    input: () => ({ name: 'All of them', order: [...keeperRuleNames] }),
    check: ({ presets }) => {
      expect(presets).toContainEqual({ name: 'All of them', order: [...keeperRuleNames], own: true });
    },
    refused: { name: '../up', order: ['name'] },
  },
  'keeper.rules.deletePreset': {
    input: async ({ owner }) => {
      await owner.request('keeper.rules.savePreset', { name: 'Brief', order: ['name'] });
      return { name: 'Brief' };
    },
    check: ({ presets }) => expect(presets.map(({ name }) => name)).not.toContain('Brief'),
    refused: { name: 7 },
  },
  'selfTest.run': {
    input: () => ({ photos: 1 }),
    check: (result, _context, events) => {
      expect(result.photos).toBe(1);
      expect(result.perDamage.length).toBeGreaterThan(20);
      for (const { recall } of [...result.perDamage, result, result.safe]) {
        expect(recall).toBeGreaterThanOrEqual(0);
        expect(recall).toBeLessThanOrEqual(1);
      }
      expect(result.safe.recall).toBeLessThanOrEqual(result.recall);
      expect(events.at(-1)!.done).toBe(events.at(-1)!.total);
    },
    refused: { photos: 0 },
  },
};
