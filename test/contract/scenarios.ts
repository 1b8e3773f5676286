/**
 * @file One scenario for each method of the contract, run over every transport. The mapped type makes a method
 * without one fail the type check.
 */
import { expect } from 'vitest';
import type { Engine } from '../../src-main/contract/engine.ts';
import type { MethodEvent, MethodInput, MethodName, MethodOutput } from '../../src-main/contract/methods.ts';
import type { FolderId, PhotoId } from '../../src-main/contract/model.ts';
import { decisionScenarios } from './decision-scenarios.ts';
import { trainingScenarios } from './training-scenarios.ts';
import { mapScenarios, searchScenarios } from './search-scenarios.ts';
import { album, readableFiles, type AlbumFile, type TestLibrary } from './library.ts';

export interface Context {
  /** The engine behind the transport, for what only a shell may ask. */
  owner: Engine;
  library: TestLibrary;
  folder: FolderId;
  id: (file: AlbumFile) => PhotoId;
  path: (file: AlbumFile) => string;
}

export interface Scenario<N extends MethodName> {
  input: (context: Context) => MethodInput<N> | Promise<MethodInput<N>>;
  check: (output: MethodOutput<N>, context: Context, events: MethodEvent<N>[]) => void | Promise<void>;
  /** An input that the schema refuses. */
  refused: unknown;
}

export type Scenarios = { [N in MethodName]: Scenario<N> };

const nothing = {};
const odd = { unknown: true };

const foldersScenarios: Pick<
  Scenarios,
  'library.summary' | 'folders.list' | 'folders.add' | 'folders.update' | 'folders.remove'
> = {
  'library.summary': {
    input: () => nothing,
    check: (summary, { library }) => {
      expect(summary).toMatchObject({
        photos: readableFiles,
        failed: [{ code: 'CUT_OFF', photos: 1 }],
        groups: 2,
        copies: 3,
      });
      expect(summary.folders.map(({ path }) => path)).toEqual([library.album]);
      expect(summary.formats).toContainEqual({ format: 'webp', photos: 1 });
      expect(summary.bytesToGain).toBeGreaterThan(0);
    },
    refused: odd,
  },
  'folders.list': {
    input: () => nothing,
    check: (folders, { library, folder }) => {
      expect(folders).toHaveLength(1);
      expect(folders[0]).toMatchObject({
        id: folder,
        path: library.album,
        name: 'album',
        role: 'library',
        online: true,
        photos: readableFiles,
        failed: 1,
      });
      expect(folders[0]?.cover).toBeTypeOf('number');
    },
    refused: odd,
  },
  'folders.add': {
    input: ({ library }) => ({ paths: [library.spare], role: 'reference', exclude: ['*.tmp'] }),
    check: async (folders, { library, owner }) => {
      const added = folders.find(({ path }) => path === library.spare);
      expect(added).toMatchObject({ role: 'reference', exclude: ['*.tmp'], hidden: false, photos: 0 });
      await owner.request('folders.remove', { id: added!.id });
    },
    refused: { paths: [] },
  },
  'folders.update': {
    input: ({ folder }) => ({ id: folder, role: 'reference' }),
    check: async (changed, { folder, owner }) => {
      expect(changed).toMatchObject({ id: folder, role: 'reference' });
      await owner.request('folders.update', { id: folder, role: 'library' });
    },
    refused: { id: 1, role: 'friend' },
  },
  'folders.remove': {
    input: async ({ owner, library }) => {
      const folders = await owner.request('folders.add', { paths: [library.spare] });
      const { id } = folders.find(({ path }) => path === library.spare)!;
      await owner.request('scan.run', { folders: [id] });
      return { id };
    },
    check: async (removed, { owner }) => {
      expect(removed).toEqual({ photos: 1 });
      expect(await owner.request('folders.list', {})).toHaveLength(1);
    },
    refused: { id: 0 },
  },
};

const scanScenarios: Pick<
  Scenarios,
  'scan.run' | 'scan.stop' | 'scan.state' | 'failures.list' | 'demo.create'
> = {
  'scan.run': {
    input: ({ folder }) => ({ folders: [folder] }),
    check: (summary, _context, events) => {
      expect(summary).toMatchObject({
        photos: readableFiles,
        new: 0,
        changed: 0,
        moved: 0,
        unchanged: readableFiles,
        removed: 0,
        failed: { CUT_OFF: 1 },
        groups: 2,
        stopped: false,
      });
      expect(events.length).toBeGreaterThan(0);
      expect(events[0]!.stage).toBe('find');
      expect(events.at(-1)!.stage).toBe('group');
    },
    refused: { folders: ['all'] },
  },
  'scan.stop': {
    input: () => nothing,
    check: (answer) => expect(answer).toEqual({ stopped: false }),
    refused: odd,
  },
  'scan.state': {
    input: () => nothing,
    check: (state) => {
      expect(state.progress).toBeNull();
      expect(state.last).toMatchObject({ photos: readableFiles, stopped: false });
    },
    refused: odd,
  },
  'failures.list': {
    input: () => nothing,
    check: (failures, { path }) => {
      expect(failures).toHaveLength(1);
      expect(failures[0]).toMatchObject({ path: path('cutOff'), code: 'CUT_OFF' });
      expect(failures[0]!.reason).not.toBe('');
      expect(Date.parse(failures[0]!.since)).not.toBeNaN();
    },
    refused: odd,
  },
  'demo.create': {
    input: () => nothing,
    check: async (folder, { owner }) => {
      expect(folder).toMatchObject({ name: 'demo', role: 'library', online: true });
      await owner.request('folders.remove', { id: folder.id });
    },
    refused: odd,
  },
};

