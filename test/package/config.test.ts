import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

test('what is shipped has its fuses against being run as anything else', async () => {
  const config = await readFile(path.join(root, 'electron-builder.yml'), 'utf8');
  const fuses = /^electronFuses:\n((?: {2}.*\n)+)/m.exec(config)![1]!;
  expect(
    Object.fromEntries([...fuses.matchAll(/^ {2}(\w+): (\w+)$/gm)].map((line) => line.slice(1))),
  ).toEqual({
    runAsNode: 'false',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    enableEmbeddedAsarIntegrityValidation: 'true',
    onlyLoadAppFromAsar: 'true',
    enableCookieEncryption: 'true',
  });
});
