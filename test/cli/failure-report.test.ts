import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFailureReport } from '../../src-main/shells/cli/failure-report.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookalike-report-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const failure = {
  error: new TypeError('x is not a function', { cause: new Error('the first fault') }),
  command: 'scan',
  version: '1.2.3',
  when: new Date('2026-01-02T03:04:05.678Z'),
};

it('tells version, time, command, trace and cause', async () => {
  const file = await writeFailureReport(failure, join(folder, 'reports'));
  expect(dirname(file)).toBe(join(folder, 'reports'));
  const report = await readFile(file, 'utf8');
  for (const told of [
    '1.2.3',
    process.version,
    '2026-01-02T03:04:05.678Z',
    'Command: scan',
    'the first fault',
  ])
    expect(report).toContain(told);
  expect(report).toContain('TypeError: x is not a function');
  expect(report).toContain('failure-report.test.ts');
});

it('goes among temporary files when its folder can’t be made', async () => {
  await writeFile(join(folder, 'file'), '');
  const file = await writeFailureReport(failure, join(folder, 'file', 'reports'));
  expect(dirname(file)).toBe(tmpdir());
  expect(await readFile(file, 'utf8')).toContain('x is not a function');
  await rm(file);
});
