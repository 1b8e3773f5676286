/**
 * @file The trunk as our own runtime reads it: packed-trunk.json (this shape) beside packed-trunk.bin. Made at build time
 * out of the same weights as trunk.bin, whose steps of 8 bits it keeps as whole numbers.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { LookalikeError } from '../../contract/errors.ts';

export const PACKED_JSON = 'packed-trunk.json';
export const PACKED_WEIGHTS = 'packed-trunk.bin';
export const TRUNK_WASM = 'trunk.wasm';

const index = v.pipe(v.number(), v.integer(), v.minValue(0));

const block = v.strictObject({
  /** Of the convolution of each channel by itself. */
  stride: v.picklist([1, 2]),
  /** Codes a place that the expansion reads, a multiple of 8; of the first block 3 x 3 x 3 and zeros. */
  depth: index,
  expanded: index,
  channels: index,
  /** Adds what it reads to its result. */
  shortcut: v.boolean(),
  /** Its result is pooled. */
  tap: v.boolean(),
  /** Largest code after the convolution: it stands for 6. As large as the sums of the projection allow. */
  limit: index,
  /** What one step of the weights' codes stands for. */
  expansionStep: v.number(),
  projectionStep: v.number(),
  /**
   * Bytes from the start of packed-trunk.bin, then one after the other: weights of the expansion, its biases, taps and
   * biases of the convolution (f32, times limit / 6), weights of the projection, its biases. Weights are i16 by tiles of
   * 8 channels: for each pair of codes 8 channels x 2. Taps are f32 by tiles: 9 x 8 channels.
   */
  at: index,
});

const packedTrunkDescription = v.strictObject({
  /** SHA-256 of the trunk.bin that it was made of, hex. */
  trunk: v.string(),
  /** SHA-256 of packed-trunk.bin, hex. */
  sha256: v.string(),
  /** As in trunk.json. */
  input: v.strictObject({ edge: index, scale: v.number(), offset: v.number() }),
  blocks: v.array(block),
});

export type PackedTrunkDescription = v.InferOutput<typeof packedTrunkDescription>;
export type PackedBlock = PackedTrunkDescription['blocks'][number];

export interface PackedTrunk extends PackedTrunkDescription {
  weights: Uint8Array;
  /** trunk.wasm, scripts/build-trunk.ts compiles it. */
  module: Uint8Array;
}

/** @throws LookalikeError BACKEND_UNAVAILABLE when it is missing or not what its description says. */
export async function readPackedTrunk(directory: string): Promise<PackedTrunk> {
  const nextStep = 'Build it with "node scripts/build-trunk.ts", or install the app again.';
  let packed: PackedTrunk;
  try {
    const [text, weights, module] = await Promise.all([
      readFile(join(directory, PACKED_JSON), 'utf8'),
      readFile(join(directory, PACKED_WEIGHTS)),
      readFile(join(directory, TRUNK_WASM)),
    ]);
    packed = { ...v.parse(packedTrunkDescription, JSON.parse(text)), weights, module };
  } catch (cause) {
    throw new LookalikeError('BACKEND_UNAVAILABLE', `The packed trunk in ${directory} can't be read.`, {
      nextStep,
      cause,
    });
  }
  if (createHash('sha256').update(packed.weights).digest('hex') !== packed.sha256) {
    throw new LookalikeError('BACKEND_UNAVAILABLE', `The packed trunk in ${directory} is damaged.`, {
      nextStep,
    });
  }
  return packed;
}
