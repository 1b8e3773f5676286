import { describe, expect, it } from 'vitest';
import { maySharePixels, relate, type RelationFacts } from '../../../src-main/engine/similarity/relation.ts';
import { pairMeasures } from './made-measures.ts';

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

const copy = { likeness: 'copy', samePixels: false, measures: pairMeasures() } as const;
const changed = (
  alignment: Parameters<typeof pairMeasures>[0],
  more: Parameters<typeof pairMeasures>[1] = {},
) => ({ ...copy, measures: pairMeasures(alignment, more) });

describe('relation of two contents', () => {
  it('is exact for one content and same-pixels where that was proved, whatever the likeness', () => {
    const a = facts();
    expect(relate(a, a, { ...copy, likeness: 'none' })).toEqual({ relation: 'exact', reasons: [] });
    expect(relate(a, facts(), { ...copy, likeness: 'scene', samePixels: true }).relation).toBe('same-pixels');
  });

  it('is similar when nothing could be told, the layout when that is what both share', () => {
    expect(relate(facts(), facts(), { ...copy, likeness: 'none' }).relation).toBe('similar');
    expect(relate(facts(), facts(), { ...copy, likeness: 'layout' }).relation).toBe('same-layout');
  });

  it('names what was measured, re-encoded only where nothing else was changed', () => {
    const name = (known: Parameters<typeof relate>[2]): string => relate(facts(), facts(), known).relation;
    expect(name(copy)).toBe('re-encoded');
    expect(name({ ...copy, measures: null })).toBe('re-encoded');
    expect(name(changed({ scale: 2 }))).toBe('resized');
    expect(name(changed({ scale: 1.01 }))).toBe('re-encoded');
    expect(name(changed({ overlapA: 0.7 }))).toBe('cropped');
    expect(name(changed({ quarterTurns: 1 }))).toBe('rotated');
    expect(name(changed({}, { turn: -0.1 }))).toBe('rotated');
    expect(name(changed({ mirrored: true }))).toBe('mirrored');
    expect(name(changed({}, { edits: ['grey'] }))).toBe('edited');
  });

  it('is the change that changes most, the others are reasons', () => {
    const all = changed(
      { quarterTurns: 1, mirrored: true, scale: 3, overlapA: 0.5 },
      { edits: ['brightness'] },
    );
    expect(relate(facts(), facts(), all)).toEqual({
      relation: 'edited',
      reasons: ['mirrored', 'rotated', 'cropped', 'resized'],
    });
  });

  it('takes a mirror upside down for a mirror', () => {
    expect(relate(facts(), facts(), changed({ quarterTurns: 2, mirrored: true }))).toEqual({
      relation: 'mirrored',
      reasons: [],
    });
  });

  it('does not call a photo cropped that got something around it', () => {
    const framed = changed({ overlapB: 0.6 }, { edits: ['border'] });
    expect(relate(facts(), facts(), framed)).toEqual({ relation: 'edited', reasons: [] });
  });

  it('makes two photos of two capture times, however alike they are', () => {
    const first = facts({ takenAt: '2020-01-01T10:00:00', camera: 'X' });
    const at = (takenAt: string) => facts({ takenAt, camera: 'X' });
    expect(relate(first, at('2020-01-01T10:00:03'), copy).relation).toBe('burst');
    expect(relate(first, at('2020-01-01T10:07:03'), copy).relation).toBe('same-scene');
    expect(relate(first, at('2020-01-01T10:00:00'), copy).relation).toBe('re-encoded');
    expect(relate(first, at('2020-01-01T10:00:03'), { ...copy, samePixels: true }).relation).toBe(
      'same-pixels',
    );
  });

  it('tells a burst from a scene by size, format and camera where times are missing', () => {
    const scene = { ...copy, likeness: 'scene' } as const;
    expect(relate(facts(), facts(), scene).relation).toBe('burst');
    expect(relate(facts(), facts({ width: 200 }), scene).relation).toBe('same-scene');
  });
});

describe('which pairs are worth a full decode', () => {
  const never = (): number => {
    throw new Error('the cosine was asked for');
  };

  it('is one size with equal coded pictures or thumbnails', () => {
    const stream = Uint8Array.of(9);
    const a = facts({ streamHash: stream });
    expect(maySharePixels(a, facts({ streamHash: Uint8Array.from(stream) }), never)).toBe(true);
    expect(maySharePixels(a, facts({ thumbnailHash: a.thumbnailHash }), never)).toBe(true);
    expect(maySharePixels(a, facts({ thumbnailHash: a.thumbnailHash, width: 1 }), never)).toBe(false);
  });

  it('is a format that keeps every pixel where the cosine is nearly one', () => {
    const png = facts({ format: 'png' });
    expect(maySharePixels(facts(), png, () => 0.9995)).toBe(true);
    expect(maySharePixels(facts(), png, () => 0.99)).toBe(false);
    expect(maySharePixels(facts(), facts(), never)).toBe(false);
    expect(maySharePixels(facts({ format: 'webp' }), facts({ format: 'avif' }), () => 1)).toBe(true);
  });
});
