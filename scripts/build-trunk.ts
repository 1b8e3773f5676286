/**
 * @file Makes the encoder's trunk out of the weights inside the npm package nsfwjs (MIT), which are used as a
 * generic feature extractor only: the first blocks of `mobilenet_v2_mid` with their four taps. Writes to out/encoder
 * trunk.json and trunk.bin for TensorFlow.js, packed-trunk.json, packed-trunk.bin and trunk.wasm for our own runtime,
 * and head.wasm, which computes the head.
 * Deterministic. Run: node scripts/build-trunk.ts [--output FOLDER]
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PACKED_JSON, PACKED_WEIGHTS, TRUNK_WASM } from '../src-main/engine/encoder/packed-trunk.ts';
import {
  TRUNK_JSON,
  TRUNK_WEIGHTS,
  type TrunkDescription,
  type TrunkOperation,
} from '../src-main/engine/encoder/trunk-file.ts';
import { HEAD_WASM } from '../src-main/engine/encoder/wasm-head.ts';
import { compileAssembly } from './assembly-script.ts';
import { packTrunk, type Constant } from './pack-trunk.ts';

const NETWORK = 'mobilenet_v2_mid';
const INPUT_EDGE_PX = 128;
/** Ends of the names of the values that are pooled; nothing after the last one is kept. */
const TAPS = ['expanded_conv_2/add', 'expanded_conv_5/add', 'expanded_conv_9/add', 'expanded_conv_12/add'];

interface WeightEntry {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: { min: number; scale: number; dtype: string };
}

interface GraphNode {
  name: string;
  op: string;
  input?: string[];
  attr?: {
    strides?: { list?: { i?: string[] } };
    padding?: { s?: string };
    fused_ops?: { list?: { s?: string[] } };
  };
}

interface GraphModel {
  modelTopology: { node: GraphNode[] };
  weightsManifest: { paths: string[]; weights: WeightEntry[] }[];
}

const require = createRequire(import.meta.url);
const packageRoot = resolve(dirname(require.resolve('nsfwjs')), '../..');

/** The modules of the package are bundles that export a value, or carry it as `default`. */
function load(file: string): unknown {
  const loaded: unknown = require(join(packageRoot, 'dist/models', NETWORK, file));
  return typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : loaded;
}

function loadModel(): GraphModel {
  const model = load('model.min.js');
  return (typeof model === 'string' ? JSON.parse(model) : model) as GraphModel;
}

