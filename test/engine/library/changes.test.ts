import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareDirectory,
  goneDirectories,
  matchMoves,
  type AddedFile,
} from '../../../src-main/engine/library/changes.ts';
import type { DirectoryListing, ListedFile } from '../../../src-main/engine/library/walk.ts';
import type { FileRow, FileState, FileStamp } from '../../../src-main/engine/store/store.ts';

const stamp: FileStamp = { bytes: 10, modifiedMs: 1.5, inode: '1:1' };
const again = { retryFailed: false };

function row(name: string, changes: Partial<FileRow> = {}): FileRow {
  return { id: 1, folderId: 1, directory: '', name, ...stamp, state: 'photo', contentId: 1, ...changes };
}

function listing(files: ListedFile[], changes: Partial<DirectoryListing> = {}): DirectoryListing {
  return { directory: '', files, problems: [], complete: true, ...changes };
}

function added(name: string, changes: Partial<FileStamp> = {}): AddedFile {
  return { folderId: 2, directory: 'd', file: { name, stamp: { ...stamp, ...changes } } };
}

describe('compareDirectory', () => {
  it('tells a change by size and time, not by the inode', () => {
    const rows = ['size', 'time', 'inode', 'same'].map((name) => row(name));
    const files = [
      { name: 'size', stamp: { ...stamp, bytes: 11 } },
      { name: 'time', stamp: { ...stamp, modifiedMs: 1.4 } },
      { name: 'inode', stamp: { ...stamp, inode: '2:2' } },
      { name: 'same', stamp },
    ];
    const changes = compareDirectory(listing(files), rows, again);
    expect(changes.changed.map(({ row: { name }, file }) => [name, file.stamp.bytes])).toEqual([
      ['size', 11],
      ['time', 10],
    ]);
    expect(changes.unchanged.map(({ name }) => name)).toEqual(['inode', 'same']);
    expect(changes.restamped.map(({ row: { name }, file }) => [name, file.stamp.inode])).toEqual([
      ['inode', '2:2'],
    ]);
  });

  it('tries what failed again when it changed or when asked', () => {
    const rows = [
      row('a', { state: 'failed' }),
      row('b', { state: 'failed' }),
      row('c'),
      row('d', { state: 'other' }),
    ];
    const files = ['a', 'b', 'c', 'd'].map((name) => ({ name, stamp }));
    files[1]!.stamp = { ...stamp, bytes: 11 };
    const quiet = compareDirectory(listing(files), rows, { retryFailed: false });
    expect(quiet.unchanged.map(({ name }) => name)).toEqual(['a', 'c', 'd']);
    expect(quiet.changed.map((sighting) => sighting.row.name)).toEqual(['b']);
    const asked = compareDirectory(listing(files), rows, { retryFailed: true });
    expect(asked.retried.map((sighting) => sighting.row.name)).toEqual(['a']);
    expect(asked.unchanged.map(({ name }) => name)).toEqual(['c', 'd']);
  });

  it('misses nothing where it could not look', () => {
    const rows = [row('a'), row('b')];
    const unreadable = listing([], { complete: false });
    expect(compareDirectory(unreadable, rows, again).missing).toEqual([]);
    const problem = { path: '/x/a', name: 'a', code: 'NO_PERMISSION', reason: '' } as const;
    expect(compareDirectory(listing([], { problems: [problem] }), rows, again).missing).toEqual([rows[1]]);
  });

  it('puts every file and every row into exactly one place', () => {
    const someStamp = fc.record({
      bytes: fc.integer({ min: 0, max: 2 }),
      modifiedMs: fc.integer({ min: 0, max: 2 }),
      inode: fc.constantFrom('1:1', '1:2', null),
    });
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
    const state = fc.constantFrom<FileState>('photo', 'failed', 'other');
    const rowsOf = fc.uniqueArray(
      fc.tuple(name, someStamp, state).map(([n, s, st]) => row(n, { ...s, state: st })),
      { selector: (r) => r.name },
    );
    const filesOf = fc.uniqueArray(fc.record({ name, stamp: someStamp }), { selector: (f) => f.name });
    fc.assert(
      fc.property(rowsOf, filesOf, fc.boolean(), (rows, files, retryFailed) => {
        const changes = compareDirectory(listing(files), rows, { retryFailed });
        const sighted = [...changes.changed, ...changes.retried];
        const seenRows = [...changes.unchanged, ...sighted.map((s) => s.row), ...changes.missing];
        expect(seenRows.map((r) => r.name).toSorted()).toEqual(rows.map((r) => r.name).toSorted());
        const seenFiles = [...changes.unchanged, ...sighted.map((s) => s.file), ...changes.added];
        expect(seenFiles.map((f) => f.name).toSorted()).toEqual(files.map((f) => f.name).toSorted());
        for (const { row: r, file } of sighted) expect(r.name).toBe(file.name);
        for (const { row: r } of changes.restamped) expect(changes.unchanged).toContain(r);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('matchMoves', () => {
  it('finds renamed and moved files by size, time and inode', () => {
    const gone = row('old.jpg', { id: 7 });
    const result = matchMoves([added('new.jpg'), added('other.jpg', { inode: '1:9' })], [gone]);
    expect(result.moved).toEqual([{ row: gone, to: added('new.jpg') }]);
    expect(result.added.map(({ file }) => file.name)).toEqual(['other.jpg']);
    expect(result.missing).toEqual([]);
  });

  it('takes no file for another on less than all three', () => {
    for (const other of [{ bytes: 11 }, { modifiedMs: 1.6 }, { inode: '1:2' }, { inode: null }]) {
      expect(matchMoves([added('new.jpg', other)], [row('old.jpg')]).moved).toEqual([]);
    }
    expect(matchMoves([added('new', { inode: null })], [row('old', { inode: null })]).moved).toEqual([]);
  });

  it('reads a file again whose new name says that it is a photo', () => {
    const gone = row('note', { state: 'other', contentId: null });
    expect(matchMoves([added('note.jpg')], [gone])).toMatchObject({ moved: [], missing: [gone] });
    expect(matchMoves([added('memo')], [gone]).moved).toHaveLength(1);
    expect(matchMoves([added('memo')], [row('a.jpg')]).moved).toHaveLength(1);
  });

  it('uses each row and each file once, and as many as possible', () => {
    const inode = fc.constantFrom('1:1', '1:2', '1:3', null);
    fc.assert(
      fc.property(fc.array(inode, { maxLength: 8 }), fc.array(inode, { maxLength: 8 }), (now, before) => {
        const files = now.map((number, index) => added(`${index}.jpg`, { inode: number }));
        const rows = before.map((number, index) => row(`${index}.jpg`, { id: index, inode: number }));
        const { moved, added: rest, missing } = matchMoves(files, rows);
        expect(new Set([...moved.map((m) => m.to), ...rest])).toEqual(new Set(files));
        expect(new Set([...moved.map((m) => m.row), ...missing])).toEqual(new Set(rows));
        expect(moved.length + rest.length).toBe(files.length);
        expect(moved.length + missing.length).toBe(rows.length);
        const count = (list: (string | null)[], number: string): number =>
          list.filter((n) => n === number).length;
        const possible = ['1:1', '1:2', '1:3'].map((n) => Math.min(count(now, n), count(before, n)));
        expect(moved).toHaveLength(possible.reduce((a, b) => a + b));
        for (const { row: r, to } of moved) expect(to.file.stamp.inode).toBe(r.inode);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('goneDirectories', () => {
  it('spares what lies at or below a directory that could not be read', () => {
    const known = ['', 'a', 'a/b', 'ab', 'c', 'c/d'];
    expect(goneDirectories(known, new Set(['', 'c']), ['a'])).toEqual(['ab', 'c/d']);
    expect(goneDirectories(known, new Set([]), [''])).toEqual([]);
    expect(goneDirectories(known, new Set(known), [])).toEqual([]);
  });
});
