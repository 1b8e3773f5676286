/**
 * @file The trunk of the encoder: AssemblyScript with SIMD, compiled by scripts/build-trunk.ts. A block is an expansion
 * (1 x 1, or the first convolution on the unfolded picture), a convolution of each channel and a projection. A tile of
 * 8 expanded channels is computed, convolved and coded before the next one, so that it stays in the cache. Where things
 * lie is for ../wasm-trunk.ts to say.
 */
import { convolve, PIXEL_BYTES } from './depthwise';
import { encode, unfold, addInto } from './maps';
import { CODE_BYTES, multiplyTile, Scale, TILE_CHANNELS, TILE_PLACES } from './matrix';

export { pool } from './maps';
export { resizeColumns, resizeRows } from './resize';

const FLOAT_BYTES: usize = 4;
const RELU6_BOUND: f32 = 6;

/** Working memory, set once by `setUp`. */
let codes: usize = 0;
let tile: usize = 0;
let convolved: usize = 0;
let padded: usize = 0;
/** What one step of `codes` stands for. */
let codeStep: f32 = 0;

const expansion = new Scale();
const projection = new Scale();

/** Memory that stays: zeros, aligned to 16 bytes. */
export function reserve(bytes: i32): usize {
  const address = heap.alloc(<usize>bytes);
  memory.fill(address, 0, <usize>bytes);
  return address;
}

/** Addresses of working memory of the sizes that ../wasm-trunk.ts reckons. */
export function setUp(codesAt: usize, tileAt: usize, convolvedAt: usize, paddedAt: usize): void {
  codes = codesAt;
  tile = tileAt;
  convolved = convolvedAt;
  padded = paddedAt;
}

/** @param picture edge x edge x 3 numbers; becomes the codes that the first block reads */
export function readPicture(picture: usize, edge: i32): void {
  // The codes of the plain picture go where nothing lies yet.
  codeStep = encode(picture, edge * edge * 3, convolved);
  unfold(convolved, edge, padded, codes);
}

/** @param map places x channels numbers; becomes the codes that the next block reads */
export function readMap(map: usize, count: i32): void {
  codeStep = encode(map, count, codes);
}

/**
 * @param edge of the map that the expansion gives
 * @param weights of the block as ../packed-trunk.ts orders them
 * @param limit code of 6 after the convolution
 * @param shortcut map that is added to the result; 0: none
 * @param target (edge / stride)² x `channels` numbers
 */
export function runBlock(
  edge: i32,
  stride: i32,
  depth: i32,
  expanded: i32,
  channels: i32,
  weights: usize,
  expansionStep: f32,
  projectionStep: f32,
  limit: f32,
  shortcut: usize,
  target: usize,
): void {
  expansion.step = expansionStep * codeStep;
  expansion.lowest = 0;
  expansion.highest = RELU6_BOUND;
  const expansionBiases = weights + <usize>(expanded * depth) * CODE_BYTES;
  const taps = expansionBiases + <usize>expanded * FLOAT_BYTES;
  const tapBiases = taps + 9 * <usize>expanded * FLOAT_BYTES;
  const projectionWeights = tapBiases + <usize>expanded * FLOAT_BYTES;
  const projectionBiases = projectionWeights + <usize>(channels * expanded) * CODE_BYTES;

  memory.fill(tile, 0, <usize>((edge + 2) * (edge + 2)) * PIXEL_BYTES);
  for (let c = 0; c < expanded; c += TILE_CHANNELS) {
    const biases = <usize>c * FLOAT_BYTES;
    expand(edge, depth, weights + <usize>(c * depth) * CODE_BYTES, expansionBiases + biases);
    const at = convolved + <usize>c * CODE_BYTES;
    convolve(tile, edge, stride, taps + 9 * biases, tapBiases + biases, at, expanded, limit);
  }
  const step = RELU6_BOUND / limit;
  projection.step = projectionStep * step;
  projection.lowest = -Infinity;
  projection.highest = Infinity;
  const places = (edge / stride) * (edge / stride);
  project(places, expanded, channels, projectionWeights, projectionBiases, target);
  if (shortcut !== 0) addInto(target, shortcut, <usize>(places * channels) * FLOAT_BYTES);
}

/** 8 channels of the expanded map, into the tile without its rim. */
function expand(edge: i32, depth: i32, weights: usize, biases: usize): void {
  const stepBytes = <usize>(TILE_PLACES * depth) * CODE_BYTES;
  let from = codes;
  for (let y = 0; y < edge; y++) {
    let to = tile + <usize>((y + 1) * (edge + 2) + 1) * PIXEL_BYTES;
    for (let x = 0; x < edge; x += TILE_PLACES) {
      multiplyTile(from, depth, weights, biases, expansion, to, PIXEL_BYTES);
      from += stepBytes;
      to += <usize>TILE_PLACES * PIXEL_BYTES;
    }
  }
}

function project(places: i32, depth: i32, channels: i32, weights: usize, biases: usize, target: usize): void {
  const stepBytes = <usize>(TILE_PLACES * depth) * CODE_BYTES;
  const rowBytes = <usize>channels * FLOAT_BYTES;
  for (let c = 0; c < channels; c += TILE_CHANNELS) {
    let from = convolved;
    let to = target + <usize>c * FLOAT_BYTES;
    for (let p = 0; p < places; p += TILE_PLACES) {
      multiplyTile(from, depth, weights, biases, projection, to, rowBytes);
      from += stepBytes;
      to += <usize>TILE_PLACES * rowBytes;
    }
    weights += <usize>(TILE_CHANNELS * depth) * CODE_BYTES;
    biases += <usize>TILE_CHANNELS * FLOAT_BYTES;
  }
}
