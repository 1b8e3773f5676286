import { describe, expect, it } from 'vitest';
import { Groups, noFilter, PAGE_ROWS } from '../../../src-renderer/state/groups.svelte.ts';
import { Messages } from '../../../src-renderer/state/messages.svelte.ts';
import { Selection } from '../../../src-renderer/state/selection.svelte.ts';
import { fakeClient, groupWith, memberWith, pageOf, settled } from '../fake-client.ts';

const TOTAL = 100_000;

function listOf(total = TOTAL) {
  const client = fakeClient({ 'groups.list': ({ offset = 0, limit = 0 }) => pageOf(total, offset, limit) });
  const messages = new Messages();
  const groups = new Groups(client, messages);
  return { client, messages, groups };
}

describe('the list of groups', () => {
  it('asks page by page for what is in view, and for each page once', async () => {
    const { client, groups } = listOf();
    await groups.reload();
    expect(groups.total).toBe(TOTAL);
    await groups.ensure({ first: 0, last: 10 });
    await groups.ensure({ first: 45, last: 55 });
    await groups.ensure({ first: 99_990, last: 99_999 });
    const offsets = client.asked.map((entry) => (entry.input as { offset: number }).offset);
    expect(offsets).toEqual([0, PAGE_ROWS, 99_950]);
    expect(groups.at(99_999)?.id).toBe(100_000);
    expect(groups.at(5000)).toBeUndefined();
  });

  it('holds a bounded number of pages, those near the view', async () => {
    const { groups } = listOf();
    for (let row = 0; row < 100 * PAGE_ROWS; row += PAGE_ROWS) await groups.ensure({ first: row, last: row });
    const held = Array.from({ length: 100 }, (_, page) => groups.at(page * PAGE_ROWS)).filter(Boolean);
    expect(held.length).toBeLessThanOrEqual(41);
    expect(groups.at(99 * PAGE_ROWS)?.id).toBe(99 * PAGE_ROWS + 1);
    expect(groups.at(PAGE_ROWS)).toBeUndefined();
  });

  it('keeps the group that is shown beside the list, however far it is scrolled away', async () => {
    const { groups } = listOf();
    const selection = new Selection(groups);
    await groups.ensure({ first: 0, last: 10 });
    selection.move({ row: 3, photo: null });
    for (let page = 1; page < 100; page += 1) {
      await groups.ensure({ first: page * PAGE_ROWS, last: page * PAGE_ROWS });
    }
    await groups.reload();
    expect(selection.group?.id).toBe(4);
  });

  it('drops an answer that belongs to an earlier filter', async () => {
    const answers: ((value: ReturnType<typeof pageOf>) => void)[] = [];
    const client = fakeClient({ 'groups.list': () => new Promise((resolve) => answers.push(resolve)) });
    const groups = new Groups(client, new Messages());
    const first = groups.reload();
    const second = groups.show({ relations: ['exact'] });
    answers[1]!({ ...pageOf(1, 0, PAGE_ROWS), groups: [groupWith(7)] });
    answers[0]!(pageOf(TOTAL, 0, PAGE_ROWS));
    await Promise.all([first, second]);
    expect(groups.total).toBe(1);
    expect(groups.at(0)?.id).toBe(7);
    expect(client.asked[1]?.input).toMatchObject({ relations: ['exact'], offset: 0 });
  });

  it('shows the old list until the new one is here, then forgets what is out of view', async () => {
    const { groups } = listOf();
    await groups.ensure({ first: 200, last: 210 });
    await groups.ensure({ first: 500, last: 510 });
    const again = groups.reload();
    expect(groups.at(505)?.id).toBe(506);
    await again;
    expect(groups.at(505)?.id).toBe(506);
    expect(groups.at(205)).toBeUndefined();
  });

  it('asks by all filters, and counts those in use', async () => {
    const { client, groups } = listOf();
    await groups.show({ sureness: 'certain', minBytes: 1_000_000, folder: 3, relations: ['cropped'] });
    expect(client.asked.at(-1)?.input).toEqual({
      kind: 'copies',
      order: 'gain',
      offset: 0,
      limit: PAGE_ROWS,
      tiers: ['safe', 'likely'],
      minProbability: 0.999,
      minBytes: 1_000_000,
      folder: 3,
      relations: ['cropped'],
    });
    expect(groups.filters).toBe(4);
    await groups.show(noFilter);
    expect(groups.filters).toBe(0);
    expect(client.asked.at(-1)?.input).not.toHaveProperty('tiers');
  });

  it('counts other kinds as they will be shown, without what filters copies', async () => {
    const client = fakeClient({
      'groups.list': ({ relations = [], folder }) => {
        const [copies, burst] = relations.length > 0 ? [7, 0] : folder === undefined ? [147, 29] : [20, 3];
        return { ...pageOf(copies, 0, PAGE_ROWS), kinds: { copies, burst, scene: 0, layout: 0 } };
      },
    });
    const groups = new Groups(client, new Messages());
    await groups.reload();
    await groups.show({ relations: ['mirrored'] });
    expect(groups.kinds).toMatchObject({ copies: 7, burst: 29 });
    const shown = groups.show({ ...noFilter, kind: 'burst' });
    expect(groups.total).toBe(29);
    await shown;
    await groups.show({ folder: 3 });
    expect(groups.kinds).toMatchObject({ copies: 20, burst: 3 });
  });

  it('tells figures of another kind only once they are here', async () => {
    const { groups } = listOf();
    await groups.reload();
    expect(groups.settled).toBe(true);
    const shown = groups.show({ kind: 'burst' });
    expect(groups.total).toBe(0);
    await shown;
    const back = groups.show({ kind: 'copies' });
    expect([groups.total, groups.settled]).toEqual([TOTAL, false]);
    await back;
    expect(groups.settled).toBe(true);
  });

  it('looks at another threshold one request at a time, the last one always', async () => {
    const answers: (() => void)[] = [];
    const client = fakeClient({
      'groups.list': ({ offset = 0, limit = 0 }) =>
        new Promise((resolve) => answers.push(() => resolve(pageOf(TOTAL, offset, limit)))),
    });
    const groups = new Groups(client, new Messages());
    for (const threshold of [0.6, 0.7, 0.8]) groups.lookAt(threshold);
    await settled();
    expect(client.asked).toHaveLength(1);
    answers[0]!();
    await settled();
    await settled();
    expect(client.asked.map(({ input }) => (input as { threshold: number }).threshold)).toEqual([0.6, 0.8]);
  });

  it('says an error once and can ask again', async () => {
    let fails = true;
    const client = fakeClient({
      'groups.list': ({ offset = 0, limit = 0 }) => {
        if (fails) throw new Error('broken');
        return pageOf(10, offset, limit);
      },
    });
    const messages = new Messages();
    const groups = new Groups(client, messages);
    await groups.reload();
    await groups.reload();
    expect(messages.list).toHaveLength(1);
    fails = false;
    await groups.reload();
    expect(groups.total).toBe(10);
  });
});

