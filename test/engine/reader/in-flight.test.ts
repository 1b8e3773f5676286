import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  blamedFiles,
  DecodeNote,
  InFlightRecord,
  inFlightPath,
  isSameFile,
  MAX_LANES,
  type InFlightFile,
} from '../../../src-main/engine/reader/in-flight.ts';

let directory: string;
let database: string;
let record: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'in-flight-'));
  database = join(directory, 'library.db');
  record = inFlightPath(database);
});
afterEach(() => rm(directory, { recursive: true }));

function file(name: string, bytes = 1_000): InFlightFile {
  return { path: `/photos/${name}`, bytes, modifiedMs: 1_700_000_000_123.5 };
}

/** Opens the record as the next process does, and leaves it. */
async function paths(): Promise<{ suspects: string[]; blamed: string[] }> {
  const opened = new InFlightRecord(record, 'look');
  const all = opened.suspects;
  await opened.close(false);
  return {
    suspects: all.filter(({ blamed }) => !blamed).map(({ path }) => path),
    blamed: all.filter(({ blamed }) => blamed).map(({ path }) => path),
  };
}

/** A process that dies while it decodes: in a worker's lane, or alone in a suspect's slot. */
async function crash(...inLanes: InFlightFile[]): Promise<void> {
  const opened = new InFlightRecord(record, 'crash');
  const note = new DecodeNote(record);
  inLanes.forEach((each, lane) => note.begin(lane, each, 1));
  note.close();
  await opened.close(false);
}

async function crashAlone(path: string): Promise<void> {
  const opened = new InFlightRecord(record, 'crash alone');
  const suspect = opened.suspects.find((each) => each.path === path)!;
  const note = new DecodeNote(record);
  note.begin(suspect.slot, suspect, 2);
  note.close();
  await opened.close(false);
}

describe('InFlightRecord', () => {
  it('suspects what was in flight, with the stamp it had', async () => {
    await crash(file('a.jpg'), file('b.jpg', 77));
    const opened = new InFlightRecord(record, 'next');
    expect(opened.suspects).toMatchObject([
      { ...file('a.jpg'), blamed: false, slot: MAX_LANES },
      { ...file('b.jpg', 77), blamed: false, slot: MAX_LANES + 1 },
    ]);
    await opened.close(false);
  });

  it('suspects nothing that was decoded to its end', async () => {
    const opened = new InFlightRecord(record, 'first');
    const note = new DecodeNote(record);
    note.begin(0, file('a.jpg'), 1);
    note.end(0);
    note.begin(1, file('b.jpg'), 1);
    note.end(1);
    note.close();
    await opened.close(false);
    expect(await paths()).toEqual({ suspects: [], blamed: [] });
  });

  it('blames a file that crashed again while it was alone', async () => {
    await crash(file('bad.jpg'), file('good.jpg'));
    await crashAlone('/photos/bad.jpg');
    expect(blamedFiles(database)).toEqual(['/photos/bad.jpg']);
    expect(await paths()).toEqual({ suspects: ['/photos/good.jpg'], blamed: ['/photos/bad.jpg'] });
    // It stays blamed until the scan has written it down.
    expect(await paths()).toEqual({ suspects: ['/photos/good.jpg'], blamed: ['/photos/bad.jpg'] });
    expect(blamedFiles(database)).toEqual(['/photos/bad.jpg']);
  });

  it('does not blame a file for a kill before its turn came', async () => {
    await crash(file('a.jpg'));
    await paths();
    await paths();
    expect(blamedFiles(database)).toEqual([]);
    expect(await paths()).toEqual({ suspects: ['/photos/a.jpg'], blamed: [] });
  });

  it('keeps two bad files apart over four crashes', async () => {
    await crash(file('bad-1.jpg'), file('good.jpg'));
    await crashAlone('/photos/bad-1.jpg');
    await crash(file('bad-2.jpg'));
    await crashAlone('/photos/bad-2.jpg');
    expect(await paths()).toEqual({
      suspects: ['/photos/good.jpg'],
      blamed: ['/photos/bad-1.jpg', '/photos/bad-2.jpg'],
    });
  });

  it('notes a file once that is in flight and a suspect', async () => {
    await crash(file('a.jpg'));
    await crash(file('a.jpg'));
    expect(await paths()).toEqual({ suspects: ['/photos/a.jpg'], blamed: [] });
  });

  it('forgets what is settled, and the file goes with the last', async () => {
    await crash(file('a.jpg'), file('b.jpg'));
    const opened = new InFlightRecord(record, 'next');
    const [a, b] = opened.suspects;
    opened.settle(a!);
    await opened.close(true);
    expect(await paths()).toEqual({ suspects: ['/photos/b.jpg'], blamed: [] });
    const again = new InFlightRecord(record, 'last');
    again.settle(b!);
    await again.close(true);
    expect(existsSync(record)).toBe(false);
  });

  it('gives a file that crashed in an earlier scan a second attempt of its own', async () => {
    const opened = new InFlightRecord(record, 'retry');
    const { slot, blamed } = opened.suspect(file('bad.jpg'));
    expect({ slot, blamed }).toEqual({ slot: MAX_LANES, blamed: false });
    await opened.close(false);
    await crashAlone('/photos/bad.jpg');
    expect(blamedFiles(database)).toEqual(['/photos/bad.jpg']);
  });

  it('ignores a slot that was half written, and says nothing of a missing record', async () => {
    expect(blamedFiles(database)).toEqual([]);
    await crash(file('a.jpg'), file('b.jpg'));
    await crash();
    const content = await readFile(record);
    const place = content.lastIndexOf('/photos/a.jpg');
    content.fill(0, place + 9, place + 13);
    await writeFile(record, content);
    expect(await paths()).toEqual({ suspects: ['/photos/b.jpg'], blamed: [] });
  });

  it('keeps paths in any script, and the beginning of a path that is too long', async () => {
    const long = file(`${'é'.repeat(3_000)}.jpg`);
    await crash(file('写真 📷.jpg'), long);
    const opened = new InFlightRecord(record, 'next');
    expect(opened.suspects[0]?.path).toBe('/photos/写真 📷.jpg');
    expect(isSameFile(opened.suspects[1]!, long)).toBe(true);
    expect(isSameFile(opened.suspects[1]!, { ...long, bytes: 1 })).toBe(false);
    await opened.close(false);
  });
});
