/** @file What a user decides about groups: threshold, verdicts, keepers, rules; each holds at the next start too. */
import { describe, expect, it } from 'vitest';
import { parseInput } from '../../../src-main/contract/methods.ts';
import type { GroupPage } from '../../../src-main/contract/model.ts';
import { groupMethods } from '../../../src-main/engine/methods/groups.ts';
import { keeperRuleMethods } from '../../../src-main/engine/methods/keeper-rules.ts';
import { libraryMethods } from '../../../src-main/engine/methods/library.ts';
import { verdictMethods } from '../../../src-main/engine/methods/verdicts.ts';
import { direction, engineContext, madeLibrary, type MadeLibrary } from '../scan/made-library.ts';
import { quiet, scanned } from './scanned-library.ts';

function methodsOf({ store }: MadeLibrary) {
  const context = engineContext(store);
  return {
    ...groupMethods(context),
    ...verdictMethods(context),
    ...keeperRuleMethods(context),
    ...libraryMethods(context),
  };
}
type Asked = ReturnType<typeof methodsOf>;

async function list(asked: Asked, input: { threshold?: number } = {}): Promise<GroupPage> {
  return asked['groups.list'](parseInput('groups.list', input), quiet);
}

/** Three photos at 0, 10 and 30 degrees: 0.98, 0.94 and 0.87 alike. */
async function family(): Promise<{ library: MadeLibrary; ids: [number, number, number] }> {
  const library = madeLibrary();
  const ids = [0, 10, 30].map(
    (degrees, i) => library.add(`${degrees}.jpg`, { embedding: direction(0, degrees), width: 400 - i }).id,
  );
  await scanned(library);
  return { library, ids: ids as [number, number, number] };
}

describe('the threshold', () => {
  it('acts on a list at once, and on all when it is saved, also at the next start', async () => {
    const { library } = await family();
    const asked = methodsOf(library);
    expect((await list(asked)).groups[0]!.members).toHaveLength(3);
    const strict = await list(asked, { threshold: 0.95 });
    expect(strict).toMatchObject({ threshold: 0.95, copies: 1 });
    expect((await list(asked)).copies).toBe(2);

    const totals = await asked['groups.setThreshold']({ score: 0.95 }, quiet);
    expect(totals).toMatchObject({ threshold: 0.95, groups: 1, copies: 1, kinds: { copies: 1 } });
    const later = methodsOf(library);
    expect(await list(later)).toMatchObject({ threshold: 0.95, copies: 1 });
    expect(await later['library.summary']({}, quiet)).toMatchObject({ groups: 1, copies: 1 });
    expect(await later['groups.setThreshold']({ score: null }, quiet)).toMatchObject({ copies: 2 });
  });

  it('has a histogram of the pairs, with what would be wrong from each score on', async () => {
    const { library } = await family();
    const { bins, expectedWrong, shipped, safeFrom } = await methodsOf(library)['groups.histogram'](
      {},
      quiet,
    );
    expect([shipped, safeFrom]).toEqual([0.8, 0.95]);
    expect(bins.reduce((sum, { pairs }) => sum + pairs, 0)).toBe(3);
    expect(bins.filter(({ pairs }) => pairs > 0).every(({ from, to }) => from >= 0.8 && to <= 1)).toBe(true);
    expect(expectedWrong[0]!.pairs).toBe(3);
    // By the calibration: 0.9 + 0.1 (score - 0.8) / 0.2
    const scores = [10, 20, 30].map((degrees) => Math.cos((degrees * Math.PI) / 180));
    const wrong = scores.reduce((sum, score) => sum + 0.1 - (0.1 * (score - 0.8)) / 0.2, 0);
    expect(expectedWrong[0]!.wrong).toBeCloseTo(wrong, 5);
  });
});

