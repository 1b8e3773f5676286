import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../src-main/engine/store/open.ts';
import { temporaryFolder, temporaryStore } from './temporary-store.ts';

const LOCKED: unknown = expect.objectContaining({ code: 'DATABASE_LOCKED' });

async function start(program: string, databasePath: string, says: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, program), databasePath], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  expect(text.toString()).toBe(`${says}\n`);
  return child;
}

describe('lock', () => {
  it('lets one job write at a time within a process, again after release', () => {
    const store = temporaryStore();
    const second = openStore(store.path);
    onTestFinished(() => second.close());
    const lock = store.lock();
    expect(() => store.lock()).toThrow(LOCKED);
    expect(() => second.lock()).toThrow(LOCKED);
    lock.release();
    const next = second.lock();
    expect(() => store.lock()).toThrow(LOCKED);
    next.release();
    store.lock().release();
  });

  it('names the database, and does not hinder reading and writing', () => {
    const store = temporaryStore();
    const lock = store.lock();
    expect(() => store.lock()).toThrow(store.path);
    store.meta.set('a', '1');
    expect(store.meta.get('a')).toBe('1');
    lock.release();
  });

  it('is free again when the process that held it was killed', async () => {
    const store = temporaryStore();
    const child = await start('hold-lock.ts', store.path, 'held');
    expect(() => store.lock()).toThrow(LOCKED);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    expect(await exited).toEqual([null, 'SIGKILL']);
    store.lock().release();
  });
});

describe('a process killed in the midst of a batch', () => {
  it('loses that batch and nothing else', async () => {
    const databasePath = path.join(temporaryFolder(), 'library.db');
    const child = await start('half-a-batch.ts', databasePath, 'half');
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    const store = openStore(databasePath);
    onTestFinished(() => store.close());
    expect(store.meta.get('first')).toBe('kept');
    expect(store.meta.get('second')).toBeUndefined();
    expect(store.health().ok).toBe(true);
    store.lock().release();
  });
});
