/** @file Our own runtime of the trunk: lays out its memory and runs block after block. */
import type { RgbImage } from '../imaging/image.ts';
import { cachedAxis, type AxisWeights } from '../imaging/resize.ts';
import type { PackedBlock, PackedTrunk } from './packed-trunk.ts';
import { POOLINGS } from './pooling.ts';

const FLOAT_BYTES = 4;
const CODE_BYTES = 2;
const SAMPLES = 3;
/** 8 channels of f32. */
const TILE_PIXEL_BYTES = 32;
/** Vectors may read past the end of what they belong to. */
const PADDING_BYTES = 64;

/** As wasm/index.ts exports it; addresses are bytes. */
interface TrunkExports {
  memory: WebAssembly.Memory;
  reserve: (bytes: number) => number;
  setUp: (codes: number, tile: number, convolved: number, padded: number) => void;
  readPicture: (picture: number, edge: number) => void;
  readMap: (map: number, count: number) => void;
  runBlock: (
    edge: number,
    stride: number,
    depth: number,
    expanded: number,
    channels: number,
    weights: number,
    expansionStep: number,
    projectionStep: number,
    limit: number,
    shortcut: number,
    target: number,
  ) => void;
  resizeRows: (
    image: number,
    width: number,
    height: number,
    edge: number,
    first: number,
    weights: number,
    taps: number,
    rows: number,
  ) => void;
  resizeColumns: (
    rows: number,
    edge: number,
    first: number,
    weights: number,
    taps: number,
    scale: number,
    offset: number,
    target: number,
  ) => void;
  pool: (map: number, places: number, channels: number, target: number) => void;
}

/** A block and the edges of the maps that its expansion and its projection give. */
interface PlacedBlock extends PackedBlock {
  edge: number;
  resultEdge: number;
}

export class WasmTrunk {
  readonly #exports: TrunkExports;
  readonly #blocks: readonly PlacedBlock[];
  readonly #input: PackedTrunk['input'];
  readonly #weightsAt: number;
  readonly #pictureAt: number;
  /** Two that take turns, so that a block may add what it reads. */
  readonly #maps: readonly [number, number];
  readonly #poolsAt: number;
  /** For an image, its rows and the weights of an axis; made larger when a larger image comes. */
  #scratch = { at: 0, bytes: 0 };

  /** @param instance of trunk.wasm, of which it takes the memory for itself */
  constructor(instance: WebAssembly.Instance, trunk: PackedTrunk) {
    const exports = instance.exports as unknown as TrunkExports;
    const { edge } = trunk.input;
    const blocks = placeBlocks(edge, trunk.blocks);
    const most = (bytes: (block: PlacedBlock) => number): number => Math.max(...blocks.map(bytes));
    const reserve = (bytes: number): number => exports.reserve(bytes + PADDING_BYTES);
    const mapBytes = most(({ resultEdge, channels }) => resultEdge ** 2 * channels) * FLOAT_BYTES;
    const pictureLength = edge ** 2 * SAMPLES;
    exports.setUp(
      reserve(most((block) => block.edge ** 2 * block.depth) * CODE_BYTES),
      reserve(most((block) => (block.edge + 2) ** 2) * TILE_PIXEL_BYTES),
      reserve(most(({ resultEdge, expanded }) => resultEdge ** 2 * expanded) * CODE_BYTES),
      reserve((edge + 2) ** 2 * SAMPLES * CODE_BYTES),
    );
    this.#exports = exports;
    this.#blocks = blocks;
    this.#input = trunk.input;
    this.#weightsAt = reserve(trunk.weights.length);
    this.#pictureAt = reserve(pictureLength * FLOAT_BYTES);
    this.#maps = [reserve(mapBytes), reserve(mapBytes)];
    this.#poolsAt = reserve(most(({ channels }) => channels) * POOLINGS * FLOAT_BYTES);
    new Uint8Array(exports.memory.buffer, this.#weightsAt).set(trunk.weights);
  }

  /**
   * Runs on the image, squashed to the trunk's edge.
   * @param pooled gets, for each tapped block, sums of x, relu(x)³ and relu(-x)³, each for every channel, and over how
   * many places they run
   */
  run(image: RgbImage, pooled: (sums: Float32Array, places: number) => void): void {
    this.#resize(image);
    const { readPicture, readMap, pool, memory } = this.#exports;
    readPicture(this.#pictureAt, this.#input.edge);
    let [from, to] = this.#maps;
    for (const [i, block] of this.#blocks.entries()) {
      const places = block.resultEdge ** 2;
      if (i > 0) readMap(from, block.edge ** 2 * block.depth);
      this.#runBlock(block, from, to);
      if (block.tap) {
        pool(to, places, block.channels, this.#poolsAt);
        pooled(new Float32Array(memory.buffer, this.#poolsAt, block.channels * POOLINGS), places);
      }
      [from, to] = [to, from];
    }
  }

  #resize({ width, height, data }: RgbImage): void {
    const { edge, scale, offset } = this.#input;
    const [columns, rows] = [cachedAxis(width, edge), cachedAxis(height, edge)];
    const rowBytes = height * edge * SAMPLES * FLOAT_BYTES;
    const axisBytes = (axis: AxisWeights): number => (axis.taps + 1) * edge * FLOAT_BYTES;
    const imageBytes = aligned(data.length);
    const needed = imageBytes + rowBytes + PADDING_BYTES + Math.max(axisBytes(columns), axisBytes(rows));
    const imageAt = this.#scratchOf(needed);
    const rowsAt = imageAt + imageBytes;
    const axisAt = rowsAt + rowBytes + PADDING_BYTES;
    const weightsAt = axisAt + edge * FLOAT_BYTES;
    new Uint8Array(this.#exports.memory.buffer, imageAt).set(data);
    this.#loadAxis(columns, axisAt);
    this.#exports.resizeRows(imageAt, width, height, edge, axisAt, weightsAt, columns.taps, rowsAt);
    this.#loadAxis(rows, axisAt);
    this.#exports.resizeColumns(rowsAt, edge, axisAt, weightsAt, rows.taps, scale, offset, this.#pictureAt);
  }

  #loadAxis({ first, weights }: AxisWeights, at: number): void {
    const { buffer } = this.#exports.memory;
    new Int32Array(buffer, at).set(first);
    new Float32Array(buffer, at + first.byteLength).set(weights);
  }

  #scratchOf(bytes: number): number {
    if (bytes > this.#scratch.bytes) {
      this.#scratch = { at: this.#exports.reserve(bytes + PADDING_BYTES), bytes };
    }
    return this.#scratch.at;
  }

  #runBlock(block: PlacedBlock, from: number, to: number): void {
    const { edge, stride, depth, expanded, channels, expansionStep, projectionStep, limit, shortcut, at } =
      block;
    this.#exports.runBlock(
      edge,
      stride,
      depth,
      expanded,
      channels,
      this.#weightsAt + at,
      expansionStep,
      projectionStep,
      limit,
      shortcut ? from : 0,
      to,
    );
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / PADDING_BYTES) * PADDING_BYTES;
}

/** The first block halves the picture; every other one reads the map before it. */
function placeBlocks(inputEdge: number, blocks: readonly PackedBlock[]): PlacedBlock[] {
  let edge = inputEdge / 2;
  return blocks.map((block) => {
    const placed = { ...block, edge, resultEdge: edge / block.stride };
    edge = placed.resultEdge;
    return placed;
  });
}
