import { describe, expect, it } from 'vitest';
import type { ScoreHistogram } from '../../../src-main/contract/model.ts';
import { Groups } from '../../../src-renderer/state/groups.svelte.ts';
import { Messages } from '../../../src-renderer/state/messages.svelte.ts';
import { Threshold } from '../../../src-renderer/state/threshold.svelte.ts';
import { fakeClient, pageOf, settled } from '../fake-client.ts';

function made() {
  const saved = { score: null as number | null };
  const histogram = (): ScoreHistogram => ({
    bins: [],
    threshold: saved.score ?? 0.5,
    shipped: 0.5,
    safeFrom: 0.9,
    probabilityAt: [],
    expectedWrong: [],
  });
  const client = fakeClient({
    'groups.list': ({ offset = 0, limit = 0 }) => pageOf(10, offset, limit),
    'groups.histogram': histogram,
    'groups.setThreshold': ({ score }) => {
      saved.score = score;
      const { kinds, tiers } = pageOf(0, 0, 0);
      return { threshold: score ?? 0.5, groups: 0, copies: 0, bytesToGain: 0, kinds, tiers };
    },
  });
  const messages = new Messages();
  const groups = new Groups(client, messages);
  const threshold = new Threshold(client, messages, groups);
  const lastList = (): unknown => client.asked.filter(({ name }) => name === 'groups.list').at(-1)?.input;
  return { client, groups, threshold, saved, lastList, messages };
}

describe('the threshold', () => {
  it('is not asked for on news until a screen shows it', async () => {
    const { client, threshold } = made();
    threshold.refresh();
    await settled();
    expect(client.asked).toEqual([]);
  });

  it('acts on the list while it is held, and is saved when it is let go', async () => {
    const { threshold, saved, lastList, groups } = made();
    await threshold.load();
    threshold.hold(0.7);
    await settled();
    expect(threshold.score).toBe(0.7);
    expect(lastList()).toMatchObject({ threshold: 0.7 });
    expect(saved.score).toBeNull();
    await threshold.release();
    expect(saved.score).toBe(0.7);
    expect(groups.threshold).toBeNull();
    expect(threshold.score).toBe(0.7);
    expect(threshold.isShipped).toBe(false);
    expect(lastList()).not.toHaveProperty('threshold');
  });

  it('goes back to the model’s own', async () => {
    const { threshold, saved } = made();
    await threshold.load();
    threshold.hold(0.7);
    await threshold.release();
    await threshold.reset();
    expect(saved.score).toBeNull();
    expect(threshold.score).toBe(0.5);
    expect(threshold.isShipped).toBe(true);
  });

  it('saves nothing when it was not moved', async () => {
    const { client, threshold } = made();
    await threshold.load();
    threshold.hold(0.5);
    await threshold.release();
    expect(client.asked.map(({ name }) => name)).toEqual(['groups.histogram']);
  });
});
