import { describe, expect, it } from 'vitest';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import type {
  Comparison,
  DuplicateGroup,
  GroupDetail,
  PairMeasures,
} from '../../../src-main/contract/model.ts';
import { Compare } from '../../../src-renderer/state/compare.svelte.ts';
import { Decisions } from '../../../src-renderer/state/decisions.svelte.ts';
import { Groups } from '../../../src-renderer/state/groups.svelte.ts';
import { Messages } from '../../../src-renderer/state/messages.svelte.ts';
import { Selection } from '../../../src-renderer/state/selection.svelte.ts';
import { pairMeasures } from '../../engine/similarity/made-measures.ts';
import { fakeClient, groupWith, memberWith, pageOf, settled } from '../fake-client.ts';

function comparisonWith(change: Partial<Comparison> = {}): Comparison {
  return {
    score: 0.9,
    probability: 0.99,
    relation: 'resized',
    verdict: 'same',
    alignment: { quarterTurns: 0, mirrored: false, scale: 1, overlapA: 1, overlapB: 1 },
    differences: [],
    reasons: [],
    sentence: 'Resized to half',
    tier: 'likely',
    measures: null,
    facts: [],
    ...change,
  };
}

const six = groupWith(1, { keeper: 3, members: [1, 2, 3, 4, 5, 6].map((id) => memberWith(id)) });

function detailOf(group: DuplicateGroup, change: Partial<GroupDetail> = {}): GroupDetail {
  return { ...group, links: [], ...change };
}

async function opened(group = six, picks: number[] = [], answers: Parameters<typeof fakeClient>[0] = {}) {
  const client = fakeClient({
    'groups.list': ({ offset = 0, limit = 0 }) => pageOf(3, offset, limit),
    'groups.get': () => detailOf(group),
    'compare.photos': () => comparisonWith(),
    'groups.setKeeper': ({ photo }) =>
      detailOf({ ...group, keeper: photo ?? group.keeper, keeperChosen: true }),
    'verdicts.set': () => ({ changed: 1, sameBytes: 0, contradicted: [], groups: [] }),
    ...answers,
  });
  const messages = new Messages();
  const groups = new Groups(client, messages);
  await groups.reload();
  const selection = new Selection(groups);
  const decisions = new Decisions(client, messages, groups, selection);
  const compare = new Compare(client, messages, { groups, selection, decisions });
  compare.open(group, 0, picks);
  await settled();
  const asked = (name: string) =>
    client.asked.filter((entry) => entry.name === name).map(({ input }) => input);
  return { compare, decisions, messages, client, asked };
}

const ids = (compare: Compare): number[] => compare.photos.map(({ id }) => id);