describe('the selection', () => {
  it('follows its group when the list changes', async () => {
    let shift = 0;
    const client = fakeClient({
      'groups.list': () => ({ ...pageOf(10, 0, PAGE_ROWS), groups: pageOf(10 + shift, shift, 10).groups }),
    });
    const groups = new Groups(client, new Messages());
    const selection = new Selection(groups);
    await groups.reload();
    selection.move({ row: 4, photo: 1 });
    expect(selection.group?.id).toBe(5);
    shift = 2; // two groups before it are gone
    await groups.reload();
    expect(selection.follow()).toEqual({ from: 4, to: 2 });
    expect(selection.position).toEqual({ row: 2, photo: 1 });
    expect(selection.group?.id).toBe(5);
  });

  it('stays inside a list that became shorter', async () => {
    let total = 10;
    const client = fakeClient({ 'groups.list': ({ offset = 0, limit = 0 }) => pageOf(total, offset, limit) });
    const groups = new Groups(client, new Messages());
    const selection = new Selection(groups);
    await groups.reload();
    selection.move({ row: 9, photo: null });
    total = 3;
    await groups.reload();
    await settled();
    selection.follow();
    expect(selection.position.row).toBe(2);
  });
});

describe('what is picked', () => {
  async function selectionOf(members: number) {
    const group = groupWith(1, { members: Array.from({ length: members }, (_, i) => memberWith(10 + i)) });
    const client = fakeClient({ 'groups.list': () => ({ ...pageOf(1, 0, 1), groups: [group] }) });
    const groups = new Groups(client, new Messages());
    await groups.reload();
    return new Selection(groups);
  }

  it('is the photo that the keys were at and the one they went to', async () => {
    const selection = await selectionOf(4);
    selection.move({ row: 0, photo: 1 });
    expect(selection.picks).toBeNull();
    selection.pick(2);
    expect([selection.picks, selection.picked]).toEqual([[1, 2], 1]);
    selection.pick(3);
    expect(selection.picks).toEqual([1, 3]);
    selection.pick(0);
    expect([selection.picks, selection.picked]).toEqual([[0, 1], 1]);
    selection.move({ row: 0, photo: 2 });
    expect([selection.picks, selection.picked]).toEqual([null, null]);
  });

  it('is the first photo and the one clicked on where the keys were at none', async () => {
    const selection = await selectionOf(4);
    selection.pick(3);
    expect(selection.picks).toEqual([0, 3]);
    selection.unpick();
    expect(selection.picks).toBeNull();
  });
});

it('stays at the first row while a scan brings larger groups, until a group was chosen', async () => {
  let first = 5;
  const client = fakeClient({
    'groups.list': () => ({ ...pageOf(10, 0, PAGE_ROWS), groups: pageOf(20, first, 10).groups }),
  });
  const groups = new Groups(client, new Messages());
  const selection = new Selection(groups);
  await groups.reload();
  selection.follow();
  first = 3;
  await groups.reload();
  selection.follow();
  expect(selection.position.row).toBe(0);
  selection.hold();
  first = 1;
  await groups.reload();
  selection.follow();
  expect(selection.position.row).toBe(2);
});
