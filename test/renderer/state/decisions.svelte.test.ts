import { describe, expect, it } from 'vitest';
import type { MethodInput } from '../../../src-main/contract/methods.ts';
import type { DuplicateGroup, Verdict } from '../../../src-main/contract/model.ts';
import { Decisions } from '../../../src-renderer/state/decisions.svelte.ts';
import { Groups } from '../../../src-renderer/state/groups.svelte.ts';
import { Messages } from '../../../src-renderer/state/messages.svelte.ts';
import { Selection } from '../../../src-renderer/state/selection.svelte.ts';
import { runDeed } from '../../../src-renderer/views/duplicates/deeds.ts';
import { fakeClient, groupWith, memberWith, pageOf } from '../fake-client.ts';

const name = (a: number, b: number): string => `${Math.min(a, b)} ${Math.max(a, b)}`;

/** A library of one group that remembers answers and the chosen keeper; photos of `sameBytes` are one content. */
async function libraryOf(change: Partial<DuplicateGroup> = {}, sameBytes: number[] = []) {
  const members = [10, 11, 12].map((id) => memberWith(id));
  const group = groupWith(1, {
    members,
    weakest: { a: 11, b: 12, score: 0.9, probability: 0.99 },
    ...change,
  });
  const verdicts = new Map<string, Verdict>();
  const state = { chosen: null as number | null, broken: false };
  const pairsOf = (): [number, number][] => [
    [10, 11],
    [10, 12],
    [11, 12],
  ];
  const answer = ({ pairs, verdict }: MethodInput<'verdicts.set'>) => {
    let changed = 0;
    const apart = pairs.filter(({ a, b }) => !(sameBytes.includes(a) && sameBytes.includes(b)));
    for (const { a, b } of apart) {
      if ((verdicts.get(name(a, b)) ?? null) !== verdict) changed += 1;
      if (verdict === null) verdicts.delete(name(a, b));
      else verdicts.set(name(a, b), verdict);
    }
    return { changed, sameBytes: pairs.length - apart.length, contradicted: [], groups: [] };
  };
  const now = (): DuplicateGroup => ({
    ...group,
    keeper: state.chosen ?? 10,
    keeperChosen: state.chosen !== null,
  });
  const detail = () => ({
    ...now(),
    links: pairsOf().map(([a, b]) => ({
      ...{ a, b, score: 0.9, probability: 0.99, relation: 'resized' as const, sentence: 'Resized', by: null },
      verdict: verdicts.get(name(a, b)) ?? null,
    })),
  });
  const client = fakeClient({
    'groups.list': () => ({ ...pageOf(1, 0, 50), groups: [now()] }),
    'groups.get': detail,
    'groups.setKeeper': ({ photo }) => {
      if (state.broken) throw new Error('broken');
      state.chosen = photo;
      return detail();
    },
    'verdicts.set': answer,
    'verdicts.list': () =>
      [...verdicts].map(([pair, verdict]) => {
        const [a = 0, b = 0] = pair.split(' ').map(Number);
        return { a, b, verdict, since: '2026-01-01T00:00:00.000Z', honoured: true };
      }),
  });
  const messages = new Messages();
  const groups = new Groups(client, messages);
  const selection = new Selection(groups);
  const decisions = new Decisions(client, messages, groups, selection);
  await groups.reload();
  return { client, decisions, messages, selection, state, verdicts, now };
}

