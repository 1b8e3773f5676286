/** @file Packs a trunk for our own runtime (src-main/engine/encoder/wasm): whole numbers instead of f32, by tiles. */
import { createHash } from 'node:crypto';
import type { PackedBlock, PackedTrunkDescription } from '../src-main/engine/encoder/packed-trunk.ts';
import type { TrunkDescription, TrunkOperation } from '../src-main/engine/encoder/trunk-file.ts';

/** A constant as it lies in the network's file: number = level * scale + min. */
export interface Constant {
  shape: number[];
  values: Float32Array;
  levels: Uint8Array;
  min: number;
  scale: number;
}

const TILE_CHANNELS = 8;
const LARGEST_CODE = 32767;
const LARGEST_SUM = 2 ** 31 - 1;
const RELU6_BOUND = 6;

type Convolution = Exclude<TrunkOperation, { kind: 'add' }>;

/** Three convolutions, and the addition of what the first one reads. */
interface Block {
  expansion: Convolution;
  depthwise: Convolution;
  projection: Convolution;
  shortcut: boolean;
  result: number;
}

interface Codes {
  /** Row major, `depth` x `channels`. */
  codes: Int16Array;
  depth: number;
  channels: number;
  step: number;
  /** Of one channel the sum of the codes' sizes: times the largest input it bounds the sums. */
  largestSum: number;
}

/** @param constantAt the constant that lies at this place of trunk.bin */
export function packTrunk(
  trunk: TrunkDescription,
  constantAt: (at: number) => Constant,
): { description: PackedTrunkDescription; weights: Buffer } {
  const tapped = new Set(trunk.taps.map(({ value }) => value));
  const chunks: Buffer[] = [];
  let at = 0;
  const blocks = splitIntoBlocks(trunk.operations).map((block): PackedBlock => {
    const { packed, parts } = packBlock(block, constantAt);
    const placed = { ...packed, tap: tapped.has(block.result), at };
    for (const part of parts) {
      chunks.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
      at += part.byteLength;
    }
    return placed;
  });
  const weights = Buffer.concat(chunks);
  const sha256 = createHash('sha256').update(weights).digest('hex');
  return { description: { trunk: trunk.sha256, sha256, input: trunk.input, blocks }, weights };
}

function splitIntoBlocks(operations: readonly TrunkOperation[]): Block[] {
  const blocks: Block[] = [];
  let result = 0;
  for (let i = 0; i < operations.length;) {
    const [expansion, depthwise, projection, addition] = operations.slice(i, i + 4);
    if (expansion?.kind !== 'conv' || depthwise?.kind !== 'depthwise' || projection?.kind !== 'conv') {
      throw new Error(`Operation ${i} of the trunk does not begin a block.`);
    }
    const shortcut = addition?.kind === 'add';
    const inputs = [result, i + 1, i + 2];
    if ([expansion, depthwise, projection].some(({ input }, k) => input !== inputs[k])) {
      throw new Error(`Operation ${i} of the trunk is no chain.`);
    }
    if (shortcut && !(addition.inputs.includes(result) && addition.inputs.includes(i + 3))) {
      throw new Error(`Operation ${i + 3} of the trunk adds something else than what its block reads.`);
    }
    if (!expansion.relu6 || !depthwise.relu6 || projection.relu6 || projection.stride !== 1) {
      throw new Error(`Operation ${i} of the trunk is not of the kind expansion, convolution, projection.`);
    }
    if (expansion.stride !== (i === 0 ? 2 : 1))
      throw new Error(`Operation ${i} has stride ${expansion.stride}.`);
    i += shortcut ? 4 : 3;
    result = i;
    blocks.push({ expansion, depthwise, projection, shortcut, result });
  }
  return blocks;
}

type Part = Int16Array | Float32Array;

function packBlock(
  { expansion, depthwise, projection, shortcut }: Block,
  constantAt: (at: number) => Constant,
): { packed: Omit<PackedBlock, 'tap' | 'at'>; parts: Part[] } {
  const expand = codesOf(constantAt(expansion.filter.at));
  const project = codesOf(constantAt(projection.filter.at));
  if (expand.largestSum * LARGEST_CODE > LARGEST_SUM)
    throw new Error('The sums of an expansion can overflow.');
  const limit = Math.min(LARGEST_CODE, Math.floor(LARGEST_SUM / project.largestSum));
  const scale = limit / RELU6_BOUND;
  const taps = constantAt(depthwise.filter.at).values.map((value) => value * scale);
  const parts = [
    tilePairs(expand),
    constantAt(expansion.bias.at).values,
    tileTaps(taps, expand.channels),
    constantAt(depthwise.bias.at).values.map((value) => value * scale),
    tilePairs(project),
    constantAt(projection.bias.at).values,
  ];
  const packed = {
    stride: depthwise.stride,
    depth: expand.depth,
    expanded: expand.channels,
    channels: project.channels,
    shortcut,
    limit,
    expansionStep: expand.step,
    projectionStep: project.step,
  };
  return { packed, parts };
}

/** Levels as distances from the one that stands for 0: whole numbers, exactly what the network's file says. */
function codesOf({ shape, levels, min, scale }: Constant): Codes {
  const channels = shape.at(-1) ?? 0;
  const rows = levels.length / channels;
  const depth = Math.ceil(rows / TILE_CHANNELS) * TILE_CHANNELS;
  if (channels % TILE_CHANNELS !== 0) throw new Error(`${channels} channels are no whole number of tiles.`);
  const zero = Math.round(-min / scale);
  if (Math.abs(min + zero * scale) > scale * 1e-6) throw new Error('No level of a constant stands for 0.');
  const codes = new Int16Array(depth * channels);
  for (const [i, level] of levels.entries()) codes[i] = level - zero;
  const sums = new Float64Array(channels);
  for (const [i, code] of codes.entries()) {
    sums[i % channels] = (sums[i % channels] ?? 0) + Math.abs(code);
  }
  return { codes, depth, channels, step: scale, largestSum: Math.max(...sums) };
}

function tilePairs({ codes, depth, channels }: Codes): Int16Array {
  const packed = new Int16Array(codes.length);
  let at = 0;
  for (let tile = 0; tile < channels; tile += TILE_CHANNELS) {
    for (let k = 0; k < depth; k += 2) {
      for (let c = tile; c < tile + TILE_CHANNELS; c++) {
        packed[at++] = codes[k * channels + c] ?? 0;
        packed[at++] = codes[(k + 1) * channels + c] ?? 0;
      }
    }
  }
  return packed;
}

function tileTaps(taps: Float32Array, channels: number): Float32Array {
  const packed = new Float32Array(taps.length);
  let at = 0;
  for (let tile = 0; tile < channels; tile += TILE_CHANNELS) {
    for (let tap = 0; tap < taps.length / channels; tap++) {
      for (let c = tile; c < tile + TILE_CHANNELS; c++) packed[at++] = taps[tap * channels + c] ?? 0;
    }
  }
  return packed;
}
