/** @file The commands that teach: what they ask of the engine, what they print, how they end. */
import { describe, expect, it } from 'vitest';
import type { ModelVersion, TrainingResult } from '../../src-main/contract/model.ts';
import type { Answers } from './helpers/engine-double.ts';
import { runInProcess } from './helpers/in-process.ts';

const result: TrainingResult = {
  ...{
    model: 3,
    name: 'trained-abc',
    parent: 'shipped',
    network: 'head',
    objective: 'triplet',
    data: 'verdicts',
  },
  ...{ seed: 5, epochs: 2, seconds: 12, loss: 0.25, validation: { before: 0.8, after: 0.9 } },
  ...{ verdictError: { before: 0.5, after: 0.1 }, accepted: true, stopped: false },
};
const shipped: ModelVersion = {
  ...{ id: 0, name: 'shipped', parent: null, createdAt: '2026-01-01', active: true, training: null },
};
const withPhotos: Answers = { 'library.summary': () => ({ photos: 9, failed: [] }) as never };

describe('train', () => {
  const answers: Answers = {
    ...withPhotos,
    'train.run': (_input, { onEvent }) => {
      const mined = { easy: 0.25, semiHard: 0.75, hard: 0 };
      const epoch = { epoch: 1, loss: 0.5, stage: 'semi-hard' as const, mined, validation: 0.85 };
      onEvent?.({ stage: 'train', done: 1, total: 2, epoch, secondsLeft: 6 });
      return result;
    },
    'train.classes': () => ({ ...result, data: 'classes', model: null, name: null, accepted: false }),
  };

  it('tells each epoch on standard error, with the shares of mined triplets, and the result as JSON', async () => {
    const words = ['train', '--data', 'verdicts', '--objective', 'triplet', '--seed', '5', '--json'];
    const { code, out, err, engine } = await runInProcess(words, answers);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(result);
    expect(engine.asked.at(-1)).toEqual({
      name: 'train.run',
      input: { objective: 'triplet', seed: 5, data: 'verdicts' },
    });
    expect(err).toBe(
      'Epoch 1: loss 0.5000, validation 0.8500, mining semi-hard: 25 % easy, 75 % semi-hard, 0 % hard\n',
    );
  });

  it('says what to do with the result, or that nothing was gained', async () => {
    const { out } = await runInProcess(['train', '--data', 'verdicts'], answers);
    expect(out).toContain('Answers held back: 50 % wrong before, 10 % after');
    expect(out).toContain('lookalike model use 3');
    const classes = await runInProcess(['train', '--classes', 'sorted'], answers);
    expect(classes.engine.asked.at(-1)).toEqual({
      name: 'train.classes',
      input: { objective: 'infonce', directory: '/work-here/sorted' },
    });
    expect(classes.out).toContain('Nothing was gained, so nothing was kept.');
  });

  it.each([
    [['--data', 'classes'], 'belong together'],
    [['--data', 'self', '--classes', 'x'], 'belong together'],
    [['--objective', 'guess'], 'must be one of contrastive, triplet, infonce'],
    [['--epochs', '0'], 'must be a whole number'],
  ])('refuses %s', async (words, why) => {
    const { code, err, engine } = await runInProcess(['train', ...words], answers);
    expect(code).toBe(2);
    expect(err).toContain(why);
    expect(engine.asked).toEqual([]);
  });
});

describe('tag and untag', () => {
  const answers: Answers = {
    'verdicts.setFiles': () => ({ changed: 1, sameBytes: 0, contradicted: [{ a: 1, b: 2 }], groups: [] }),
  };

  it('name two files and an answer', async () => {
    const { out, engine } = await runInProcess(['tag', 'a.jpg', '/b.jpg', 'different'], answers);
    const input = { a: '/work-here/a.jpg', b: '/b.jpg', verdict: 'different' };
    expect(engine.asked).toEqual([{ name: 'verdicts.setFiles', input }]);
    expect(out).toBe(
      'Different: /work-here/a.jpg and /b.jpg\n' +
        '1 answer “same” can’t be honoured, because others say “different”.\n',
    );
    const back = await runInProcess(['untag', 'a.jpg', 'b.jpg', '--json'], answers);
    expect(JSON.parse(back.out)).toMatchObject({ verdict: null, changed: 1, contradicted: 1 });
  });

  it('refuse any other answer', async () => {
    const { code, err } = await runInProcess(['tag', 'a.jpg', 'b.jpg', 'maybe'], answers);
    expect([code, err.includes('A verdict is “same” or “different”')]).toEqual([2, true]);
  });
});

