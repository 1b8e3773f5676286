/** @file Power at each frequency of short rows of pixels. */

/** Pixels of a row; a power of two. */
export const ROW_PX = 128;
/** Frequencies 0 to a half, in steps of 1 / ROW_PX cycles a pixel; the last is the highest that pixels can hold. */
export const FREQUENCIES = ROW_PX / 2 + 1;

const window = Float64Array.from(
  { length: ROW_PX },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / ROW_PX),
);
const windowEnergy = window.reduce((sum, value) => sum + value * value, 0);
const cosines = Float64Array.from({ length: ROW_PX }, (_, i) => Math.cos((2 * Math.PI * i) / ROW_PX));
const sines = Float64Array.from({ length: ROW_PX }, (_, i) => Math.sin((2 * Math.PI * i) / ROW_PX));

/** Adds the power of rows of a grey picture up. White noise of variance v has the power v at every frequency. */
export class Spectrum {
  readonly #real = new Float64Array(ROW_PX);
  readonly #imaginary = new Float64Array(ROW_PX);
  readonly #power = new Float64Array(FREQUENCIES);
  #rows = 0;

  /** @param step from one pixel of the row to the next: 1 along a line, the picture's width along a column */
  add(grey: Uint8Array, start: number, step: number): void {
    let mean = 0;
    for (let i = 0; i < ROW_PX; i++) mean += grey[start + i * step] ?? 0;
    mean /= ROW_PX;
    for (let i = 0; i < ROW_PX; i++) {
      this.#real[i] = ((grey[start + i * step] ?? 0) - mean) * (window[i] ?? 0);
    }
    this.#imaginary.fill(0);
    transform(this.#real, this.#imaginary);
    for (let f = 0; f < FREQUENCIES; f++) {
      const [re, im] = [this.#real[f] ?? 0, this.#imaginary[f] ?? 0];
      this.#power[f] = (this.#power[f] ?? 0) + (re * re + im * im) / windowEnergy;
    }
    this.#rows++;
  }

  /** Mean over the rows. */
  power(): Float64Array {
    return this.#power.map((sum) => (this.#rows === 0 ? 0 : sum / this.#rows));
  }
}

/** Fast Fourier transform in place (Cooley and Tukey, radix 2). */
function transform(real: Float64Array, imaginary: Float64Array): void {
  reverseBits(real);
  for (let size = 2; size <= ROW_PX; size *= 2) {
    const half = size / 2;
    const stride = ROW_PX / size;
    for (let from = 0; from < ROW_PX; from += size) {
      for (let i = 0; i < half; i++) {
        const [cos, sin] = [cosines[i * stride] ?? 0, sines[i * stride] ?? 0];
        const [p, q] = [from + i, from + i + half];
        const [re, im] = [real[q] ?? 0, imaginary[q] ?? 0];
        const [turnedRe, turnedIm] = [re * cos + im * sin, im * cos - re * sin];
        const [baseRe, baseIm] = [real[p] ?? 0, imaginary[p] ?? 0];
        real[q] = baseRe - turnedRe;
        imaginary[q] = baseIm - turnedIm;
        real[p] = baseRe + turnedRe;
        imaginary[p] = baseIm + turnedIm;
      }
    }
  }
}

function reverseBits(values: Float64Array): void {
  for (let i = 1, j = 0; i < ROW_PX; i++) {
    let bit = ROW_PX >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [values[i], values[j]] = [values[j] ?? 0, values[i] ?? 0];
  }
}
