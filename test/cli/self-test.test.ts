import { describe, expect, it } from 'vitest';
import type { SelfTest } from '../../src-main/contract/model.ts';
import type { Answers } from './helpers/engine-double.ts';
import { runInProcess } from './helpers/in-process.ts';

const result: SelfTest = {
  photos: 2,
  falseMatches: 1,
  recall: 0.75,
  perDamage: [
    { damage: 'JPEG 5', recall: 0.5 },
    { damage: 'half size', recall: 1 },
  ],
  threshold: 0.5,
  model: 'model-1',
  safe: { falseMatches: 0, recall: 0.5, perDamage: [{ damage: 'half size', recall: 1 }] },
};
const answers: Answers = {
  'library.summary': () => ({ photos: 9, failed: [] }) as never,
  'selfTest.run': (_input, { onEvent }) => {
    onEvent?.({ done: 4, total: 4 });
    return result;
  },
};

describe('self-test', () => {
  it('asks for as many photos as it was told, and prints the result as JSON', async () => {
    const { code, out, engine } = await runInProcess(['self-test', '--photos', '2', '--json'], answers);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(result);
    expect(engine.asked.at(-1)).toEqual({ name: 'selfTest.run', input: { photos: 2 } });
  });

  it('says it in words: found and safe, damage by damage', async () => {
    const { out, err } = await runInProcess(['self-test'], answers);
    expect(out).toBe(
      [
        '2 photos, each damaged in 2 ways, threshold 0.5',
        'Found 75 % of the copies, with 1 false match',
        'Safe without a look: 50 %, with 0 false matches',
        '',
        'Damage     Found   Safe',
        'JPEG 5      50 %    0 %',
        'half size  100 %  100 %',
        '',
        'Model model-1',
        '',
      ].join('\n'),
    );
    expect(err).toBe('');
  });

  it('refuses a number that is none', async () => {
    expect((await runInProcess(['self-test', '--photos', '0'], answers)).code).toBe(2);
  });
});
