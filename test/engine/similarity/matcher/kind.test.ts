import { describe, expect, it } from 'vitest';
import type { PairMeasures } from '../../../../src-main/contract/model.ts';
import type { RgbImage } from '../../../../src-main/engine/imaging/image.ts';
import { kindOf, lookedAtSight, type Looked } from '../../../../src-main/engine/similarity/matcher/kind.ts';
import type { SavedFacts } from '../../../../src-main/engine/similarity/matcher/resaved.ts';

const MAP = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };
const measures: PairMeasures = {
  alignment: { quarterTurns: 0, mirrored: false, scale: 1, overlapA: 1, overlapB: 1 },
  map: MAP,
  turn: 0,
  places: 60,
  agreement: 1,
  edits: [],
  differing: [],
  derived: null,
  looked: 'thumbnails',
};
const quiet = {
  ...{ twoSided: 0, sideRatio: 0, twoSidedPieces: 0, oneSideFlat: 0, commonColours: 0, flatDiffering: 0 },
  ...{ flatGround: 0, differingShare: 0, largestPiece: 1, coherence: 0.02, flatAround: 0.1, remainder: -1 },
  ...{ peak: 0, otherSide: 0, differing: 0, compared: 900, displacement80: 0.1, poke: 0, shown: 1 },
};
const looked = (change: Partial<Looked>): Looked => ({ ...lookedAtSight(MAP), measures: quiet, ...change });

const image = (level: number): RgbImage => ({
  width: 32,
  height: 32,
  data: new Uint8Array(32 * 32 * 3).fill(level),
});
const facts = (change: Partial<SavedFacts> = {}): SavedFacts => ({
  width: 4000,
  height: 3000,
  format: 'jpeg',
  jpegQuality: 92,
  jpegWriter: null,
  ...change,
});
const side = (change: Partial<SavedFacts> = {}, level = 100) => ({
  facts: facts(change),
  image: image(level),
});

describe('kind of a pair', () => {
  it('trusts a copy that was saved again, unless it is a page or has other colours', () => {
    const smaller = side({ width: 2000, height: 1500 });
    const kind = (of: Looked) => kindOf(of, side(), smaller, measures);
    expect(kind(looked({}))).toEqual({ kind: 'copy', trusted: true });
    expect(kind(looked({ measures: { ...quiet, flatAround: 0.7 } })).trusted).toBe(false);
    expect(kind(looked({ hueTurned: 0.2 })).trusted).toBe(false);
  });

  it('takes two files written alike for two frames, unless they are as good as equal', () => {
    expect(kindOf(looked({}), side(), side({}, 104), measures)).toEqual({ kind: 'scene', trusted: false });
    expect(kindOf(looked({}), side(), side(), measures)).toEqual({ kind: 'copy', trusted: false });
  });

  it('takes two files of a format that no camera writes for two pages', () => {
    const page = side({ format: 'png', jpegQuality: null });
    const other = side({ format: 'png', jpegQuality: null }, 104);
    for (const kind of ['copy', 'copy-changed', 'scene'] as const)
      expect(kindOf(looked({ kind }), page, other, measures).kind).toBe('same-layout');
  });

  it('leaves what moved a scene, however the files were saved', () => {
    const moved = looked({ kind: 'scene', measures: { ...quiet, differing: 30, coherence: 0.5 } });
    expect(kindOf(moved, side(), side({ width: 2000, height: 1500 }), measures).kind).toBe('scene');
  });
});
