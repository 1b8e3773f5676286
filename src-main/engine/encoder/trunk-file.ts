/** @file The trunk on disk: trunk.json (this shape) beside trunk.bin (its weights, float32 little endian). */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { LookalikeError } from '../../contract/errors.ts';

export const TRUNK_JSON = 'trunk.json';
export const TRUNK_WEIGHTS = 'trunk.bin';

const index = v.pipe(v.number(), v.integer(), v.minValue(0));

/** `at` counts floats from the start of trunk.bin. */
const weights = v.strictObject({ at: index, shape: v.array(index) });

const convolution = v.strictObject({
  /** conv: filter [height, width, in, out]; depthwise: filter [height, width, in, 1]. Padding is SAME. */
  kind: v.picklist(['conv', 'depthwise']),
  /** Number of the value it reads: 0 is the input, n the output of operation n - 1. */
  input: index,
  stride: v.picklist([1, 2]),
  relu6: v.boolean(),
  filter: weights,
  bias: weights,
});

const addition = v.strictObject({ kind: v.literal('add'), inputs: v.tuple([index, index]) });

const trunkDescription = v.strictObject({
  name: v.string(),
  /** Input: [batch, edge, edge, 3] of value * scale + offset, value 0..255 sRGB. */
  input: v.strictObject({ edge: index, scale: v.number(), offset: v.number() }),
  operations: v.array(v.variant('kind', [convolution, addition])),
  /** Numbers of the values that are pooled, with their channels. */
  taps: v.array(v.strictObject({ value: index, channels: index })),
  /** SHA-256 of trunk.bin, hex. */
  sha256: v.string(),
});

export type TrunkDescription = v.InferOutput<typeof trunkDescription>;
export type TrunkOperation = TrunkDescription['operations'][number];

export interface TrunkFile extends TrunkDescription {
  weights: Float32Array;
}

/** @throws LookalikeError BACKEND_UNAVAILABLE when it is missing or not what its description says. */
export async function readTrunk(directory: string): Promise<TrunkFile> {
  const nextStep = 'Build it with "node scripts/build-trunk.ts", or install the app again.';
  let description: TrunkDescription;
  let bytes: Buffer;
  try {
    const [text, read] = await Promise.all([
      readFile(join(directory, TRUNK_JSON), 'utf8'),
      readFile(join(directory, TRUNK_WEIGHTS)),
    ]);
    description = v.parse(trunkDescription, JSON.parse(text));
    bytes = read;
  } catch (cause) {
    throw new LookalikeError('BACKEND_UNAVAILABLE', `The encoder's trunk in ${directory} can't be read.`, {
      nextStep,
      cause,
    });
  }
  if (createHash('sha256').update(bytes).digest('hex') !== description.sha256) {
    throw new LookalikeError('BACKEND_UNAVAILABLE', `The encoder's trunk in ${directory} is damaged.`, {
      nextStep,
    });
  }
  return { ...description, weights: toFloats(bytes) };
}

/** The same memory where its start is aligned, else a copy. */
export function toFloats(bytes: Uint8Array): Float32Array {
  const aligned = bytes.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  const length = Math.floor(aligned.byteLength / Float32Array.BYTES_PER_ELEMENT);
  return new Float32Array(aligned.buffer, aligned.byteOffset, length);
}