describe('a group by its number', () => {
  it('comes with the links of all pairs, and is NOT_FOUND when it is none', async () => {
    const { library, ids } = await family();
    const asked = methodsOf(library);
    const [group] = (await list(asked)).groups;
    const detail = await asked['groups.get']({ id: group!.id }, quiet);
    const scores = new Map(detail.links.map(({ a, b, score }) => [[a, b].sort().join(' '), score]));
    expect(scores.get(`${ids[0]} ${ids[2]}`)).toBeCloseTo(Math.cos(Math.PI / 6), 5);
    expect(detail.weakest.score).toBe(Math.min(...scores.values()));
    const gone = Promise.resolve(asked['groups.get']({ id: group!.id, threshold: 0.999 }, quiet));
    await expect(gone).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a group of very many', () => {
  it('comes with its weakest link and with what was answered, wherever they stand', async () => {
    const MANY = 70;
    const MOST = 2_000;
    const library = madeLibrary();
    // The two that are the least alike come last.
    const degrees = Array.from({ length: MANY }, (_, i) => 8 + i / 100);
    degrees.splice(MANY - 2, 2, 0, 16);
    const ids = degrees.map(
      (angle, i) => library.add(`${i}.jpg`, { embedding: direction(0, angle), width: 400 - i }).id,
    );
    await scanned(library);
    const asked = methodsOf(library);
    const [group] = (await list(asked)).groups;
    expect(group!.members).toHaveLength(MANY);
    const [a, b, last, beyond] = ids.slice(-4) as [number, number, number, number];
    await asked['verdicts.set']({ pairs: [{ a, b }], verdict: 'same' }, quiet);
    const { links, weakest } = await asked['groups.get']({ id: group!.id }, quiet);
    expect(links).toHaveLength(MOST + 2);
    const ends = (link: { a: number; b: number }): number[] =>
      [link.a, link.b].sort((one, other) => one - other);
    expect(ends(weakest)).toEqual([last, beyond]);
    expect(links.slice(MOST).map(ends)).toEqual([
      [a, b],
      [last, beyond],
    ]);
    expect(links.at(-2)).toMatchObject({ verdict: 'same' });
  });
});

describe('a keeper of the user’s own', () => {
  it('stays at the next start, until it is taken back', async () => {
    const { library, ids } = await family();
    const asked = methodsOf(library);
    const { id, keeper } = (await list(asked)).groups[0]!;
    expect(keeper).toBe(ids[0]);
    const chosen = await asked['groups.setKeeper']({ group: id, photo: ids[2] }, quiet);
    expect(chosen).toMatchObject({ id, keeper: ids[2], keeperChosen: true });
    expect(chosen.keeperReasons[0]).toBe('You chose it');
    expect((await list(methodsOf(library))).groups[0]!.keeper).toBe(ids[2]);
    await asked['groups.setKeeper']({ group: id, photo: ids[1] }, quiet);
    expect(await asked['groups.setKeeper']({ group: id, photo: null }, quiet)).toMatchObject({
      keeper: ids[0],
      keeperChosen: false,
    });
  });

  it('is one of the group', async () => {
    const { library } = await family();
    const asked = methodsOf(library);
    const { id } = (await list(asked)).groups[0]!;
    const wrong = Promise.resolve(asked['groups.setKeeper']({ group: id, photo: 99 }, quiet));
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('verdicts', () => {
  it('split a group where it is weakest, and are listed, newest first', async () => {
    const { library, ids } = await family();
    const asked = methodsOf(library);
    const { weakest } = (await list(asked)).groups[0]!;
    const pairs = [{ a: weakest.a, b: weakest.b }];
    const change = await asked['verdicts.set']({ pairs, verdict: 'different' }, quiet);
    expect(change).toMatchObject({ changed: 1, sameBytes: 0, contradicted: [] });
    expect(change.groups).toHaveLength(1);
    const [left] = (await list(asked)).groups;
    expect(left!.members.map(({ id }) => id).sort()).toEqual([ids[0], ids[1]]);
    expect(await asked['verdicts.set']({ pairs, verdict: 'different' }, quiet)).toMatchObject({ changed: 0 });
    expect(await methodsOf(library)['verdicts.list']({}, quiet)).toEqual([
      { a: ids[0], b: ids[2], verdict: 'different', since: '1970-01-01T00:00:00.000Z', honoured: true },
    ]);
    await asked['verdicts.set']({ pairs, verdict: null }, quiet);
    expect((await list(asked)).copies).toBe(2);
  });

  it('that contradict each other: “different” wins, and that is said', async () => {
    const { library, ids } = await family();
    const asked = methodsOf(library);
    const [a, b, c] = ids;
    await asked['verdicts.set']({ pairs: [{ a, b: c }], verdict: 'different' }, quiet);
    const pairs = [
      { a, b },
      { a: b, b: c },
    ];
    const change = await asked['verdicts.set']({ pairs, verdict: 'same' }, quiet);
    expect(change).toMatchObject({ changed: 2, contradicted: [{ a: b, b: c }] });
    const honoured = (await asked['verdicts.list']({}, quiet)).filter((pair) => pair.honoured);
    expect(honoured).toHaveLength(2);
  });
});

describe('rules for keepers', () => {
  it('decide in the user’s order, and tell how many groups each decides', async () => {
    const { library, ids } = await family();
    const asked = methodsOf(library);
    const before = await asked['keeper.rules.get']({}, quiet);
    expect(before).toMatchObject({ groups: 1, chosen: 0, folders: [1] });
    const pixels = { width: 10, height: 10 };
    library.add('copy.jpg', { embedding: direction(1, 0), bytes: 9_999 });
    library.add('plain.jpg', { embedding: direction(1, 5), ...pixels });
    await scanned(library);
    const later = methodsOf(library);
    expect((await later['keeper.rules.get']({}, quiet)).decides).toContainEqual({
      rule: 'pixels',
      groups: 1,
    });
    const own = await later['keeper.rules.set']({ order: ['name'] }, quiet);
    expect(own).toMatchObject({ order: ['name'], groups: 2, decides: [{ rule: 'name', groups: 1 }] });
    const { groups } = await list(methodsOf(library));
    expect(groups.map(({ members }) => members[0]!.path)).toContain('/photos/library/plain.jpg');
    expect(groups.map(({ keeper }) => keeper)).toContain(ids[0]);
  });

  it('are kept under names; those that come with the product stay as they are', async () => {
    const asked = methodsOf(madeLibrary());
    const saved = await asked['keeper.rules.savePreset']({ name: 'Brief', order: ['name'] }, quiet);
    expect(saved.presets.at(-1)).toEqual({ name: 'Brief', order: ['name'], own: true });
    const shipped = { name: saved.presets[0]!.name, order: ['name' as const] };
    const refused = (work: () => unknown): Promise<unknown> => new Promise((resolve) => resolve(work()));
    await expect(refused(() => asked['keeper.rules.savePreset'](shipped, quiet))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(
      refused(() => asked['keeper.rules.deletePreset']({ name: 'Oldest' }, quiet)),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const left = await asked['keeper.rules.deletePreset']({ name: 'Brief' }, quiet);
    expect(left.presets.every(({ own }) => !own)).toBe(true);
  });
});
