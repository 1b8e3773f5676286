import { describe, expect, it } from 'vitest';
import type { ModelVersion } from '../../../src-main/contract/model.ts';
import {
  changeLine,
  changesLine,
  changesOf,
  figuresOf,
  lineOf,
  madeLine,
  modelName,
} from '../../../src-renderer/text/models.ts';
import { trainingEnd, trainingLine, trainingShare } from '../../../src-renderer/text/teach.ts';

const SPACE = '\u00a0';

function version(id: number, parent: string | null): ModelVersion {
  const measured = { before: 0.8, after: 0.92 };
  return {
    ...{ id, name: id === 0 ? 'w8' : `trained-${id}`, parent, active: false },
    createdAt: '2026-11-24T10:00:00.000Z',
    training:
      id === 0
        ? null
        : {
            ...{ network: 'head', objective: 'infonce', data: 'verdicts', seed: 1, backend: 'native' },
            ...{ epochs: 12, photos: 90, verdicts: 24, validation: measured },
            verdictError: { before: 0.019, after: 0.004 },
          },
  };
}

describe('models in words', () => {
  it('names the one that ships and those made here', () => {
    expect([modelName({ id: 0 }), modelName({ id: 7 })]).toEqual(['Shipped model', 'Model 7']);
    expect(madeLine(version(7, 'w8'))).toBe(`24${SPACE}Nov${SPACE}2026, from 24 answers`);
    expect(madeLine(version(0, null))).toBe('came with the app');
  });

  it('follows parents back to the one that ships, by whole names', () => {
    const versions = [
      version(0, null),
      version(1, 'w8-m'),
      version(11, 'trained-1-m'),
      version(2, 'trained-11-m'),
    ];
    expect(lineOf(versions[3]!, versions).map(({ id }) => id)).toEqual([0, 1, 11, 2]);
    expect(lineOf(version(5, 'gone-m'), versions).map(({ id }) => id)).toEqual([5]);
  });

  it('tells figures before and after, and which way is better', () => {
    const figures = figuresOf({
      validation: { before: 0.81, after: 0.92 },
      verdictError: { before: 0.019, after: 0.004 },
    });
    expect(figures.map(({ before, after, change, isBetter }) => [before, after, change, isBetter])).toEqual([
      [`81${SPACE}%`, `92${SPACE}%`, '+11', true],
      [`1.9${SPACE}%`, `0.4${SPACE}%`, '−1.5', true],
    ]);
    const same = figuresOf({ validation: { before: 0.9, after: 0.9 }, verdictError: null });
    expect(same).toMatchObject([{ change: 'same', isBetter: false }]);
  });

  it('tells changes by what they do to groups', () => {
    const members = [1, 2, 3].map((id) => ({ id, path: `${id}` }));
    const changes = changesOf({
      gained: [{ kind: 'copies', members: members.slice(0, 2), parts: [] }],
      lost: [{ kind: 'copies', members: members.slice(0, 2), parts: [] }],
      split: [{ kind: 'copies', members, parts: [[1, 2]] }],
      merged: [{ kind: 'copies', members, parts: [[2, 3]] }],
    });
    expect(changes.map(changeLine)).toEqual([
      'Joined: 2 and 1 photos',
      'New: 2 photos',
      'Parted: 2 and 1 photos',
      'Gone: 2 photos',
    ]);
    const many = changesOf({
      ...{ gained: [], lost: [], split: [] },
      merged: [{ kind: 'copies', members: [...members, { id: 4, path: '4' }], parts: [] }],
    });
    expect(many.map(changeLine)).toEqual(['Joined: 4 photos from 4 places']);
    expect(changesLine(changes)).toBe('2 closer together, 2 apart');
    expect(changes[2]).toMatchObject({ before: [[1, 2, 3]], after: [[1, 2], [3]] });
  });
});

describe('a training in words', () => {
  it('says how far it is', () => {
    const progress = { stage: 'train', done: 15, total: 20, epoch: null, secondsLeft: 6 } as const;
    expect(trainingLine(progress)).toBe('Learning, round 15 of 20');
    expect(trainingShare(progress)).toBe(0.75);
    expect([trainingLine(null), trainingShare(null)]).toEqual(['Training starts', null]);
  });

  it('says why a version was not kept', () => {
    const none = { accepted: false, stopped: false, verdictError: null } as const;
    const result = { model: null, name: null, parent: 'w8', network: 'head', objective: 'infonce' } as const;
    const rest = { data: 'verdicts', seed: 1, epochs: 2, seconds: 1, loss: null } as const;
    const end = (before: number, after: number): string =>
      trainingEnd({ ...result, ...rest, ...none, validation: { before, after } });
    expect(end(0.9, 0.8)).toContain('told copies worse');
    expect(end(0.9, 0.9)).toContain('Nothing was gained');
  });
});
