/** @file Scenarios of what learns: verdicts on their way, what to teach, trainings, versions of the model. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { ModelId } from '../../src-main/contract/model.ts';
import { packVersion } from '../../src-main/engine/training/versions/about.ts';
import { album } from './library.ts';
import type { Context, Scenarios } from './scenarios.ts';

const nothing = {};
const odd = { unknown: true };
const encoder = join(import.meta.dirname, '../../assets/encoder');

/** A new path beside the album: what is there is never replaced. */
let files = 0;
function freshPath({ library }: Context, name: string): string {
  return join(dirname(library.album), `${++files} ${name}`);
}

/** A version that differs from the one that ships in its name only. */
async function versionFile(context: Context): Promise<{ path: string; name: string }> {
  const path = freshPath(context, 'a.model');
  const name = `made-${files}`;
  const card = JSON.parse(await readFile(join(encoder, 'card.json'), 'utf8')) as Record<string, unknown>;
  const change = { before: 0.5, after: 0.6 };
  const packed = packVersion({
    name,
    parent: 'nobody',
    createdAt: '2026-01-02T03:04:05.000Z',
    about: {
      ...{ network: 'head', objective: 'triplet', data: 'self', seed: 1, backend: 'typescript' },
      ...{ epochs: 3, photos: 20, verdicts: 0, validation: change, verdictError: null },
      calibration: [{ score: 0, probability: 0 }],
    },
    card: { ...card, name },
    personal: null,
    head: await readFile(join(encoder, 'head.bin')),
  });
  await writeFile(path, packed);
  return { path, name };
}

async function importVersion(context: Context): Promise<ModelId> {
  const { path, name } = await versionFile(context);
  const versions = await context.owner.request('model.import', { path });
  return versions.find((version) => version.name === name)!.id;
}

async function folderOfClasses(context: Context): Promise<string> {
  const folder = freshPath(context, 'classes');
  for (const [name, photos] of [
    ['beach', ['beach', 'beachAgain', 'beachSmall', 'beach']],
    ['city', ['city', 'cityWeb', 'city', 'city']],
  ] as const) {
    await mkdir(join(folder, name), { recursive: true });
    for (const [i, photo] of photos.entries())
      await copyFile(context.path(photo), join(folder, name, `${i} ${album[photo].replaceAll('/', ' ')}`));
  }
  return folder;
}

const cityPair = ({ id }: Context) => ({ a: id('city'), b: id('cityWeb') });

export const trainingScenarios: Pick<
  Scenarios,
  | 'verdicts.setFiles'
  | 'verdicts.export'
  | 'verdicts.import'
  | 'teach.next'
  | 'teach.alike'
  | 'train.run'
  | 'train.classes'
  | 'train.pause'
  | 'train.stop'
  | 'train.state'
  | 'model.list'
  | 'model.use'
  | 'model.diff'
  | 'model.export'
  | 'model.import'
  | 'model.delete'
