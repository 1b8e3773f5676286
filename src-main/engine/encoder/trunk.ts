import type * as Tf from '@tensorflow/tfjs-core';
import type { TrunkFile, TrunkOperation } from './trunk-file.ts';

type Weights = Map<number, Tf.Tensor>;

/** The convolutional network with its weights on a backend. */
export class Trunk {
  readonly #tf: typeof Tf;
  readonly #file: TrunkFile;
  readonly #weights: Weights = new Map();
  /** For each value the number of the last operation that reads it. */
  readonly #lastUse: Int32Array;
  readonly #tapped: ReadonlySet<number>;

  constructor(tf: typeof Tf, file: TrunkFile) {
    this.#tf = tf;
    this.#file = file;
    this.#lastUse = lastUses(file.operations);
    this.#tapped = new Set(file.taps.map((tap) => tap.value));
    for (const operation of file.operations) {
      if (operation.kind === 'add') continue;
      this.#load(operation.filter);
      this.#load(operation.bias);
    }
  }

  /**
   * @param input [batch, edge, edge, 3], filled as the trunk's description says.
   * @returns the tapped values, one array a tap: batch x height x width x channels.
   */
  run(input: Float32Array, batch: number): Float32Array[] {
    const { edge } = this.#file.input;
    let taps: Tf.Tensor[] = [];
    // The arrays are read outside: what a tidy returns is walked element by element.
    this.#tf.tidy(() => {
      taps = this.#compute(this.#tf.tensor4d(input, [batch, edge, edge, 3]));
      for (const tap of taps) this.#tf.keep(tap);
    });
    try {
      return taps.map((tap) => tap.dataSync<'float32'>());
    } finally {
      for (const tap of taps) tap.dispose();
    }
  }

  dispose(): void {
    for (const tensor of this.#weights.values()) tensor.dispose();
    this.#weights.clear();
  }

  /** Frees every value after its last use: the next one finds its memory still in the cache. */
  #compute(input: Tf.Tensor4D): Tf.Tensor[] {
    const values: Tf.Tensor4D[] = [input];
    const operations = this.#file.operations;
    for (const [i, operation] of operations.entries()) {
      values.push(this.#apply(operation, values));
      for (const used of inputsOf(operation)) {
        if (this.#lastUse[used] === i && !this.#tapped.has(used)) values[used]?.dispose();
      }
    }
    return this.#file.taps.map((tap) => valueAt(values, tap.value));
  }

  #apply(operation: TrunkOperation, values: Tf.Tensor4D[]): Tf.Tensor4D {
    const tf = this.#tf;
    if (operation.kind === 'add') {
      return tf.add(valueAt(values, operation.inputs[0]), valueAt(values, operation.inputs[1]));
    }
    const shared = {
      x: valueAt(values, operation.input),
      filter: this.#weight(operation.filter.at) as Tf.Tensor4D,
      bias: this.#weight(operation.bias.at),
      strides: operation.stride,
      pad: 'same' as const,
      activation: operation.relu6 ? ('relu6' as const) : ('linear' as const),
    };
    return operation.kind === 'conv' ? tf.fused.conv2d(shared) : tf.fused.depthwiseConv2d(shared);
  }

  #load({ at, shape }: { at: number; shape: number[] }): void {
    const count = shape.reduce((product, size) => product * size, 1);
    this.#weights.set(at, this.#tf.tensor(this.#file.weights.subarray(at, at + count), shape));
  }

  #weight(at: number): Tf.Tensor {
    const tensor = this.#weights.get(at);
    if (tensor === undefined) throw new Error('The trunk was disposed of.');
    return tensor;
  }
}

function inputsOf(operation: TrunkOperation): readonly number[] {
  return operation.kind === 'add' ? operation.inputs : [operation.input];
}

function lastUses(operations: readonly TrunkOperation[]): Int32Array {
  const last = new Int32Array(operations.length + 1).fill(-1);
  for (const [i, operation] of operations.entries()) {
    for (const used of inputsOf(operation)) last[used] = i;
  }
  return last;
}

function valueAt(values: readonly Tf.Tensor4D[], index: number): Tf.Tensor4D {
  const value = values[index];
  if (value === undefined) throw new Error(`The trunk reads value ${index} before it is computed.`);
  return value;
}
