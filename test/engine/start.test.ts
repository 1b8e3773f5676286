import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const engine = join(import.meta.dirname, '../../src-main/engine/index.ts');

/** Native libraries of a process that has imported a module. */
async function librariesAfter(module: string): Promise<string[]> {
  const script = `await import(${JSON.stringify(module)});
    process.report.excludeNetwork = true;
    console.log(JSON.stringify(process.report.getReport().sharedObjects));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
  });
  return JSON.parse(stdout) as string[];
}

it('the engine starts without the libraries that only some requests need', async () => {
  const heavy = /sharp|vips|usearch|tensorflow/;
  expect((await librariesAfter('sharp')).filter((file) => heavy.test(file))).not.toEqual([]);
  expect((await librariesAfter(engine)).filter((file) => heavy.test(file))).toEqual([]);
});
