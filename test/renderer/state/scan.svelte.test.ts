import { describe, expect, it } from 'vitest';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import type { ScanSummary } from '../../../src-main/contract/model.ts';
import { Messages } from '../../../src-renderer/state/messages.svelte.ts';
import { Scan } from '../../../src-renderer/state/scan.svelte.ts';
import { fakeClient, folderWith, progressWith, settled } from '../fake-client.ts';

const summary: ScanSummary = {
  photos: 10,
  new: 10,
  changed: 0,
  moved: 0,
  unchanged: 0,
  removed: 0,
  offline: 0,
  failed: {},
  groups: 2,
  seconds: { read: 1 },
  backend: 'wasm',
  model: 'model',
  stopped: false,
};

function endable() {
  const ends: { resolve: (value: ScanSummary) => void; reject: (error: Error) => void }[] = [];
  const client = fakeClient({
    'scan.run': () => new Promise((resolve, reject) => ends.push({ resolve, reject })),
    'scan.stop': () => ({ stopped: true }),
    'scan.state': () => ({ progress: progressWith({ done: 7 }), last: null }),
  });
  const messages = new Messages();
  return { client, messages, ends, scan: new Scan(client, messages) };
}

describe('the scan', () => {
  it('shows a scan that another window or program started', async () => {
    const { scan } = endable();
    await scan.load();
    expect(scan.running).toBe(true);
    expect(scan.progress?.done).toBe(7);
    scan.notice({ type: 'scan-ended', summary });
    expect(scan.running).toBe(false);
    expect(scan.last).toEqual(summary);
  });

  it('runs from the moment it is asked for until it ends', async () => {
    const { scan, ends } = endable();
    const run = scan.run();
    expect(scan.running).toBe(true);
    scan.notice({ type: 'scan-progress', progress: progressWith({ done: 100, stageSeconds: 10 }) });
    expect(scan.rate).toBe(10);
    expect(scan.left).toBe(90);
    ends[0]!.resolve(summary);
    await run;
    expect(scan.running).toBe(false);
    expect(scan.rate).toBeNull();
  });

  it('reads folders that were added meanwhile as soon as it has ended', async () => {
    const { client, scan, ends } = endable();
    const run = scan.run();
    await scan.scanAdded([folderWith(3), folderWith(4)]);
    expect(client.asked).toHaveLength(1);
    ends[0]!.resolve(summary);
    await settled();
    expect(client.asked[1]).toEqual({ name: 'scan.run', input: { folders: [3, 4] } });
    ends[1]!.resolve(summary);
    await run;
  });

  it('reads them also when the scan that ran was not this window’s', async () => {
    const { client, scan } = endable();
    await scan.load();
    await scan.scanAdded([folderWith(3)]);
    scan.notice({ type: 'scan-ended', summary });
    await settled();
    expect(client.asked.map((entry) => entry.name)).toContain('scan.run');
  });

  it('stops what runs and drops what waits', async () => {
    const { client, scan, ends } = endable();
    const run = scan.run();
    await scan.scanAdded([folderWith(3)]);
    await scan.stop();
    expect(scan.stopping).toBe(true);
    ends[0]!.resolve({ ...summary, stopped: true });
    await run;
    await settled();
    expect(scan.stopping).toBe(false);
    expect(client.asked.map((entry) => entry.name)).toEqual(['scan.run', 'scan.stop']);
  });

  it('takes a locked library for a scan that runs elsewhere, and shows it', async () => {
    const { scan, messages, ends } = endable();
    const run = scan.run();
    ends[0]!.reject(new LookalikeError('DATABASE_LOCKED', 'A scan is running.'));
    await run;
    expect(messages.list).toEqual([]);
    expect(scan.progress?.done).toBe(7);
  });

  it('says any other failure', async () => {
    const { scan, messages, ends } = endable();
    const run = scan.run();
    ends[0]!.reject(new LookalikeError('FOLDER_MISSING', '“x” is gone.', { nextStep: 'Connect it.' }));
    await run;
    expect(scan.running).toBe(false);
    expect(messages.list[0]?.detail).toBe('“x” is gone. Connect it.');
  });
});