const groupScenarios: Pick<
  Scenarios,
  'groups.list' | 'pairs.list' | 'pairs.look' | 'compare.photos' | 'compare.files'
> = {
  'groups.list': {
    input: () => ({ order: 'members', limit: 1 }),
    check: (page, { id }) => {
      expect(page).toMatchObject({ total: 2, copies: 3 });
      expect(page.groups).toHaveLength(1);
      const [group] = page.groups;
      expect(group!.kind).toBe('copies');
      const relationOf = new Map(group!.members.map((member) => [member.id, member.relation]));
      expect(new Set(relationOf.keys())).toEqual(new Set([id('beach'), id('beachAgain'), id('beachSmall')]));
      expect([id('beach'), id('beachAgain')]).toContain(group!.keeper);
      expect(relationOf.get(id('beachSmall'))).toBe('resized');
      expect(group!.keeperReasons.length).toBeGreaterThan(0);
    },
    refused: { minProbability: 2 },
  },
  'pairs.list': {
    input: () => ({ top: 3 }),
    check: (answer, { path }, events) => {
      const pairs = events.flat();
      expect(answer).toEqual({ pairs: pairs.length });
      expect(pairs.map(({ score }) => score)).toEqual(pairs.map(({ score }) => score).sort((a, b) => b - a));
      const names = pairs.map(({ a, b }) => [a, b].sort().join(' '));
      expect(new Set(names).size).toBe(names.length);
      expect(names).toContain([path('city'), path('cityWeb')].sort().join(' '));
    },
    refused: { top: 0 },
  },
  'pairs.look': {
    input: ({ id }) => ({ a: id('city'), b: id('cityWeb') }),
    check: async (comparison, { owner, id }) => {
      expect(comparison).toMatchObject({ relation: 're-encoded', verdict: 'same' });
      expect(comparison).toEqual(await owner.request('compare.photos', { a: id('city'), b: id('cityWeb') }));
      const gone = owner.request('pairs.look', { a: id('city'), b: 999_999 });
      await expect(gone).rejects.toMatchObject({ code: 'NOT_FOUND' });
    },
    refused: { a: 1 },
  },
  'compare.photos': {
    input: ({ id }) => ({ a: id('beach'), b: id('beachAgain') }),
    check: (comparison) => {
      expect(comparison).toMatchObject({ relation: 'exact', verdict: 'same' });
      expect(comparison.probability).toBeGreaterThan(0.99);
    },
    refused: { a: 1, b: 'two' },
  },
  'compare.files': {
    input: ({ path, library }) => ({ a: path('beach'), b: library.outside }),
    check: (comparison) => {
      expect(comparison).toMatchObject({ relation: 'resized', verdict: 'same' });
      expect(comparison.differences.length).toBeGreaterThan(0);
    },
    refused: { a: '', b: '/b.jpg' },
  },
};

const photoScenarios: Pick<Scenarios, 'photos.get' | 'photos.list' | 'photos.picture' | 'doctor.report'> = {
  'photos.list': {
    input: ({ id }) => ({ ids: [id('hills'), 999_999, id('beach')] }),
    check: (photos, { id }) => expect(photos.map((photo) => photo.id)).toEqual([id('hills'), id('beach')]),
    refused: { ids: ['1'] },
  },
  'photos.get': {
    input: ({ id }) => ({ id: id('beach') }),
    check: (photo, { id, path }) => {
      expect(photo).toMatchObject({
        id: id('beach'),
        path: path('beach'),
        width: 640,
        height: 480,
        format: 'jpeg',
      });
      expect(photo.camera).toContain('Sunny 12');
      expect(photo.takenAt).toContain('2021-05-06');
    },
    refused: { id: '1' },
  },
  'photos.picture': {
    input: ({ id }) => ({ id: id('hills'), size: 'thumbnail' }),
    check: (picture) => {
      expect(picture.mime).toBe('image/jpeg');
      expect(picture.data).toBeInstanceOf(Uint8Array);
      expect([...picture.data.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    },
    refused: { id: 1, size: 'huge' },
  },
  'doctor.report': {
    input: () => nothing,
    check: (report, { library }) => {
      expect(report.database).toMatchObject({ path: library.database, photos: readableFiles, ok: true });
      expect(report.backends.filter(({ chosen }) => chosen)).toHaveLength(1);
      expect(report.localFeatures).toEqual({ runs: 'wasm', reason: '' });
      expect(report.formats).toMatchObject({ jpeg: true, png: true, webp: true });
    },
    refused: odd,
  },
};

export const scenarios: Scenarios = {
  ...foldersScenarios,
  ...scanScenarios,
  ...groupScenarios,
  ...decisionScenarios,
  ...trainingScenarios,
  ...photoScenarios,
  ...searchScenarios,
  ...mapScenarios,
};

export const albumNames = Object.keys(album) as AlbumFile[];
