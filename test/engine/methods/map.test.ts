import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInput } from '../../../src-main/contract/methods.ts';
import { countRevision } from '../../../src-main/engine/groups/settings.ts';
import { mapMethods } from '../../../src-main/engine/methods/map.ts';
import { direction, engineContext, madeLibrary } from '../scan/made-library.ts';
import { hashOf } from '../store/temporary-store.ts';
import { quiet, scanned } from './scanned-library.ts';

describe('map.points', () => {
  it('gives one point a photo, equal for equal bytes, with the label asked for', async () => {
    const library = madeLibrary();
    const a = library.add('a.jpg', { hash: hashOf(77), takenAt: '2019-07-12T10:00:00', camera: 'Pixel 3' });
    library.add('twin.jpg', { hash: hashOf(77) });
    const b = library.add('b.jpg', { embedding: direction(1, 0) });
    library.add('c.jpg', { embedding: direction(2, 0) });
    library.add('hidden.jpg', { embedding: direction(3, 0) }, 'excluded');
    await scanned(library);
    const points = mapMethods(engineContext(library.store))['map.points'];
    const map = await points(parseInput('map.points', { dims: 3, colorBy: 'year' }), quiet);
    expect(map.photos.map(({ path: file, label }) => [path.basename(file), label])).toEqual([
      ['a.jpg', '2019'],
      ['twin.jpg', '2019'],
      ['b.jpg', 'No date'],
      ['c.jpg', 'No date'],
    ]);
    expect(map.coordinates).toHaveLength(12);
    expect(map.coordinates.subarray(0, 3)).toEqual(map.coordinates.subarray(3, 6));
    expect(map.explainedVariance.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 6);
    const labelOf = async (colorBy: 'folder' | 'group' | 'camera' | 'verdict'): Promise<string> =>
      (await points(parseInput('map.points', { colorBy }), quiet)).photos.find(({ id }) => id === a.id)!
        .label;
    expect(await labelOf('folder')).toBe('library');
    expect(await labelOf('group')).toMatch(/^Group \d+$/);
    expect(await labelOf('camera')).toBe('Pixel 3');
    expect(await labelOf('verdict')).toBe('No verdict');
    library.store.verdicts.set(a.contentId, b.contentId, 'different', '2026-01-01T00:00:00Z');
    countRevision(library.store, 'verdicts');
    expect(await labelOf('verdict')).toBe('Different');
  });

  it('is empty for an empty library', async () => {
    const points = mapMethods(engineContext(madeLibrary().store))['map.points'];
    expect(await points(parseInput('map.points', {}), quiet)).toEqual({
      dims: 2,
      explainedVariance: [0, 0],
      coordinates: new Float32Array(0),
      photos: [],
    });
  });
});