describe('decisions', () => {
  it('keep another photo, and give it back to the rules', async () => {
    const { decisions, state, now } = await libraryOf();
    await decisions.keep(now(), 2);
    expect(state.chosen).toBe(12);
    expect(decisions.said?.text).toBe('C stays now, and is called A.');
    await decisions.undo();
    expect(state.chosen).toBeNull();
    expect(decisions.said?.undo).toBeNull();
  });

  it('take a chosen keeper back to the one chosen before', async () => {
    const { decisions, state, now } = await libraryOf();
    await decisions.keep(now(), 1);
    await decisions.keep(now(), 2);
    expect(state.chosen).toBe(12);
    await decisions.undo();
    expect(state.chosen).toBe(11);
    await decisions.followRules(now());
    expect(state.chosen).toBeNull();
    await decisions.undo();
    expect(state.chosen).toBe(11);
  });

  it('keep nothing anew when the photo stays already', async () => {
    const { client, decisions, now } = await libraryOf();
    await decisions.keep(now(), 0);
    expect(decisions.said).toEqual({ text: 'A stays already.', undo: null });
    expect(client.asked.some((entry) => entry.name === 'groups.setKeeper')).toBe(false);
  });

  it('part all pairs, and bring earlier answers back', async () => {
    const { decisions, verdicts, now } = await libraryOf();
    verdicts.set(name(10, 11), 'same');
    await decisions.apart(now());
    expect([...verdicts.values()]).toEqual(['different', 'different', 'different']);
    await decisions.undo();
    expect([...verdicts]).toEqual([[name(10, 11), 'same']]);
  });

  it('split at the weakest link alone', async () => {
    const { decisions, verdicts, now } = await libraryOf();
    await decisions.split(now());
    expect([...verdicts]).toEqual([[name(11, 12), 'different']]);
    expect(decisions.said?.text).toBe('Split between B and C.');
    await decisions.undo();
    expect(verdicts.size).toBe(0);
  });

  it('answer about two photos, change the answer, and take it back step by step', async () => {
    const { decisions, verdicts, now } = await libraryOf();
    await decisions.answer(now(), [0, 2], 'same');
    await decisions.answer(now(), [0, 2], 'different');
    expect(verdicts.get(name(10, 12))).toBe('different');
    await decisions.undo();
    expect(verdicts.get(name(10, 12))).toBe('same');
    await decisions.takeAnswerBack();
    expect(verdicts.size).toBe(0);
    await decisions.undo();
    expect(decisions.said?.text).toBe('Nothing to take back.');
  });

  it('say why equal bytes can’t be parted, and note no step', async () => {
    const { decisions, now, verdicts } = await libraryOf({}, [10, 11, 12]);
    await decisions.apart(now());
    expect(decisions.said?.text).toMatch(/^These files have the same bytes/);
    await decisions.answer(now(), [0, 1], 'different');
    expect(decisions.said?.text).toMatch(/^Both files have the same bytes/);
    expect(verdicts.size).toBe(0);
    await decisions.undo();
    expect(decisions.said?.text).toBe('Nothing to take back.');
  });

  it('say what failed and keep the step for another try', async () => {
    const { decisions, messages, state, now } = await libraryOf();
    await decisions.keep(now(), 1);
    state.broken = true;
    await decisions.undo();
    expect(messages.list).toHaveLength(1);
    expect(decisions.deciding).toBe(false);
    state.broken = false;
    await decisions.undo();
    expect(state.chosen).toBeNull();
  });
});

describe('keys of the list', () => {
  it('never decide about what is no copy, but answer about two picked photos', async () => {
    const { decisions, selection, verdicts, client } = await libraryOf({ kind: 'burst' });
    for (const type of ['apart', 'split'] as const) await runDeed({ type }, { decisions, selection });
    await runDeed({ type: 'keep', photo: 1 }, { decisions, selection });
    expect(decisions.said?.text).toBe('All of these stay: they are no copies.');
    expect(client.asked.map((entry) => entry.name)).toEqual(['groups.list']);
    selection.pick(1);
    await runDeed({ type: 'answer', verdict: 'same' }, { decisions, selection });
    expect([...verdicts]).toEqual([[name(10, 11), 'same']]);
  });

  it('ask for two photos where the group has more', async () => {
    const { decisions, selection, verdicts } = await libraryOf();
    await runDeed({ type: 'answer', verdict: 'different' }, { decisions, selection });
    expect(decisions.said?.text).toMatch(/^Pick two photos first/);
    expect(verdicts.size).toBe(0);
  });

  it('stay at the photo that became the keeper', async () => {
    const { decisions, selection } = await libraryOf();
    selection.move({ row: 0, photo: 2 });
    await runDeed({ type: 'keep', photo: 2 }, { decisions, selection });
    expect(selection.position).toEqual({ row: 0, photo: 0 });
  });
});
