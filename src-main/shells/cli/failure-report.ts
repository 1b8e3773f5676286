/** @file What is left behind by a failure that nobody foresaw: a file for whoever mends it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Failure {
  error: unknown;
  /** Name only: arguments name folders and photos. */
  command: string | undefined;
  version: string;
  when: Date;
}

function reportText({ error, command, version, when }: Failure): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.stack : undefined;
  return [
    `Lookalike ${version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    `Time: ${when.toISOString()}`,
    `Command: ${command ?? 'none'}`,
    '',
    trace,
    ...(cause === undefined ? [] : ['', `Caused by: ${cause}`]),
    '',
  ].join('\n');
}

/** @returns the path of the report: in `folder`, or among temporary files when that can't be written. */
export async function writeFailureReport(failure: Failure, folder: string): Promise<string> {
  const stamp = failure.when.toISOString().replaceAll(/[:.]/g, '-');
  const name = `failure-${stamp}-${process.pid}.txt`;
  try {
    await mkdir(folder, { recursive: true });
    const file = join(folder, name);
    await writeFile(file, reportText(failure), { flag: 'wx' });
    return file;
  } catch {
    const file = join(tmpdir(), `lookalike-${name}`);
    await writeFile(file, reportText(failure), { flag: 'wx' });
    return file;
  }
}
