import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFeatureExtractor } from '../../../src-main/engine/features/extractor.ts';
import { supportsSimd } from '../../../src-main/engine/simd.ts';
import { LOCAL_FEATURES_WASM } from '../../../src-main/engine/features/wasm-extractor.ts';
import { buildWasm } from './built-wasm.ts';

let built: string;
let folder: string;
beforeAll(async () => {
  built = await buildWasm();
  folder = await mkdtemp(join(tmpdir(), 'lookalike-extractor-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** A module with one global, exported as `revision`. */
function moduleOfRevision(revision: number): Uint8Array {
  const name = new TextEncoder().encode('revision');
  const global = [1, 0x7f, 0, 0x41, revision, 0x0b];
  const exported = [1, name.length, ...name, 3, 0];
  return Uint8Array.of(
    0,
    97,
    115,
    109,
    1,
    0,
    0,
    0,
    6,
    global.length,
    ...global,
    7,
    exported.length,
    ...exported,
  );
}

test('WASM where it is built and there is SIMD', async () => {
  expect(supportsSimd()).toBe(true);
  const extractor = await createFeatureExtractor(built);
  expect(extractor.kind).toBe('wasm');
  expect(extractor.reason).toBeUndefined();
});

test('plain TypeScript without SIMD, or without the file, with the reason', async () => {
  const withoutSimd = await createFeatureExtractor(built, false);
  expect(withoutSimd.kind).toBe('typescript');
  expect(withoutSimd.reason).toMatch(/no WebAssembly SIMD/);
  const withoutFile = await createFeatureExtractor(join(folder, 'nothing-here'));
  expect(withoutFile.kind).toBe('typescript');
  expect(withoutFile.reason).toMatch(/nothing-here.*is missing/);
});

test('a damaged file, or one of another revision, is an error that names it', async () => {
  const file = join(folder, LOCAL_FEATURES_WASM);
  const bytes = await readFile(join(built, LOCAL_FEATURES_WASM));
  const unusable = {
    code: 'BACKEND_UNAVAILABLE',
    nextStep: expect.stringContaining('npm run build') as unknown,
  };
  for (const content of [bytes.subarray(0, 5000), Buffer.from('no module'), moduleOfRevision(63)]) {
    await writeFile(file, content);
    await expect(createFeatureExtractor(folder)).rejects.toMatchObject({
      ...unusable,
      message: expect.stringContaining(file) as unknown,
    });
  }
});

test('each extractor has arrays of its own', async () => {
  const [a, b] = [await createFeatureExtractor(built), await createFeatureExtractor(built)];
  expect(a).not.toBe(b);
});
