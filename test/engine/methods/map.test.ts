import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInput } from '../../../src-main/contract/methods.ts';
import type { MapColoring } from '../../../src-main/contract/model.ts';
import { countRevision } from '../../../src-main/engine/groups/settings.ts';
import { mapMethods } from '../../../src-main/engine/methods/map.ts';
import { countChange } from '../../../src-main/engine/scan/change-number.ts';
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
    const methods = mapMethods(engineContext(library.store));
    const map = await methods['map.points'](
      parseInput('map.points', { dims: 3, colorBy: 'year', paths: true }),
      quiet,
    );
    expect(map.paths.map((file, point) => [path.basename(file), map.labels[map.labelOf[point]!]])).toEqual([
      ['a.jpg', '2019'],
      ['twin.jpg', '2019'],
      ['b.jpg', 'No date'],
      ['c.jpg', 'No date'],
    ]);
    expect(map.coordinates).toHaveLength(12);
    expect(map.coordinates.subarray(0, 3)).toEqual(map.coordinates.subarray(3, 6));
    expect(map.explainedVariance.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 6);
    const labelOf = async (colorBy: MapColoring): Promise<string> => {
      const { labels, labelOf: of } = await methods['map.labels']({ colorBy }, quiet);
      return labels[of[map.ids.indexOf(a.id)]!]!;
    };
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
    expect(await points(parseInput('map.points', {}), quiet)).toMatchObject({
      dims: 2,
      axes: [0, 1],
      explainedVariance: [0, 0],
      coordinates: new Float32Array(0),
      ids: new Int32Array(0),
    });
    const { clusters } = await mapMethods(engineContext(madeLibrary().store))['map.clusters']({}, quiet);
    expect(clusters).toEqual([]);
  });

  it('shows other components when they are asked for, and refuses as many as it has no axes for', async () => {
    const library = madeLibrary();
    for (const plane of [0, 1, 2, 3] as const)
      library.add(`${plane}.jpg`, { embedding: direction(plane, 0) });
    library.add('5.jpg', { embedding: direction(0, 40) });
    await scanned(library);
    const points = mapMethods(engineContext(library.store))['map.points'];
    const first = await points(parseInput('map.points', { dims: 3 }), quiet);
    const turned = await points(parseInput('map.points', { axes: [2, 0] }), quiet);
    expect(turned.explainedVariance).toEqual([first.explainedVariance[2], first.explainedVariance[0]]);
    expect(turned.coordinates[0]).toBe(first.coordinates[2]);
    expect(turned.coordinates[1]).toBe(first.coordinates[0]);
    await expect(points(parseInput('map.points', { dims: 3, axes: [0, 1] }), quiet)).rejects.toThrow(
      'must name 3 components',
    );
  });

  it('puts photos that come later on the axes there are, so that the others stay where they were', async () => {
    const library = madeLibrary();
    for (let i = 0; i < 10; i++)
      library.add(`${i}.jpg`, { embedding: direction((i % 4) as 0 | 1 | 2 | 3, i * 5) });
    await scanned(library);
    const ask = () =>
      mapMethods(engineContext(library.store))['map.points'](parseInput('map.points', {}), quiet);
    const before = await ask();
    library.add('new.jpg', { embedding: direction(2, 80) });
    library.store.transaction(() => countChange(library.store));
    await scanned(library);
    const after = await ask();
    expect(after.ids).toHaveLength(11);
    expect(after.coordinates.subarray(0, 20)).toEqual(before.coordinates);
    expect(after.explainedVariance).toEqual(before.explainedVariance);
    for (let i = 0; i < 4; i++) library.add(`more ${i}.jpg`, { embedding: direction(1, 60 + i) });
    library.store.transaction(() => countChange(library.store));
    await scanned(library);
    expect((await ask()).explainedVariance).not.toEqual(before.explainedVariance);
  });

  it('lists clusters of what lies near each other, every photo in one', async () => {
    const library = madeLibrary();
    for (let i = 0; i < 48; i++) {
      const plane = (i % 4) as 0 | 1 | 2 | 3;
      library.add(`${plane} ${i}.jpg`, {
        embedding: direction(plane, i / 8),
        takenAt: `20${10 + plane}-01-01`,
      });
    }
    await scanned(library);
    const { clusters, clusterOf } = await mapMethods(engineContext(library.store))['map.clusters']({}, quiet);
    expect(clusters).toHaveLength(4);
    for (const [index, { photos, typical, years, folders }] of clusters.entries()) {
      expect(photos).toBe(12);
      expect(typical).toHaveLength(4);
      expect(new Set(typical.map(({ name }) => name[0])).size).toBe(1);
      expect(years?.from).toBe(years?.to);
      expect(folders).toEqual([{ id: 1, photos: 12 }]);
      expect(clusterOf.filter((cluster) => cluster === index)).toHaveLength(12);
    }
  });

  it('joins copies in two folders by lines, and tells what only one of them has', async () => {
    const library = madeLibrary();
    const a = library.add('a.jpg', { hash: hashOf(7) });
    const b = library.add('b.jpg', { hash: hashOf(7) }, 'reference');
    library.add('only-a.jpg', { embedding: direction(1, 0) });
    library.add('only-b.jpg', { embedding: direction(2, 0) }, 'reference');
    await scanned(library);
    const methods = mapMethods(engineContext(library.store));
    const { ids } = await methods['map.points'](parseInput('map.points', {}), quiet);
    const [one, other] = library.store.folders.list();
    const { placeOf, lines } = await methods['map.links']({ a: one!.id, b: other!.id }, quiet);
    expect([...lines].map((point) => ids[point])).toEqual([a.id, b.id]);
    expect([...placeOf].sort()).toEqual([1, 2, 3, 3]);
  });
});
