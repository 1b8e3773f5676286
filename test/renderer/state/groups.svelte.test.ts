import { describe, expect, it } from 'vitest';
import { Groups, PAGE_ROWS } from '../../../src-renderer/state/groups.svelte.ts';
import { Messages } from '../../../src-renderer/state/messages.svelte.ts';
import { Selection } from '../../../src-renderer/state/selection.svelte.ts';
import { fakeClient, groupWith, pageOf, settled } from '../fake-client.ts';

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
    selection.follow();
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
