import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keptBetweenRuns } from './evaluation/kept.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookalike-kept-'));
  process.env['LOOKALIKE_QUALITY'] = folder;
});

afterAll(async () => {
  delete process.env['LOOKALIKE_QUALITY'];
  await rm(folder, { recursive: true });
});

test('what is kept is made anew when an input or a source is another one', async () => {
  let made = 0;
  const make = (): Promise<Float32Array> => Promise.resolve(Float32Array.of(++made));
  const kept = async (sources: string[], inputs: string[]): Promise<number> =>
    (await keptBetweenRuns('folder/numbers', sources, inputs, make))[0]!;
  expect(await kept(['package.json'], ['a'])).toBe(1);
  expect(await kept(['package.json'], ['a'])).toBe(1);
  expect(await kept(['package.json'], ['b'])).toBe(2);
  expect(await kept(['LICENSE'], ['a'])).toBe(3);
  expect(await kept(['package.json'], ['a'])).toBe(1);
});
