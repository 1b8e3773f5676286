/** @file The plain TypeScript version is the oracle of the WASM version: not one match may differ. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  type CodedPoints,
  createMatches,
  type Matcher,
  matchPlain,
} from '../../../../src-main/engine/similarity/verification/matching.ts';
import { verifyPair } from '../../../../src-main/engine/similarity/verification/verify.ts';
import {
  createWasmMatcher,
  MATCHING_WASM,
} from '../../../../src-main/engine/similarity/verification/wasm-matcher.ts';
import { buildWasm } from '../../features/built-wasm.ts';
import { codedPoints } from './made-codes.ts';
import { scene, verifiable } from './made-photos.ts';

let bytes: Uint8Array;
let matchWasm: Matcher;
beforeAll(async () => {
  bytes = await readFile(join(await buildWasm(), MATCHING_WASM));
  matchWasm = await createWasmMatcher(bytes);
});

function matchesBy(match: Matcher, from: CodedPoints, to: CodedPoints): number[][] {
  const found = createMatches();
  match(from, to, found);
  return [[...found.from.subarray(0, found.count)], [...found.to.subarray(0, found.count)]];
}

test('made codes', () => {
  let count = 0;
  fc.assert(
    fc.property(codedPoints, codedPoints, (from, to) => {
      const expected = matchesBy(matchPlain, from, to);
      count += expected[0]!.length;
      expect(matchesBy(matchWasm, from, to)).toEqual(expected);
    }),
    { seed: 4, numRuns: 500 },
  );
  expect(count).toBeGreaterThan(500);
});

test('photos, as many features as there can be', () => {
  const [photo, other] = [verifiable(scene(3)), verifiable(scene(3, 240, 180))];
  expect(matchesBy(matchWasm, photo.features, other.features)).toEqual(
    matchesBy(matchPlain, photo.features, other.features),
  );
  expect(verifyPair(photo, other, matchWasm)).toEqual(verifyPair(photo, other));
  const { codes, x, y, count } = photo.features;
  const repeat = (values: Float32Array): Float32Array =>
    Float32Array.from({ length: 512 }, (_, i) => values[i % count]!);
  const full = {
    count: 512,
    codes: Uint8Array.from({ length: 512 * 16 }, (_, i) => codes[i % (16 * count)]!),
    x: repeat(x),
    y: repeat(y),
  };
  const expected = matchesBy(matchPlain, full, full);
  expect(expected[0]!.length).toBeGreaterThan(400);
  expect(matchesBy(matchWasm, full, full)).toEqual(expected);
});

test('a module of another revision is refused, a damaged one too', async () => {
  const damaged = bytes.slice(0, bytes.length - 9);
  await expect(createWasmMatcher(damaged)).rejects.toThrow(WebAssembly.CompileError);
  // The first constant of the module's globals is the revision: i32.const 1, end.
  const other = Uint8Array.from(bytes);
  const at = bytes.findIndex((byte, i) => byte === 0x41 && bytes[i + 1] === 1 && bytes[i + 2] === 0x0b);
  other[at + 1] = 2;
  await expect(createWasmMatcher(other)).rejects.toThrow('revision 2, not 1');
});