> = {
  'verdicts.setFiles': {
    input: ({ path }) => ({ a: path('city'), b: path('cityWeb'), verdict: 'different' }),
    check: async (change, context) => {
      expect(change).toMatchObject({ changed: 1, sameBytes: 0 });
      await context.owner.request('verdicts.set', { pairs: [cityPair(context)], verdict: null });
    },
    refused: { a: '/a.jpg', verdict: 'same' },
  },
  'verdicts.export': {
    input: async (context) => {
      await context.owner.request('verdicts.set', { pairs: [cityPair(context)], verdict: 'same' });
      return { path: freshPath(context, 'verdicts.json') };
    },
    check: async (written, context) => {
      expect(written).toEqual({ verdicts: 1 });
      await context.owner.request('verdicts.set', { pairs: [cityPair(context)], verdict: null });
    },
    refused: { path: '' },
  },
  'verdicts.import': {
    input: async (context) => {
      const path = freshPath(context, 'verdicts.json');
      const pairs = [cityPair(context)];
      await context.owner.request('verdicts.set', { pairs, verdict: 'different' });
      await context.owner.request('verdicts.export', { path });
      await context.owner.request('verdicts.set', { pairs, verdict: null });
      return { path };
    },
    check: async (read, context) => {
      expect(read).toEqual({ verdicts: 1, changed: 1, waiting: 0 });
      const [verdict] = await context.owner.request('verdicts.list', {});
      expect(verdict).toMatchObject({ verdict: 'different' });
      await context.owner.request('verdicts.set', { pairs: [cityPair(context)], verdict: null });
    },
    refused: { path: 1 },
  },
  'teach.next': {
    input: () => ({ count: 3 }),
    check: (pairs) => {
      expect(pairs.length).toBeLessThanOrEqual(3);
      for (const { a, b, score, settles } of pairs) {
        expect(a).not.toBe(b);
        expect(score).toBeGreaterThan(0);
        expect(settles).toBeGreaterThanOrEqual(1);
      }
    },
    refused: { count: 0 },
  },
  'teach.alike': {
    input: ({ id }) => ({ a: id('city'), b: id('cityWeb') }),
    check: (pairs, { id }) => {
      const own = new Set([id('city'), id('cityWeb')]);
      expect(pairs.every(({ a, b }) => !own.has(a) || !own.has(b))).toBe(true);
    },
    refused: { a: 1 },
  },
  'train.run': {
    input: () => ({ objective: 'triplet', epochs: 1, seed: 3 }),
    check: async (result, { owner }, events) => {
      expect(result).toMatchObject({
        network: 'head',
        objective: 'triplet',
        data: 'self',
        seed: 3,
        stopped: false,
      });
      expect(result.epochs).toBe(1);
      expect(result.validation.after).toBeGreaterThanOrEqual(result.validation.before);
      expect(result.accepted).toBe(result.model !== null);
      expect(events[0]).toMatchObject({ stage: 'views', done: 0 });
      expect(events.find(({ epoch }) => epoch !== null)?.epoch).toMatchObject({ epoch: 1 });
      if (result.model !== null) await owner.request('model.delete', { id: result.model });
    },
    refused: { objective: 'guess' },
  },
  'train.classes': {
    input: async (context) => ({
      directory: await folderOfClasses(context),
      objective: 'infonce',
      epochs: 1,
    }),
    check: async (result, { owner }) => {
      expect(result).toMatchObject({ data: 'classes', objective: 'infonce', verdictError: null });
      if (result.model !== null) await owner.request('model.delete', { id: result.model });
    },
    refused: { directory: '' },
  },
  'train.pause': {
    input: () => ({ paused: true }),
    check: (answer) => expect(answer).toEqual({ paused: false }),
    refused: { paused: 'yes' },
  },
  'train.stop': {
    input: () => nothing,
    check: (answer) => expect(answer).toEqual({ stopped: false }),
    refused: odd,
  },
  'train.state': {
    input: () => nothing,
    check: ({ progress, paused }) => expect([progress, paused]).toEqual([null, false]),
    refused: odd,
  },
  'model.list': {
    input: () => nothing,
    check: (versions) => {
      expect(versions[0]).toMatchObject({ id: 0, active: true, parent: null, training: null });
    },
    refused: odd,
  },
  'model.use': {
    input: async (context) => ({ id: await importVersion(context) }),
    check: async (versions, { owner }) => {
      const { id, name } = versions.find(({ active }) => active)!;
      expect(name).toMatch(/^made-/);
      // No file was opened, and the groups are the same.
      expect(await owner.request('library.summary', {})).toMatchObject({ groups: 2, copies: 3 });
      expect((await owner.request('scan.run', {})).model).toContain(name);
      const back = await owner.request('model.use', { id: 0 });
      expect(back[0]).toMatchObject({ id: 0, active: true });
      await owner.request('model.delete', { id });
    },
    refused: { id: -1 },
  },
  'model.diff': {
    input: async (context) => ({ a: 0, b: await importVersion(context) }),
    check: async (diff, { owner }) => {
      expect(diff).toEqual({ gained: [], lost: [], split: [], merged: [] });
      for (const { id } of (await owner.request('model.list', {})).slice(1))
        await owner.request('model.delete', { id });
    },
    refused: { a: 0 },
  },
  'model.export': {
    input: async (context) => ({ id: await importVersion(context), path: freshPath(context, 'b.model') }),
    check: async ({ bytes }, { owner }) => {
      expect(bytes).toBeGreaterThan(100_000);
      for (const { id } of (await owner.request('model.list', {})).slice(1))
        await owner.request('model.delete', { id });
    },
    refused: { id: 1, path: '' },
  },
  'model.import': {
    input: async (context) => ({ path: (await versionFile(context)).path }),
    check: async (versions, { owner }) => {
      const [, imported] = versions;
      expect(imported).toMatchObject({
        parent: 'nobody',
        active: false,
        training: { epochs: 3, photos: 20 },
      });
      await owner.request('model.delete', { id: imported!.id });
    },
    refused: { path: '' },
  },
  'model.delete': {
    input: async (context) => ({ id: await importVersion(context) }),
    // A browser may not export or import, so what was made for that is still there.
    check: (versions) => {
      expect(versions[0]).toMatchObject({ id: 0, active: true });
      expect(versions.map(({ name }) => name)).not.toContain(`made-${files}`);
    },
    refused: { id: 'one' },
  },
};
