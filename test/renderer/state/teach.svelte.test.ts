import { describe, expect, it } from 'vitest';
import type { MethodInput, MethodName, MethodOutput } from '../../../src-main/contract/methods.ts';
import type { TeachPair, Verdict, VerdictPair } from '../../../src-main/contract/model.ts';
import { Messages } from '../../../src-renderer/state/messages.svelte.ts';
import { Teach } from '../../../src-renderer/state/teach.svelte.ts';
import { fakeClient, memberWith } from '../fake-client.ts';

function pairWith(a: number, b: number, change: Partial<TeachPair> = {}): TeachPair {
  return {
    ...{ a, b, score: 0.5, probability: 0.5, relation: 'edited', measures: null, settles: 3 },
    ...change,
  };
}

type Answers = { [N in MethodName]?: (input: MethodInput<N>) => MethodOutput<N> | Promise<MethodOutput<N>> };

/** A library whose open pairs are those without an answer. */
function made(pairs: TeachPair[], alike: TeachPair[] = [], change: Answers = {}) {
  const answers = new Map<string, Verdict>();
  const client = fakeClient({
    'teach.next': ({ count = 0 }) => pairs.filter(({ a, b }) => !answers.has(`${a} ${b}`)).slice(0, count),
    'teach.alike': () => alike,
    'photos.list': ({ ids }) => ids.map((id) => memberWith(id)),
    'verdicts.list': () =>
      [...answers].map(([name, verdict]): VerdictPair => {
        const [a = 0, b = 0] = name.split(' ').map(Number);
        return { a, b, verdict, since: '2026-01-01T00:00:00.000Z', honoured: true };
      }),
    'verdicts.set': ({ pairs: changed, verdict }) => {
      for (const { a, b } of changed) {
        if (verdict === null) answers.delete(`${a} ${b}`);
        else answers.set(`${a} ${b}`, verdict);
      }
      return { changed: changed.length, sameBytes: 0, contradicted: [], groups: [] };
    },
    ...change,
  });
  const messages = new Messages();
  return { client, messages, answers, teach: new Teach(client, messages) };
}

describe('questions', () => {
  it('come one after another, and an answer says what it settled', async () => {
    const { teach, answers } = made([pairWith(1, 2), pairWith(3, 4, { settles: 1 })]);
    await teach.load();
    expect(teach.question?.pair).toMatchObject({ a: 1, b: 2 });
    await teach.answer('same');
    expect(answers.get('1 2')).toBe('same');
    expect(teach.said).toBe('Kept: same photo. 3 pairs settled.');
    expect(teach.question?.pair).toMatchObject({ a: 3, b: 4 });
    await teach.answer('different');
    expect(teach.said).toBe('Kept: different. 1 pair settled.');
    expect([teach.question, teach.answers]).toEqual([null, 2]);
  });

  it('are not asked again when the user is not sure, and nothing is kept', async () => {
    const { teach, answers } = made([pairWith(1, 2), pairWith(3, 4)]);
    await teach.load();
    await teach.answer(null);
    expect(answers.size).toBe(0);
    expect(teach.question?.pair.a).toBe(3);
    await teach.undo();
    expect(teach.question?.pair.a).toBe(1);
  });

  it('take one key at a time', async () => {
    const { teach, answers } = made([pairWith(1, 2), pairWith(3, 4)]);
    await teach.load();
    await Promise.all([teach.answer('same'), teach.answer('different')]);
    expect([...answers]).toEqual([['1 2', 'same']]);
  });

  it('are left out where the app is sure, unless asked for', async () => {
    const { teach } = made([pairWith(1, 2, { probability: 0.99 }), pairWith(3, 4, { probability: 0.01 })]);
    await teach.load();
    expect(teach.question).toBeNull();
    teach.asksAll = true;
    expect(teach.question?.pair.a).toBe(1);
  });

  it('stay on the screen when the library changes under them', async () => {
    const pairs = [pairWith(1, 2), pairWith(3, 4)];
    const { teach, client } = made(pairs);
    await teach.load();
    pairs.unshift(pairWith(5, 6));
    pairs[1] = pairWith(1, 2, { settles: 9 });
    teach.refresh();
    const times = (): number => client.asked.filter(({ name }) => name === 'teach.next').length;
    await expect.poll(times).toBe(2);
    await expect.poll(() => teach.questions.length).toBe(3);
    expect(teach.question?.pair).toMatchObject({ a: 1, settles: 9 });
  });

  it('are left out when a photo is gone', async () => {
    const { teach } = made([pairWith(1, 2), pairWith(3, 4)], [], {
      'photos.list': ({ ids }) => ids.filter((id) => id !== 2).map((id) => memberWith(id)),
    });
    await teach.load();
    expect(teach.questions.map(({ pair }) => pair.a)).toEqual([3]);
  });

  it('say when an answer speaks against others', async () => {
    const { teach } = made([pairWith(1, 2)], [], {
      'verdicts.set': () => {
        const contradicted = [
          { a: 1, b: 2 },
          { a: 7, b: 8 },
        ];
        return { changed: 1, sameBytes: 0, contradicted, groups: [] };
      },
    });
    await teach.load();
    await teach.answer('same');
    expect(teach.said).toContain('1 answer “same” speaks against a “different”, which wins.');
  });

  it('say what failed, and stay', async () => {
    const { teach, messages } = made([pairWith(1, 2)], [], {
      'verdicts.set': () => {
        throw new Error('The disk is full.');
      },
    });
    await teach.load();
    await teach.answer('same');
    expect(messages.list).toHaveLength(1);
    expect(teach.given).toEqual([]);
    expect([teach.question?.pair.a, teach.deciding]).toEqual([1, false]);
  });
});

describe('pairs that look like the last one', () => {
  it('get its answer if they stay ticked, and all of it is taken back at once', async () => {
    const alike = [pairWith(5, 6), pairWith(7, 8), pairWith(9, 10)];
    const { teach, answers } = made([pairWith(1, 2), ...alike], alike);
    await teach.load();
    await teach.answer('different');
    expect(teach.alike?.questions).toHaveLength(3);
    await teach.answerAlike(teach.alike?.questions.slice(0, 2) ?? []);
    expect([...answers.keys()]).toEqual(['1 2', '5 6', '7 8']);
    expect(teach.said).toBe('Kept for 2 more pairs: different.');
    expect(teach.alike).toBeNull();
    expect(teach.question?.pair.a).toBe(9);
    await teach.undo();
    expect(answers.size).toBe(0);
    expect(teach.said).toBe('Taken back: 3 answers.');
    expect(teach.question?.pair.a).toBe(1);
  });

  it('are not offered where there are none', async () => {
    const { teach } = made([pairWith(1, 2)]);
    await teach.load();
    await teach.answer('same');
    expect(teach.alike).toBeNull();
  });
});
