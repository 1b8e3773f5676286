import { describe, expect, it } from 'vitest';
import {
  frameLabel,
  nameInGroup,
  seriesFacts,
  seriesPromise,
  seriesRowLabel,
  seriesTitle,
} from '../../../src-renderer/text/series.ts';
import { folderWith, groupWith, memberWith } from '../fake-client.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const folders = [folderWith(1)];
const frames = ['11.5', '09.6', '10.0'].map((second, i) =>
  memberWith(i + 1, { takenAt: `2021-06-20T14:02:${second}`, relation: 'burst' }),
);
const burst = groupWith(1, { kind: 'burst', members: frames });
const pages = groupWith(2, { kind: 'layout', members: [memberWith(4), memberWith(5)] });

describe('groups that are no copies', () => {
  it('have no invented name', () => {
    expect(seriesTitle(burst)).toBe('Like IMG_2.jpg');
  });

  it('say what they are, and that all stay', () => {
    expect(plain(seriesFacts(burst, folders))).toBe('3 frames in 2 s, 20 Jun 2021, 14:02');
    expect(seriesPromise(burst)).toBe('All 3 frames stay');
    expect(seriesFacts(pages, folders)).toBe('2 pages, Family › beach');
    expect(seriesPromise(pages)).toBe('Always kept');
    expect(seriesPromise({ ...pages, kind: 'scene' })).toBe('Both photos stay');
  });

  it('say where they lie when no time is known', () => {
    const members = [memberWith(1, { takenAt: null }), memberWith(2)];
    expect(seriesFacts(groupWith(1, { kind: 'burst', members }), folders)).toContain('2 frames, ');
  });

  it('never speak of copies, chances or gain', () => {
    const said = [
      seriesRowLabel(burst, 0, folders),
      seriesRowLabel(pages, 1, folders),
      frameLabel('layout', pages.members[0]!, 0, folders),
    ];
    for (const text of said) expect(text).not.toMatch(/cop(y|ies)\b|likely|gain/i);
    expect(said[2]).toContain('Page 1: stays, IMG_4.jpg');
  });

  it('call frames by numbers, copies by letters', () => {
    expect(nameInGroup('burst', 2)).toBe('3');
    expect(nameInGroup('copies', 2)).toBe('C');
  });
});
