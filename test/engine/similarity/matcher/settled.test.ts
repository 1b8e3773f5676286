import { describe, expect, it } from 'vitest';
import type { CloseLook } from '../../../../src-main/engine/similarity/matcher/close-look.ts';
import type { SharedNoise } from '../../../../src-main/engine/similarity/matcher/noise.ts';
import { openQuestion, settle } from '../../../../src-main/engine/similarity/matcher/settled.ts';

const seen = {
  kind: 'copy',
  trusted: true,
  checked: 'copy',
  mayBePage: false,
  moved: false,
  savedAgain: true,
} as const;

interface Made {
  differing?: number;
  flat?: number;
  coherence?: number;
  noise?: SharedNoise | null;
  edge?: number;
}

function closeLook({ differing = 0, flat = 0, coherence = 0, noise = null, edge = 1024 }: Made): CloseLook {
  const measures = {
    differing,
    flatGround: 0,
    flatAround: flat,
    coherence,
    displacement80: 0,
    poke: 0,
    shown: 1,
  };
  const tones = { hueTurned: 0, oneHueA: 0.5, oneHueB: 0.5 };
  return { check: { measures, tones }, noise, edge, shown: 0.5 } as unknown as CloseLook;
}

const kept: SharedNoise = { luminance: 0.99, redGreen: 0.9, blueGreen: 0.97, unshared: 0.02, blocks: 900 };
const shared: SharedNoise = { luminance: 0.93, redGreen: 0.3, blueGreen: 0.5, unshared: 0.9, blocks: 900 };
const own: SharedNoise = { luminance: 0.6, redGreen: 0.05, blueGreen: 0.1, unshared: 4, blocks: 900 };
const jpeg = { format: 'jpeg', toned: false } as const;

describe('what thumbnails leave open', () => {
  it('is a page without a difference, a doubt, and files written alike', () => {
    expect(openQuestion(seen)).toBeNull();
    expect(openQuestion({ ...seen, trusted: false, mayBePage: true })).toBe('page');
    expect(openQuestion({ ...seen, kind: 'doubt' })).toBe('doubt');
    expect(openQuestion({ ...seen, kind: 'scene', savedAgain: false })).toBe('equal-files');
  });

  it('is nothing where something moved, or what was not laid on each other', () => {
    expect(openQuestion({ ...seen, kind: 'scene', savedAgain: false, moved: true })).toBeNull();
    expect(openQuestion({ ...seen, kind: null, savedAgain: false })).toBeNull();
  });
});

describe('what the files settle', () => {
  it('pages: no difference is a copy that can be trusted, any is another page', () => {
    expect(settle('page', closeLook({ flat: 0.7 }), jpeg)).toEqual({ kind: 'copy', trusted: true });
    expect(settle('page', closeLook({ flat: 0.7, differing: 3 }), jpeg)?.kind).toBe('same-layout');
  });

  it('pages: not where one of them is too small to read', () => {
    expect(settle('page', closeLook({ flat: 0.7, edge: 320 }), jpeg)).toBeNull();
  });

  it('files written alike: kept noise is a copy, changed where blocks differ', () => {
    expect(settle('equal-files', closeLook({ noise: kept }), jpeg)).toEqual({ kind: 'copy', trusted: true });
    expect(settle('equal-files', closeLook({ noise: kept, differing: 9 }), jpeg)?.kind).toBe('copy-changed');
  });

  it('files written alike: noise of their own makes two frames, unless tones were changed', () => {
    expect(settle('equal-files', closeLook({ noise: own }), jpeg)?.kind).toBe('scene');
    expect(settle('equal-files', closeLook({ noise: own }), { ...jpeg, toned: true })).toBeNull();
  });

  it('a doubt: shared noise is a copy, no noise proves nothing', () => {
    expect(settle('doubt', closeLook({ noise: shared, differing: 9 }), jpeg)).toEqual({
      kind: 'copy-changed',
      trusted: false,
    });
    expect(settle('doubt', closeLook({ noise: own, differing: 9 }), jpeg)).toBeNull();
  });

  it('what moved is a scene, whatever else', () => {
    expect(settle('page', closeLook({ coherence: 0.5 }), jpeg)?.kind).toBe('scene');
  });
});
