import { expect, it } from 'vitest';
import { rateOf, secondsLeft, withSample, type Sample } from '../../../src-renderer/state/rate.ts';
import { progressWith } from '../fake-client.ts';

function told(steps: [seconds: number, done: number][]): Sample[] {
  return steps.reduce<Sample[]>(
    (samples, [seconds, done]) => withSample(samples, progressWith({ seconds, done })),
    [],
  );
}

it('follows the last seconds, not the whole stage', () => {
  const samples = told([
    [0, 0],
    [10, 10],
    [20, 1010],
    [24, 1410],
  ]);
  expect(rateOf(samples, progressWith({ seconds: 24, done: 1410 }))).toBe(100);
});

it('takes the mean of the stage while it has seen too little, and nothing at its very start', () => {
  expect(rateOf([], progressWith({ done: 50, stageSeconds: 5 }))).toBe(10);
  expect(rateOf([], progressWith({ done: 50, stageSeconds: 0.5 }))).toBeNull();
});

it('forgets the samples of another stage and of a count that began again', () => {
  const samples = told([
    [0, 0],
    [5, 500],
  ]);
  expect(withSample(samples, progressWith({ stage: 'compare', seconds: 6, done: 1 }))).toHaveLength(1);
  expect(withSample(samples, progressWith({ seconds: 6, done: 3 }))).toEqual([
    { stage: 'read', seconds: 0, done: 0 },
    { stage: 'read', seconds: 6, done: 3 },
  ]);
});

it('tells the time left only when it can', () => {
  expect(secondsLeft(10, progressWith({ done: 100, total: 1000 }))).toBe(90);
  expect(secondsLeft(10, progressWith({ total: null }))).toBeNull();
  expect(secondsLeft(0, progressWith())).toBeNull();
  expect(secondsLeft(null, progressWith())).toBeNull();
});
