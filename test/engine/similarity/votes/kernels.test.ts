/** @file The plain TypeScript version is the oracle of the WASM version: not one vote may differ. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { mirrored, negative } from '../../../../src-main/engine/features/code-variants.ts';
import { type LocalFeatures } from '../../../../src-main/engine/features/local-features.ts';
import { createPlainKernel } from '../../../../src-main/engine/similarity/votes/plain-kernel.ts';
import { createVoteIndex } from '../../../../src-main/engine/similarity/votes/vote-index.ts';
import { createWasmKernel, VOTES_WASM } from '../../../../src-main/engine/similarity/votes/wasm-kernel.ts';
import { buildWasm } from '../../features/built-wasm.ts';
import { copyOf, cropped, madeFeatures, madeVocabulary, shuffled } from './made-photos.ts';

let bytes: Uint8Array;
const vocabulary = madeVocabulary();
beforeAll(async () => {
  bytes = await readFile(join(await buildWasm(), VOTES_WASM));
});

/** Photos of a few families: copies, parts, mirrored, negative, and the same codes in other places. */
function family(seed: number): LocalFeatures[] {
  const photo = madeFeatures(seed, 20 + (seed % 5) * 60);
  return [
    photo,
    copyOf(photo, seed + 1),
    copyOf(mirrored(photo), seed + 2, 2),
    copyOf(negative(photo), seed + 3, 2),
    cropped(photo, 5, 18),
    shuffled(photo, seed + 4),
  ];
}

test('made photos', async () => {
  const plain = createPlainKernel('asked for');
  const wasm = await createWasmKernel(bytes);
  const seeds = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 });
  let listed = 0;
  const indexes = [createVoteIndex(vocabulary, plain), createVoteIndex(vocabulary, wasm)];
  let id = 0;
  fc.assert(
    fc.property(seeds, fc.nat({ max: 5 }), fc.boolean(), (families, asked, saves) => {
      const photos = families.flatMap(family);
      for (const photo of photos) {
        id++;
        for (const index of indexes) index.add(id, photo);
      }
      // Merged into the main lists, or still in the fresh ones.
      if (saves) for (const index of indexes) index.save();
      const query = photos[asked]!;
      const excluded = [id, id - 2];
      const [expected, found] = indexes.map((index) => index.search(query, 30, excluded));
      listed += expected!.length;
      expect(found).toEqual(expected);
    }),
    { seed: 7, numRuns: 60 },
  );
  expect(listed).toBeGreaterThan(300);
});

test('words of codes, nearest first', async () => {
  const kernels = [createPlainKernel('asked for'), await createWasmKernel(bytes)];
  const { codes } = madeFeatures(3, 256);
  const [expected, found] = kernels.map((kernel) => {
    createVoteIndex(vocabulary, kernel);
    kernel.arrays.codes.set(codes);
    kernel.assign(256, 3, 4);
    return kernel.arrays.nearest.slice();
  });
  expect(found).toEqual(expected);
  expect(new Set(expected).size).toBeGreaterThan(900);
});

test('a module of another revision is refused, a damaged one too', async () => {
  await expect(createWasmKernel(bytes.slice(0, bytes.length - 9))).rejects.toThrow(WebAssembly.CompileError);
  // The first constant of the module's globals is the revision: i32.const 1, end.
  const other = Uint8Array.from(bytes);
  const at = bytes.findIndex((byte, i) => byte === 0x41 && bytes[i + 1] === 1 && bytes[i + 2] === 0x0b);
  other[at + 1] = 2;
  await expect(createWasmKernel(other)).rejects.toThrow('revision 2, not 1');
});
