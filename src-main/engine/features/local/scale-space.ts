/** @file Pyramid of Gaussians and their differences (Lowe 2004, section 3). */
import {
  BASE_SIGMA_PX,
  DIFFERENCES,
  GAUSSIANS,
  GREY_EDGE_PX,
  INPUT_SIGMA_PX,
  INTERVALS,
  OCTAVES_MAX,
  OCTAVE_EDGE_MIN_PX,
} from '../parameters.ts';
import { blur, gaussianKernel } from './gaussian-blur.ts';
import { type GreyImage } from './grey.ts';

/** Levels of one size, row major; the arrays are longer than width * height. */
export interface Octave {
  width: number;
  height: number;
  /** Pixels of the grey picture along a side of one pixel here: 1, 2, 4 ... */
  pixel: number;
  /** Level i has sigma BASE_SIGMA_PX * 2^(i / INTERVALS). */
  gaussians: Float32Array[];
  /** Level i is gaussians[i + 1] - gaussians[i]. */
  differences: Float32Array[];
}

const firstKernel = gaussianKernel(Math.sqrt(BASE_SIGMA_PX ** 2 - INPUT_SIGMA_PX ** 2));

/** From level i - 1 to level i; Gaussians' variances add. */
const stepKernels = Array.from({ length: GAUSSIANS }, (_, i) => {
  const before = levelSigma(i - 1);
  return gaussianKernel(Math.sqrt(levelSigma(i) ** 2 - before ** 2));
});

/** Pixels of the octave; `level` may lie between two levels. */
export function levelSigma(level: number): number {
  return BASE_SIGMA_PX * 2 ** (level / INTERVALS);
}

/** Holds the arrays of all levels, which every photo uses again. */
export class ScaleSpace {
  readonly #octaves: Octave[];

  constructor() {
    this.#octaves = Array.from({ length: OCTAVES_MAX }, (_, o) => {
      const levels = (count: number): Float32Array[] =>
        Array.from({ length: count }, () => new Float32Array((GREY_EDGE_PX >> o) ** 2));
      return {
        width: 0,
        height: 0,
        pixel: 1 << o,
        gaussians: levels(GAUSSIANS),
        differences: levels(DIFFERENCES),
      };
    });
  }

  /** @returns octaves whose arrays the next call overwrites; none when the picture is too narrow */
  build(grey: GreyImage): Octave[] {
    let { width, height } = grey;
    let above: Octave | undefined;
    const built: Octave[] = [];
    for (const octave of this.#octaves) {
      if (Math.min(width, height) < OCTAVE_EDGE_MIN_PX) break;
      octave.width = width;
      octave.height = height;
      const [base] = octave.gaussians;
      if (base === undefined) break;
      if (above === undefined) blur(grey.data, base, width, height, firstKernel);
      else halve(above, octave, base);
      blurLevels(octave);
      built.push(octave);
      above = octave;
      width >>= 1;
      height >>= 1;
    }
    return built;
  }
}

function blurLevels({ width, height, gaussians, differences }: Octave): void {
  for (let i = 1; i < GAUSSIANS; i++) {
    const [source, target, kernel] = [gaussians[i - 1], gaussians[i], stepKernels[i]];
    if (source === undefined || target === undefined || kernel === undefined) continue;
    blur(source, target, width, height, kernel, differences[i - 1]);
  }
}

/** The level of twice the base's sigma, 2 x 2 pixels averaged. */
function halve(above: Octave, octave: Octave, base: Float32Array): void {
  const source = above.gaussians[INTERVALS] ?? base;
  for (let y = 0; y < octave.height; y++) {
    let from = 2 * y * above.width;
    for (let x = 0, at = y * octave.width; x < octave.width; x++, at++, from += 2) {
      const upper = (source[from] ?? 0) + (source[from + 1] ?? 0);
      const lower = (source[from + above.width] ?? 0) + (source[from + above.width + 1] ?? 0);
      base[at] = (upper + lower) / 4;
    }
  }
}
