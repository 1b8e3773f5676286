/** @file Scenarios of searching by a picture and of the map. */
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { HeldPicture } from '../../src-main/contract/model.ts';
import { readableFiles } from './library.ts';
import type { Context, Scenarios } from './scenarios.ts';

async function held({ owner, library }: Context): Promise<HeldPicture> {
  const data = new Uint8Array(await readFile(library.outside));
  return owner.request('similar.addPicture', { name: 'outside.jpg', data });
}

export const searchScenarios: Pick<
  Scenarios,
  | 'similar.toPhoto'
  | 'similar.toFile'
  | 'similar.addPicture'
  | 'similar.toPicture'
  | 'similar.choices'
  | 'similar.missing'
  | 'compare.pictures'
> = {
  'similar.toPhoto': {
    input: ({ id }) => ({ id: id('city'), top: 2 }),
    check: (similar, { id }) => {
      expect(similar).toHaveLength(2);
      expect(similar[0]!.photo.id).toBe(id('cityWeb'));
      expect(similar[0]!.score).toBeGreaterThan(similar[1]!.score);
    },
    refused: { id: 1, metric: 'manhattan' },
  },
  'similar.toFile': {
    input: ({ library }) => ({ path: library.outside, top: 3 }),
    check: (similar, { id }) => {
      const found = new Set(similar.map(({ photo }) => photo.id));
      expect(found).toEqual(new Set([id('beach'), id('beachAgain'), id('beachSmall')]));
    },
    refused: { path: '' },
  },
  'similar.addPicture': {
    input: async ({ library }) => ({
      name: 'outside.jpg',
      data: new Uint8Array(await readFile(library.outside)),
    }),
    check: (picture) => {
      expect(picture).toMatchObject({ name: 'outside.jpg', format: 'jpeg', content: null });
      expect(picture.picture).toMatch(/^[0-9a-f]{64}$/);
    },
    refused: { name: 'a path is no picture', data: '/photos/a.jpg' },
  },
  'similar.toPicture': {
    input: async (context) => ({ picture: (await held(context)).picture, top: 3 }),
    check: (similar, { id }) => {
      const found = new Set(similar.map(({ photo }) => photo.id));
      expect(found).toEqual(new Set([id('beach'), id('beachAgain'), id('beachSmall')]));
    },
    refused: { picture: '/photos/a.jpg' },
  },
  'similar.choices': {
    input: () => ({}),
    check: ({ years, undated, cameras }) => {
      expect(years).toContainEqual({ year: 2021, photos: expect.any(Number) as number });
      expect(years.reduce((sum, { photos }) => sum + photos, undated)).toBe(readableFiles);
      expect(cameras[0]?.camera).toContain('Sunny 12');
    },
    refused: { unknown: true },
  },
  'similar.missing': {
    input: ({ library }) => ({ path: library.spare }),
    check: (found, _context, events) => {
      expect(found).toMatchObject({ photos: 1, failed: [] });
      expect(found.same + found.copies.length + found.missing.length).toBe(1);
      expect(events.at(-1)).toEqual({ done: 1, total: 1 });
    },
    refused: { path: '' },
  },
  'compare.pictures': {
    input: async (context) => ({
      a: { photo: context.id('beach') },
      b: { picture: (await held(context)).picture },
    }),
    check: (comparison) => expect(comparison).toMatchObject({ relation: 'resized', verdict: 'same' }),
    refused: { a: { photo: 1 }, b: { picture: 'b.jpg' } },
  },
};

export const mapScenarios: Pick<Scenarios, 'map.points' | 'map.labels' | 'map.clusters' | 'map.links'> = {
  'map.points': {
    input: () => ({ dims: 3, colorBy: 'folder', paths: true }),
    check: (map, { id, path }) => {
      expect(map.coordinates).toBeInstanceOf(Float32Array);
      expect(map.coordinates).toHaveLength(3 * readableFiles);
      expect(map.coordinates.every((x) => Number.isFinite(x))).toBe(true);
      expect(map.ids).toHaveLength(readableFiles);
      expect(map.paths[map.ids.indexOf(id('hills'))]).toBe(path('hills'));
      expect(map.labels).toEqual(['album']);
      expect(map.explainedVariance).toHaveLength(3);
    },
    refused: { dims: 4 },
  },
  'map.labels': {
    input: () => ({ colorBy: 'year' }),
    check: ({ labels, labelOf }) => {
      expect(labelOf).toBeInstanceOf(Int32Array);
      expect(labelOf).toHaveLength(readableFiles);
      expect(labels).toContain('2021');
    },
    refused: { colorBy: 'mood' },
  },
  'map.clusters': {
    input: () => ({}),
    check: ({ clusters, clusterOf }) => {
      expect(clusters.reduce((sum, { photos }) => sum + photos, 0)).toBe(readableFiles);
      expect([...clusterOf].every((cluster) => clusters[cluster] !== undefined)).toBe(true);
    },
    refused: { unknown: true },
  },
  'map.links': {
    input: ({ folder }) => ({ a: folder, b: folder + 1 }),
    check: ({ placeOf, lines }) => {
      expect(placeOf).toBeInstanceOf(Uint8Array);
      expect([...placeOf].every((place) => place === 1)).toBe(true);
      expect(lines).toHaveLength(0);
    },
    refused: { a: 1 },
  },
};
