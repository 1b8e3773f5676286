import { describe, expect, it } from 'vitest';
import type { ChangedGroup, ModelDiff, ModelVersion } from '../../../src-main/contract/model.ts';
import { Messages } from '../../../src-renderer/state/messages.svelte.ts';
import { Models } from '../../../src-renderer/state/models.svelte.ts';
import { fakeClient } from '../fake-client.ts';

function versionWith(id: number, change: Partial<ModelVersion> = {}): ModelVersion {
  const name = id === 0 ? 'w8' : `trained-${id}`;
  const parent = id === 0 ? null : id === 1 ? 'w8-matcher' : `trained-${id - 1}-matcher`;
  return {
    id,
    name,
    parent,
    createdAt: '2026-11-24T10:00:00.000Z',
    active: false,
    training: null,
    ...change,
  };
}

function groupOf(ids: number[], parts: number[][]): ChangedGroup {
  return { kind: 'copies', members: ids.map((id) => ({ id, path: `/photos/${id}.jpg` })), parts };
}

const diff: ModelDiff = {
  gained: [groupOf([1, 2], [])],
  merged: [groupOf([3, 4, 5], [[4, 5]])],
  split: [groupOf([6, 7, 8], [[6, 7]])],
  lost: [],
};

function made(activeAtFirst = 2) {
  let active = activeAtFirst;
  let versions = [0, 1, 2, 3].map((id) => versionWith(id));
  const list = (): ModelVersion[] =>
    versions.map((version) => ({ ...version, active: version.id === active }));
  const client = fakeClient({
    'model.list': list,
    'model.use': ({ id }) => {
      active = id;
      return list();
    },
    'model.diff': () => diff,
    'model.delete': ({ id }) => {
      versions = versions.filter((version) => version.id !== id);
      return list();
    },
    'verdicts.set': ({ pairs }) => ({ changed: pairs.length, sameBytes: 0, contradicted: [], groups: [] }),
  });
  const messages = new Messages();
  return { client, messages, models: new Models(client, messages) };
}

describe('versions of the model', () => {
  it('show the card of the one in use first, and know what it was made from', async () => {
    const { models } = made();
    await models.load();
    expect([models.active?.id, models.chosen?.id, models.before?.id]).toEqual([2, 2, 1]);
    models.choose(3);
    expect(models.chosen?.id).toBe(3);
  });

  it('are switched and switched back, and a comparison with the old one goes', async () => {
    const { models } = made();
    await models.load();
    await models.compare(3);
    expect(models.compared?.changes).toHaveLength(3);
    expect(await models.use(3)).toBe(true);
    expect([models.active?.id, models.compared]).toEqual([3, null]);
    await models.use(models.before?.id ?? -1);
    expect(models.active?.id).toBe(2);
  });

  it('are compared with the one in use, once', async () => {
    const { models, client } = made();
    await models.load();
    await models.compare(2);
    await models.compare(3);
    await models.compare(3);
    expect(client.asked.filter(({ name }) => name === 'model.diff').map(({ input }) => input)).toEqual([
      { a: 2, b: 3 },
    ]);
  });

  it('take “Not so” as an answer: what was joined is different, what was parted the same', async () => {
    const { models, client } = made();
    await models.load();
    await models.compare(3);
    const [joined, isNew, parted] = models.compared?.changes ?? [];
    for (const change of [joined!, isNew!, parted!]) await models.notSo(change);
    await models.notSo(joined!);
    expect(client.asked.filter(({ name }) => name === 'verdicts.set').map(({ input }) => input)).toEqual([
      {
        pairs: [
          { a: 4, b: 3 },
          { a: 5, b: 3 },
        ],
        verdict: 'different',
      },
      { pairs: [{ a: 1, b: 2 }], verdict: 'different' },
      { pairs: [{ a: 6, b: 8 }], verdict: 'same' },
    ]);
    expect(models.refused.size).toBe(3);
  });

  it('are deleted, and the card of the one in use is shown again', async () => {
    const { models } = made();
    await models.load();
    models.choose(3);
    await models.remove(3);
    expect(models.versions.map(({ id }) => id)).toEqual([0, 1, 2]);
    expect(models.chosen?.id).toBe(2);
  });

  it('stay as they are when the engine refuses', async () => {
    const { models, messages, client } = made();
    await models.load();
    client.request = () => Promise.reject(new Error('A scan runs.'));
    expect(await models.use(3)).toBe(false);
    expect([models.active?.id, models.switching, messages.list.length]).toEqual([2, null, 1]);
  });
});