/** Weights are 8-bit numbers with a minimum and a step each, one after the other in the joined shards. */
function decodeWeights(model: GraphModel): Map<string, Constant> {
  const constants = new Map<string, Constant>();
  for (const group of model.weightsManifest) {
    const bytes = Buffer.concat(
      group.paths.map((path) => Buffer.from(load(`${path}.min.js`) as string, 'base64')),
    );
    let at = 0;
    for (const { name, shape, quantization } of group.weights) {
      if (quantization?.dtype !== 'uint8') throw new Error(`${name}: expected weights of 8 bits.`);
      const { min, scale } = quantization;
      const count = shape.reduce((product, size) => product * size, 1);
      // tfjs computes min + step in double precision and rounds once.
      const levels = Uint8Array.from(bytes.subarray(at, at + count));
      const values = Float32Array.from(levels, (level) => level * scale + min);
      if (values.length !== count) throw new Error(`${name}: its shard ends too early.`);
      constants.set(name, { shape, values, levels, min, scale });
      at += count;
    }
    if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes of weights are left over.`);
  }
  return constants;
}

class TrunkBuilder {
  readonly operations: TrunkOperation[] = [];
  readonly taps: TrunkDescription['taps'] = [];
  readonly #constants: Map<string, Constant>;
  readonly #values = new Map<string, number>();
  readonly #stored = new Map<number, Constant>();
  #floats = 0;

  constructor(constants: Map<string, Constant>) {
    this.#constants = constants;
  }

  /** The input's scaling is done where the input is filled: padding comes after it, so it can't be folded. */
  addInput(name: string): void {
    this.#values.set(name, 0);
  }

  add(node: GraphNode): void {
    if (node.op === '_FusedConv2D' || node.op === 'FusedDepthwiseConv2dNative') this.#addConvolution(node);
    else if (node.op === 'AddV2') this.#addAddition(node);
    else throw new Error(`${node.name}: no trunk has an operation ${node.op}.`);
    this.#values.set(node.name, this.operations.length);
    if (TAPS.some((tap) => node.name.endsWith(`/${tap}`))) {
      const channels = this.#channels(this.operations.length);
      this.taps.push({ value: this.operations.length, channels });
    }
  }

  weights(): Buffer {
    const all = new Float32Array(this.#floats);
    for (const [at, { values }] of this.#stored) all.set(values, at);
    return Buffer.from(all.buffer);
  }

  /** The constant that lies at this float of the weights. */
  constantAt(at: number): Constant {
    const constant = this.#stored.get(at);
    if (constant === undefined) throw new Error(`No constant lies at ${at}.`);
    return constant;
  }

  #addConvolution(node: GraphNode): void {
    const [input, filter, bias] = node.input ?? [];
    if (decode(node.attr?.padding?.s) !== 'SAME') throw new Error(`${node.name}: padding is not SAME.`);
    const stride = Number(node.attr?.strides?.list?.i?.[1]);
    if (stride !== 1 && stride !== 2) throw new Error(`${node.name}: stride ${stride}.`);
    this.operations.push({
      kind: node.op === '_FusedConv2D' ? 'conv' : 'depthwise',
      input: this.#valueOf(input),
      stride,
      relu6: (node.attr?.fused_ops?.list?.s ?? []).some((name) => decode(name) === 'Relu6'),
      filter: this.#store(filter),
      bias: this.#store(bias),
    });
  }

  #addAddition(node: GraphNode): void {
    const [a, b] = node.input ?? [];
    this.operations.push({ kind: 'add', inputs: [this.#valueOf(a), this.#valueOf(b)] });
  }

  #channels(value: number): number {
    const operation = this.operations[value - 1];
    if (operation === undefined) return 3;
    if (operation.kind === 'add') return this.#channels(operation.inputs[0]);
    return operation.bias.shape[0] ?? 0;
  }

  #valueOf(name: string | undefined): number {
    const value = this.#values.get(name ?? '');
    if (value === undefined) throw new Error(`${name ?? 'An input'} is used before it is computed.`);
    return value;
  }

  #store(name: string | undefined): { at: number; shape: number[] } {
    const constant = this.#constants.get(name ?? '');
    if (constant === undefined) throw new Error(`${name ?? 'A constant'} has no weights.`);
    const at = this.#floats;
    this.#stored.set(at, constant);
    this.#floats += constant.values.length;
    return { at, shape: constant.shape };
  }
}

function decode(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString('utf8');
}

/** The graph starts with `input * multiplier - subtrahend`, on pixels of 0..1; everything after reads its result. */
function inputScaling(
  nodes: GraphNode[],
  constants: Map<string, Constant>,
): { scale: number; offset: number } {
  const constantOf = (op: string): number => {
    const node = nodes.find((candidate) => candidate.op === op && candidate.name.endsWith(`hub_input/${op}`));
    const name = node?.input?.find((input) => constants.has(input));
    const value = constants.get(name ?? '')?.values[0];
    if (value === undefined) throw new Error(`The graph has no input scaling "${op}".`);
    return value;
  };
  return { scale: constantOf('Mul') / 255, offset: -constantOf('Sub') };
}

function buildTrunk(): {
  description: TrunkDescription;
  weights: Buffer;
  packed: ReturnType<typeof packTrunk>;
} {
  const model = loadModel();
  const constants = decodeWeights(model);
  const nodes = model.modelTopology.node.filter((node) => node.op !== 'Const');
  const start = nodes.findIndex((node) => node.name.endsWith('hub_input/Sub'));
  const end = nodes.findIndex((node) => node.name.endsWith(`/${TAPS.at(-1) ?? ''}`));
  const input = nodes[start];
  if (input === undefined || end < 0) throw new Error(`${NETWORK} has another graph than expected.`);
  const builder = new TrunkBuilder(constants);
  builder.addInput(input.name);
  for (const node of nodes.slice(start + 1, end + 1)) builder.add(node);
  if (builder.taps.length !== TAPS.length) throw new Error('A tap is missing in the graph.');
  const weights = builder.weights();
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const description = {
    name: `nsfwjs ${version} ${NETWORK}, ${INPUT_EDGE_PX} px, to block 12`,
    input: { edge: INPUT_EDGE_PX, ...inputScaling(nodes, constants) },
    operations: builder.operations,
    taps: builder.taps,
    sha256: createHash('sha256').update(weights).digest('hex'),
  };
  return { description, weights, packed: packTrunk(description, (at) => builder.constantAt(at)) };
}

const { values } = parseArgs({ options: { output: { type: 'string' } } });
const output = resolve(values.output ?? join(import.meta.dirname, '../out/encoder'));
const { description, weights, packed } = buildTrunk();
mkdirSync(output, { recursive: true });
writeFileSync(join(output, TRUNK_WEIGHTS), weights);
writeFileSync(join(output, TRUNK_JSON), JSON.stringify(description));
writeFileSync(join(output, PACKED_WEIGHTS), packed.weights);
writeFileSync(join(output, PACKED_JSON), JSON.stringify(packed.description));
compileAssembly('src-main/engine/encoder/wasm/index.ts', join(output, TRUNK_WASM));
compileAssembly('src-main/engine/encoder/wasm/head.ts', join(output, HEAD_WASM));
console.log(
  `Trunk: ${description.operations.length} operations, ${(weights.length / 1e6).toFixed(1)} MB, packed ` +
    `${(packed.weights.length / 1e6).toFixed(1)} MB, in ${output}`,
);
