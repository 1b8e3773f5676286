import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileFailure, withOpenFile } from '../../../src-main/engine/reader/read-file.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'read-file-'));
});
afterEach(() => rm(directory, { recursive: true }));

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof FileFailure) return error.code;
    throw error;
  }
  return 'no failure';
}

/** Runs as somebody who may not read everything; root may. */
function asOrdinaryUser<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('withOpenFile', () => {
  it('gives stamp, head and whole content', async () => {
    const path = join(directory, 'a');
    const content = Buffer.from(Array.from({ length: 10_000 }, (_, i) => i % 251));
    await writeFile(path, content);
    const { stamp, head, bytes } = withOpenFile(path, (file) => ({ ...file, bytes: file.bytes() }));
    expect(stamp).toMatchObject({ bytes: 10_000, inode: expect.stringMatching(/^\d+:\d+$/) as string });
    expect(head).toEqual(content.subarray(0, 4_096));
    expect(bytes).toEqual(content);
  });

  it('gives what is left of a file that became shorter', async () => {
    const path = join(directory, 'a');
    await writeFile(path, Buffer.alloc(10_000));
    let bytes: Buffer | undefined;
    await truncate(path, 8_000);
    withOpenFile(path, (file) => (bytes = file.bytes()));
    expect(bytes).toHaveLength(8_000);
  });

  it('refuses a file beyond the limit without reading it', async () => {
    const path = join(directory, 'huge');
    await writeFile(path, '');
    await truncate(path, 513 * 1024 * 1024);
    expect(codeOf(() => withOpenFile(path, (file) => file.bytes()))).toBe('TOO_LARGE');
  });

  it('names what the system says', async () => {
    const secret = join(directory, 'secret.jpg');
    await writeFile(secret, 'x', { mode: 0 });
    const open = (path: string) => () => withOpenFile(path, () => undefined);
    expect(asOrdinaryUser(() => codeOf(open(secret)))).toBe('NO_PERMISSION');
    expect(codeOf(open(join(directory, 'gone.jpg')))).toBe('VANISHED');
    expect(codeOf(open(join(secret, 'gone.jpg')))).toBe('VANISHED');
    expect(codeOf(open(join(directory, 'n'.repeat(300))))).toBe('IO_ERROR');
    expect(codeOf(open(directory))).toBe('NOT_A_PHOTO');
  });
});