describe('Compare', () => {
  it('takes the keeper first and four photos at most, and compares A with each', async () => {
    const { compare, asked } = await opened();
    expect(ids(compare)).toEqual([3, 1, 2, 4]);
    expect(asked('compare.photos')).toEqual([
      { a: 3, b: 1 },
      { a: 3, b: 2 },
      { a: 3, b: 4 },
    ]);
    expect(compare.comparisons.of(2)?.sentence).toBe('Resized to half');
  });

  it('takes the photos that were picked; one alone stands against the keeper', async () => {
    expect(ids((await opened(six, [4, 1])).compare)).toEqual([1, 5]);
    expect(ids((await opened(six, [5])).compare)).toEqual([3, 6, 1, 2]);
    expect(ids((await opened(six, [0])).compare)).toEqual([3, 1, 2, 4]);
  });

  it('goes on to the other photos of a large group and comes round', async () => {
    const { compare } = await opened();
    compare.more();
    expect(ids(compare)).toEqual([3, 5, 6]);
    compare.more();
    expect(ids(compare)).toEqual([3, 1, 2, 4]);
  });

  it('says of a pair that can’t be compared why, and compares the others', async () => {
    const { compare } = await opened(six, [], {
      'compare.photos': ({ b }) => {
        if (b === 2) throw new LookalikeError('PHOTO_UNREADABLE', 'b.jpg can’t be read.');
        return comparisonWith();
      },
    });
    expect(compare.comparisons.of(2)).toBeUndefined();
    expect(compare.comparisons.problemOf(2)).toContain('b.jpg can’t be read.');
    expect(compare.comparisons.of(1)).toBeDefined();
  });

  it('looks at the files of what thumbnails leave open, one pair after the other', async () => {
    const measured = (looked: PairMeasures['looked']): Partial<Comparison> => ({
      measures: pairMeasures({}, { open: 'page', looked }),
    });
    const answers: ((seen: Comparison) => void)[] = [];
    const { compare, asked } = await opened(six, [0, 1, 2, 3], {
      'compare.photos': ({ b }) => comparisonWith(b === 1 ? {} : measured(b === 2 ? 'files' : 'thumbnails')),
      'pairs.look': () => new Promise((resolve) => answers.push(resolve)),
    });
    // Of 1 nothing is open, and the files of 2 were looked at before.
    expect(asked('pairs.look')).toEqual([{ a: 3, b: 4 }]);
    expect(compare.comparisons.looking).toBe(4);
    expect(compare.comparisons.of(4)?.sentence).toBe('Resized to half');
    answers[0]!(comparisonWith({ sentence: 'Same layout, other content', ...measured('files') }));
    await settled();
    expect(compare.comparisons.looking).toBeNull();
    expect(compare.comparisons.of(4)?.sentence).toBe('Same layout, other content');
    expect(asked('pairs.look')).toHaveLength(1);
  });

  it('leaves what thumbnails tell where files can’t be looked at, says so, and looks at the next', async () => {
    const { compare, asked } = await opened(six, [0, 1, 2], {
      'compare.photos': () => comparisonWith({ measures: pairMeasures({}, { open: 'doubt' }) }),
      'pairs.look': ({ b }) => {
        if (b === 1) throw new LookalikeError('PHOTO_UNREADABLE', '/photos/1.jpg can’t be read.');
        return comparisonWith({ sentence: 'Seen' });
      },
    });
    expect(asked('pairs.look')).toHaveLength(2);
    expect(compare.comparisons.unlookedOf(1)).toContain('/photos/1.jpg can’t be read.');
    expect(compare.comparisons.of(1)?.sentence).toBe('Resized to half');
    expect(compare.comparisons.of(2)?.sentence).toBe('Seen');
    expect(compare.comparisons.unlookedOf(2)).toBeUndefined();
    compare.open(six, 0, [0, 4]);
    expect(compare.comparisons.unlookedOf(1)).toBeUndefined();
  });

  it('never shows an answer that belongs to photos seen before', async () => {
    const answers: (() => void)[] = [];
    const { compare } = await opened(six, [0, 1], {
      'compare.photos': ({ b }) =>
        new Promise((resolve) => answers.push(() => resolve(comparisonWith({ sentence: `Of ${b}` })))),
    });
    compare.open(six, 0, [0, 4]);
    await settled();
    for (const answer of answers) answer();
    await settled();
    expect([...compare.comparisons.all.keys()]).toEqual([5]);
  });

  it('keeps letters when another photo is chosen to stay', async () => {
    const { compare, asked } = await opened();
    await compare.keep(2);
    expect(asked('groups.setKeeper')).toEqual([{ group: 1, photo: 2 }]);
    expect(compare.group?.keeper).toBe(2);
    expect(ids(compare)).toEqual([3, 1, 2, 4]);
    await compare.keep(2);
    expect(asked('groups.setKeeper')).toHaveLength(1);
  });

  it('carries out what is decided while a decision is on its way, unless other photos are shown by then', async () => {
    const { compare, asked } = await opened();
    void compare.keep(2);
    await compare.keep(1);
    expect(asked('groups.setKeeper')).toEqual([
      { group: 1, photo: 2 },
      { group: 1, photo: 1 },
    ]);
    void compare.keep(2);
    const late = compare.answer('different');
    await compare.step(1);
    await late;
    expect(asked('groups.setKeeper')).toHaveLength(3);
    expect(asked('verdicts.set')).toEqual([]);
  });

  it('sends an answer of A and the photo against it, once, and takes it back', async () => {
    const { compare, asked } = await opened();
    compare.view.stand(2);
    await compare.answer('different');
    await compare.answer('different');
    expect(compare.verdictOf(2)).toBe('different');
    expect(compare.verdictOf(1)).toBeNull();
    await compare.answer(null);
    expect(asked('verdicts.set')).toEqual([
      { pairs: [{ a: 3, b: 2 }], verdict: 'different' },
      { pairs: [{ a: 3, b: 2 }], verdict: null },
    ]);
  });

  it('takes back what was decided, step by step', async () => {
    const { compare, decisions, asked } = await opened();
    await compare.keep(2);
    expect(decisions.said).toMatchObject({ text: 'C stays now.' });
    compare.view.stand(2);
    await compare.answer('same');
    expect(decisions.said).toMatchObject({ text: 'A and C: the same photo, you said.' });
    await compare.undo();
    expect(compare.verdictOf(2)).toBeNull();
    await compare.undo();
    // The rules had chosen before.
    expect(asked('groups.setKeeper').at(-1)).toEqual({ group: 1, photo: null });
    expect(decisions.said).toEqual({ text: 'Taken back: C stays now.', undo: null });
    await compare.undo();
    expect(decisions.said).toEqual({ text: 'Nothing to take back.', undo: null });
  });

  it('shows answers that were given before', async () => {
    const link = {
      a: 1,
      b: 3,
      score: 1,
      probability: 1,
      relation: 'resized',
      sentence: '',
      verdict: 'same',
      by: null,
    } as const;
    const { compare } = await opened(six, [], { 'groups.get': () => detailOf(six, { links: [link] }) });
    expect(compare.verdictOf(1)).toBe('same');
  });

  it('looks at photos whose group is no more without complaint, and tells of other faults', async () => {
    const gone = await opened(six, [], {
      'groups.get': () => {
        throw new LookalikeError('NOT_FOUND', 'There is no such group.');
      },
    });
    expect(gone.messages.list).toEqual([]);
    const failing = await opened(six, [], {
      'verdicts.set': () => {
        throw new LookalikeError('DATABASE_LOCKED', 'Another program writes.');
      },
    });
    await failing.compare.answer('same');
    expect(failing.messages.list).toHaveLength(1);
    expect(failing.compare.verdictOf(1)).toBeNull();
    expect(failing.decisions.deciding).toBe(false);
  });

  it('goes from group to group and stops at both ends', async () => {
    const { compare } = await opened(groupWith(1), [], {
      'groups.get': ({ id }) => detailOf(groupWith(id)),
    });
    await compare.step(-1);
    expect(compare.group?.id).toBe(1);
    await compare.step(1);
    expect([compare.group?.id, compare.row]).toEqual([2, 1]);
    await compare.step(1);
    await compare.step(1);
    expect(compare.group?.id).toBe(3);
  });
});

describe('the view of Compare', () => {
  it('flips between the last two', async () => {
    const { view } = (await opened()).compare;
    view.show(2);
    view.flip();
    expect([view.shown, view.before]).toEqual([1, 2]);
    view.flip();
    expect([view.shown, view.against]).toEqual([2, 2]);
  });

  it('zooms all together, or the active photo alone', async () => {
    const { view } = (await opened()).compare;
    const frame = { scene: { width: 400, height: 300 }, box: { width: 400, height: 300 } };
    view.setFrame('linked', frame);
    view.setFrame(3, frame);
    view.zoomBy(2);
    expect(view.viewOf('linked').zoom).toBe(2);
    view.linked = false;
    view.active = 3;
    view.zoomBy(4);
    expect([view.viewOf('linked').zoom, view.viewOf(3).zoom]).toEqual([2, 4]);
    view.mode = 'flip';
    view.showWhole();
    expect(view.viewOf('linked').zoom).toBe(1);
  });
});
