/** @file Our own runtime of the trunk: lays out its memory and runs block after block. */
import type { RgbImage } from '../imaging/image.ts';
import type { PackedBlock, PackedTrunk } from './packed-trunk.ts';
import { POOLINGS } from './pooling.ts';
import { PADDING_BYTES, WasmResize, type ResizeExports } from './wasm-resize.ts';

const FLOAT_BYTES = 4;
const CODE_BYTES = 2;
const SAMPLES = 3;
/** 8 channels of f32. */
const TILE_PIXEL_BYTES = 32;

/** As wasm/index.ts exports it; addresses are bytes. */
interface TrunkExports extends ResizeExports {
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
  readonly #resize: WasmResize;

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
    this.#resize = new WasmResize(exports);
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
    const { edge, scale, offset } = this.#input;
    this.#resize.resize(image, edge, scale, offset, this.#pictureAt);
    const { readPicture, readMap, pool, memory } = this.#exports;
    readPicture(this.#pictureAt, edge);
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

/** The first block halves the picture; every other one reads the map before it. */
function placeBlocks(inputEdge: number, blocks: readonly PackedBlock[]): PlacedBlock[] {
  let edge = inputEdge / 2;
  return blocks.map((block) => {
    const placed = { ...block, edge, resultEdge: edge / block.stride };
    edge = placed.resultEdge;
    return placed;
  });
}
