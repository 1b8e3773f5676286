/** @file Only what a real process can prove; everything else is tested over the in-memory wire. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import type { Notice } from '../../src-main/contract/engine.ts';
import { nodeChildLauncher } from '../../src-main/host/adapters/node-child.ts';
import { HostClient } from '../../src-main/host/client.ts';
import { options } from './support/engine-options.ts';

const SUPPORT = join(import.meta.dirname, 'support');
const clients: HostClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

function start(
  nodeBinary = process.execPath,
  compileCache?: string,
): { client: HostClient; notices: Notice[]; log: string[] } {
  const log: string[] = [];
  const notices: Notice[] = [];
  const client = new HostClient({
    launcher: nodeChildLauncher({
      nodeBinary,
      entry: join(SUPPORT, 'scripted-child.ts'),
      ...(compileCache === undefined ? {} : { compileCache }),
    }),
    engineOptions: options,
    logger: { log: (_level, message) => log.push(message) },
  });
  client.subscribe((notice) => notices.push(notice));
  clients.push(client);
  return { client, notices, log };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a real child', () => {
  test('typed arrays arrive intact, text too', async () => {
    const { client } = start();
    const map = await client.request('map.points', {});
    expect(map.coordinates).toBeInstanceOf(Float32Array);
    expect(map.coordinates).toEqual(Float32Array.from({ length: 200_000 }, (_, i) => i / 3));
    expect(map.ids).toEqual(Int32Array.of(1));
    expect([map.paths, map.labels]).toEqual([['/ä/ö.jpg'], ['ü']]);
    const picture = await client.request('photos.picture', { id: 1, size: 'thumbnail' });
    expect(picture).toEqual({ mime: 'image/jpeg', data: new Uint8Array([0, 255, 127]) });
  });

  test('keeps its compiled modules where that is possible, and runs where it is not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lookalike-compiled-'));
    try {
      const { client } = start(process.execPath, join(folder, 'kept'));
      await client.request('map.points', {});
      await client.close();
      expect(await readdir(join(folder, 'kept'))).not.toEqual([]);

      await writeFile(join(folder, 'file'), '');
      const { client: other } = start(process.execPath, join(folder, 'file/below'));
      expect((await other.request('map.points', {})).ids).toHaveLength(1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('killed in the middle of a request: ENGINE_EXITED at once, then a new child answers', async () => {
    const { client, notices } = start();
    await client.start();
    const first = client.pid!;
    const stuck = client.request('doctor.report', {});
    process.kill(first, 'SIGKILL');
    await expect(stuck).rejects.toMatchObject({ code: 'ENGINE_EXITED' });
    await expect(stuck).rejects.toThrow('SIGKILL');
    expect(notices).toEqual([{ type: 'engine-exited', restarts: 1 }]);
    await expect(client.request('scan.stop', {})).resolves.toEqual({ stopped: true });
    expect(client.pid).not.toBe(first);
  });

  test('busy in a synchronous call: what is asked meanwhile is answered afterwards', async () => {
    const { client } = start();
    const busy = client.request('library.summary', {});
    const next = client.request('scan.stop', {});
    await expect(busy).resolves.toEqual({ photos: 5 });
    await expect(next).resolves.toEqual({ stopped: true });
  });

  test('an error that nobody caught is reported and ends the child', async () => {
    const { client, log } = start();
    await expect(client.request('demo.create', {})).rejects.toThrow('it failed: Error: a bug');
    expect(log.join('\n')).toMatch(/Error: a bug\n\s+at /);
  });

  test('what native code prints goes to the log and disturbs no frame', async () => {
    const { client, log } = start();
    await client.request('scan.stop', {});
    await until(() => log.length >= 2);
    expect(log).toContain('engine: a native library says hello');
    expect(log).toContain('engine: and warns');
  });

  test('close ends it', async () => {
    const { client } = start();
    await client.start();
    const pid = client.pid!;
    await client.close();
    expect(isAlive(pid)).toBe(false);
  });

  test('a binary that is not there is ENGINE_NOT_STARTED', async () => {
    const { client } = start('/nowhere/node');
    await expect(client.request('scan.stop', {})).rejects.toMatchObject({ code: 'ENGINE_NOT_STARTED' });
    await expect(client.start()).rejects.toThrow(/nowhere/);
  });

  test('a parent killed with SIGKILL leaves no child behind', async () => {
    const parent = spawn(process.execPath, [join(SUPPORT, 'scripted-parent.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const pid = Number(line);
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid));
  });
});
