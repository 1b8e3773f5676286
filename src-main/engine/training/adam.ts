export const ADAM_RATE = 1e-4;
const MEAN_DECAY = 0.9;
const SQUARE_DECAY = 0.999;
const EPSILON = 1e-8;

/** Adam (Kingma, Ba 2015) for one array of weights, with the moments and the bias correction of the paper. */
export class Adam {
  readonly #rate: number;
  readonly #means: Float32Array;
  readonly #squares: Float32Array;
  #steps = 0;

  constructor(size: number, rate: number = ADAM_RATE) {
    this.#rate = rate;
    this.#means = new Float32Array(size);
    this.#squares = new Float32Array(size);
  }

  /** Moves the weights in place, against the gradient. @param part of the rate that holds now, 0 to 1 */
  step(weights: Float32Array, gradient: Float32Array, part = 1): void {
    this.#steps++;
    const meanBias = 1 - MEAN_DECAY ** this.#steps;
    const squareBias = 1 - SQUARE_DECAY ** this.#steps;
    const rate = this.#rate * part;
    const [means, squares] = [this.#means, this.#squares];
    for (let i = 0; i < weights.length; i++) {
      const slope = gradient[i] ?? 0;
      const mean = MEAN_DECAY * (means[i] ?? 0) + (1 - MEAN_DECAY) * slope;
      const square = SQUARE_DECAY * (squares[i] ?? 0) + (1 - SQUARE_DECAY) * slope * slope;
      means[i] = mean;
      squares[i] = square;
      weights[i] =
        (weights[i] ?? 0) - (rate * (mean / meanBias)) / (Math.sqrt(square / squareBias) + EPSILON);
    }
  }
}
