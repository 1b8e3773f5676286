import { describe, expect, test } from 'vitest';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import { createFolderOpener } from '../../../src-main/shells/electron/open-folders.ts';
import { fakeEngine } from './fake-engine.ts';

const folders = (input: unknown) =>
  (input as { paths: string[] }).paths.map((path, i) => ({ id: i + 1, path }));
const locked = () => new LookalikeError('DATABASE_LOCKED', 'A scan runs.');

describe('folders of the command line', () => {
  test('are added, then scanned by their ids', async () => {
    const engine = fakeEngine({ 'folders.add': folders, 'scan.run': () => ({}) });
    await createFolderOpener(engine)(['/a', '/b']);
    expect(engine.calls).toEqual([
      { name: 'folders.add', input: { paths: ['/a', '/b'] } },
      { name: 'scan.run', input: { folders: [1, 2] } },
    ]);
  });

  test('none named: nothing is done', async () => {
    const engine = fakeEngine({});
    await createFolderOpener(engine)([]);
    expect(engine.calls).toEqual([]);
  });

  test('wait while another scan runs, also when it ends at the very moment', async () => {
    let scans = 0;
    const engine = fakeEngine({
      'folders.add': folders,
      'scan.run': () => {
        scans += 1;
        if (scans === 1) throw locked();
        return {};
      },
      'scan.state': () => {
        engine.tell({ type: 'scan-ended', summary: {} as never });
        return { progress: null, last: {} };
      },
    });
    await createFolderOpener(engine)(['/a']);
    expect(scans).toBe(2);
  });

  test('fail when another program has the database', async () => {
    const engine = fakeEngine({
      'folders.add': folders,
      'scan.run': () => {
        throw locked();
      },
      'scan.state': () => ({ progress: null, last: null }),
    });
    await expect(createFolderOpener(engine)(['/a'])).rejects.toMatchObject({ code: 'DATABASE_LOCKED' });
  });

  test('a folder that is missing does not keep the next one from being scanned', async () => {
    const engine = fakeEngine({
      'folders.add': (input) => {
        if ((input as { paths: string[] }).paths.includes('/gone')) {
          throw new LookalikeError('FOLDER_MISSING', '/gone is not there.');
        }
        return folders(input);
      },
      'scan.run': () => ({}),
    });
    const open = createFolderOpener(engine);
    const [gone, there] = await Promise.allSettled([open(['/gone']), open(['/a'])]);
    expect(gone).toMatchObject({ status: 'rejected', reason: { code: 'FOLDER_MISSING' } });
    expect(there.status).toBe('fulfilled');
  });
});
