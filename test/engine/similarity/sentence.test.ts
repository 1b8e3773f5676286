import { expect, it } from 'vitest';
import type { PhotoFormat, Relation } from '../../../src-main/contract/model.ts';
import { sayPair } from '../../../src-main/engine/similarity/sentence.ts';
import { pairMeasures } from './made-measures.ts';

const photo = (format: PhotoFormat = 'jpeg', takenAt: string | null = null) => ({ format, takenAt });

function say(relation: Relation, reasons: Relation[], ...made: Parameters<typeof pairMeasures>): string {
  return sayPair(photo(), photo(), { relation, reasons }, pairMeasures(...made));
}

it('says every change, then the coding', () => {
  expect(say('cropped', [], { overlapA: 0.71 })).toBe('Cropped to 71 % and re-encoded');
  expect(say('resized', [], { scale: 4 })).toBe('Reduced to 25 % and re-encoded');
  expect(say('resized', [], { scale: 0.5 })).toBe('Enlarged to 200 % and re-encoded');
  expect(say('re-encoded', [])).toBe('Re-encoded');
  expect(say('edited', ['mirrored', 'resized'], { mirrored: true, scale: 2 }, { edits: ['grey'] })).toBe(
    'Reduced to 50 %, mirrored, made grey and re-encoded',
  );
});

it('says which way a copy was turned, and by how much', () => {
  expect(say('rotated', [], { quarterTurns: 1 })).toBe('Turned a quarter to the left and re-encoded');
  expect(say('rotated', [], { quarterTurns: 3 })).toBe('Turned a quarter to the right and re-encoded');
  expect(say('rotated', [], {}, { turn: 0.0873 })).toBe('Turned by 5° and re-encoded');
});

it('says which of the two shows more', () => {
  expect(say('cropped', [], { overlapB: 0.064 })).toBe(
    'With more around it: A is 6.4 % of it and re-encoded',
  );
});

it('claims no new coding of a copy that keeps every pixel', () => {
  const said = sayPair(photo(), photo('png'), { relation: 're-encoded', reasons: [] }, pairMeasures());
  expect(said).toBe('Saved in another format');
});

it('says how far apart two moments are', () => {
  const at = (takenAt: string) => photo('jpeg', takenAt);
  const first = at('2020-01-01T10:00:00');
  const burst = { relation: 'burst', reasons: [] } as const;
  expect(sayPair(first, at('2020-01-01T10:00:02'), { ...burst, reasons: [] }, null)).toBe(
    'Another frame of the same burst, 2 s apart',
  );
  expect(sayPair(first, at('2020-01-04T10:00:00.500'), { relation: 'same-scene', reasons: [] }, null)).toBe(
    'The same scene, not the same photo, 3 days apart',
  );
});
