import { describe, expect, it } from 'vitest';
import { maySharePixels, relate, type RelationFacts } from '../../../src-main/engine/similarity/relation.ts';

let ids = 0;
function facts(changes: Partial<RelationFacts> = {}): RelationFacts {
  const id = ++ids;
  const thumbnailHash = Uint8Array.of(id, 1);
  return {
    id,
    width: 400,
    height: 300,
    format: 'jpeg',
    thumbnailHash,
    streamHash: null,
    takenAt: null,
    camera: null,
    ...changes,
  };
}

const upright = { quarterTurns: 0, mirrored: false, correlation: 1 } as const;
const copy = { score: 0.95, threshold: 0.8, samePixels: false, frame: upright };

describe('relation of two contents', () => {
  it('is exact for one content and same-pixels where that was proved, whatever the score', () => {
    const a = facts();
    expect(relate(a, a, { ...copy, score: 0 })).toEqual({ relation: 'exact', reasons: [] });
    expect(relate(a, facts(), { ...copy, score: 0.1, samePixels: true }).relation).toBe('same-pixels');
  });

  it('is similar below the threshold, re-encoded or resized above', () => {
    const a = facts();
    expect(relate(a, facts(), { ...copy, score: 0.79 })).toEqual({ relation: 'similar', reasons: [] });
    expect(relate(a, facts(), { ...copy, score: 0.8 })).toEqual({ relation: 're-encoded', reasons: [] });
    expect(relate(a, facts({ width: 200, height: 150 }), copy)).toEqual({ relation: 'resized', reasons: [] });
  });

  it('compares sizes after the turn', () => {
    const frame = { ...upright, quarterTurns: 3 } as const;
    const turned = facts({ width: 300, height: 400 });
    expect(relate(facts(), turned, { ...copy, frame })).toEqual({ relation: 'rotated', reasons: [] });
    const smaller = facts({ width: 150, height: 200 });
    expect(relate(facts(), smaller, { ...copy, frame })).toEqual({
      relation: 'resized',
      reasons: ['rotated'],
    });
  });

  it('names the strongest in the order of the contract, the others as reasons', () => {
    const frame = { ...upright, quarterTurns: 1, mirrored: true } as const;
    expect(relate(facts(), facts({ width: 30, height: 40 }), { ...copy, frame })).toEqual({
      relation: 'resized',
      reasons: ['rotated', 'mirrored'],
    });
  });

  it('takes a mirror upside down for a mirror', () => {
    const frame = { ...upright, quarterTurns: 2, mirrored: true } as const;
    expect(relate(facts(), facts(), { ...copy, frame })).toEqual({ relation: 'mirrored', reasons: [] });
  });
});

describe('what may share pixels', () => {
  const hash = Uint8Array.of(7, 7);

  it('needs one size', () => {
    const b = facts({ streamHash: hash, width: 401 });
    expect(maySharePixels(facts({ streamHash: hash }), b, () => 1)).toBe(false);
  });

  it('follows an equal coded picture or an equal thumbnail', () => {
    expect(maySharePixels(facts({ streamHash: hash }), facts({ streamHash: hash }), () => 0.5)).toBe(true);
    expect(maySharePixels(facts({ thumbnailHash: hash }), facts({ thumbnailHash: hash }), () => 0.5)).toBe(
      true,
    );
    expect(maySharePixels(facts({ streamHash: null }), facts({ streamHash: null }), () => 1)).toBe(false);
  });

  it('follows a score near 1 where a lossless format can hold the same pixels', () => {
    expect(maySharePixels(facts({ format: 'png' }), facts({ format: 'jpeg' }), () => 0.9999)).toBe(true);
    expect(maySharePixels(facts({ format: 'webp' }), facts({ format: 'avif' }), () => 0.9999)).toBe(true);
    expect(maySharePixels(facts({ format: 'webp' }), facts({ format: 'jpeg' }), () => 0.9999)).toBe(false);
    expect(maySharePixels(facts({ format: 'png' }), facts({ format: 'tiff' }), () => 0.99)).toBe(false);
  });
});