describe('verdicts', () => {
  const answers: Answers = {
    'verdicts.export': () => ({ verdicts: 3 }),
    'verdicts.import': () => ({ verdicts: 3, changed: 2, waiting: 1 }),
  };

  it('go to a file and come from one', async () => {
    const exported = await runInProcess(['verdicts', 'export', 'v.json', '--json'], answers);
    expect(JSON.parse(exported.out)).toEqual({ verdicts: 3, path: '/work-here/v.json' });
    const imported = await runInProcess(['verdicts', 'import', 'v.json'], answers);
    expect(imported.out).toBe('3 answers read, 2 of them new\n1 answer for photos that are not here yet\n');
    expect((await runInProcess(['verdicts', 'eat', 'v.json'], answers)).code).toBe(2);
  });
});

describe('teach', () => {
  it('lists pairs with the number that their answer settles', async () => {
    const answers: Answers = {
      ...withPhotos,
      'teach.next': () => [
        { a: 1, b: 2, score: 0.5, probability: 0.4, relation: 'edited', measures: null, settles: 6 },
      ],
      'photos.get': ({ id }) => ({ path: `/p/${id}.jpg` }) as never,
    };
    const { out, engine } = await runInProcess(['teach', '--count', '7', '--json'], answers);
    expect(engine.asked[1]).toEqual({ name: 'teach.next', input: { count: 7 } });
    expect(JSON.parse(out)).toEqual([
      { a: '/p/1.jpg', b: '/p/2.jpg', score: 0.5, probability: 0.4, settles: 6 },
    ]);
  });
});

describe('model', () => {
  const group = {
    kind: 'copies' as const,
    members: [
      { id: 1, path: '/a' },
      { id: 2, path: '/b' },
    ],
    parts: [[1], [2]],
  };
  const answers: Answers = {
    'model.list': () => [shipped],
    'model.use': () => [shipped],
    'model.delete': () => [shipped],
    'model.import': () => [shipped],
    'model.export': () => ({ bytes: 2_000 }),
    'model.diff': () => ({ gained: [], lost: [], split: [group], merged: [] }),
  };

  it('has an action for each of the contract’s, and refuses others', async () => {
    for (const [words, input] of [
      [['list'], { name: 'model.list', input: {} }],
      [['use', '4'], { name: 'model.use', input: { id: 4 } }],
      [['delete', '4'], { name: 'model.delete', input: { id: 4 } }],
      [['import', 'm'], { name: 'model.import', input: { path: '/work-here/m' } }],
      [['export', '4', 'm'], { name: 'model.export', input: { id: 4, path: '/work-here/m' } }],
    ] as const) {
      const { code, engine } = await runInProcess(['model', ...words], answers);
      expect([code, engine.asked]).toEqual([0, [input]]);
    }
    for (const words of [['use'], ['use', 'four'], ['list', '4'], ['eat', '4'], ['toString']])
      expect((await runInProcess(['model', ...words], answers)).code).toBe(2);
  });

  it('says what a switch changes, by paths', async () => {
    const { out } = await runInProcess(['model', 'diff', '0', '4', '--json'], answers);
    expect(JSON.parse(out)).toEqual({
      ...{ gained: [], lost: [], merged: [] },
      split: [{ kind: 'copies', members: ['/a', '/b'], parts: [['/a'], ['/b']] }],
    });
    expect((await runInProcess(['model', 'diff', '0', '4'], answers)).out).toBe('1 group split\n  /a  /b\n');
  });
});
