import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blur, gaussianKernel, reflect } from '../../../../src-main/engine/features/local/gaussian-blur.ts';
import { randomNumbers } from '../made-pictures.ts';

/** The definition: every pixel is the weighted mean of the square around it, reflected at the borders. */
function naiveBlur(source: Float32Array, width: number, height: number, kernel: Float32Array): Float32Array {
  const radius = kernel.length - 1;
  return source.map((_, at) => {
    let sum = 0;
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const x = reflect((at % width) + dx, width);
        const y = reflect(Math.floor(at / width) + dy, height);
        sum += kernel[Math.abs(dx)]! * kernel[Math.abs(dy)]! * source[y * width + x]!;
      }
    }
    return sum;
  });
}

test('is the weighted mean of the square around a pixel; the difference is result - input', () => {
  const size = fc.integer({ min: 1, max: 30 });
  fc.assert(
    fc.property(
      size,
      size,
      fc.integer(),
      fc.double({ min: 0.5, max: 3.1, noNaN: true }),
      (width, height, seed, sigma) => {
        const random = randomNumbers(seed);
        const source = Float32Array.from({ length: width * height }, () => 255 * random());
        const target = new Float32Array(source.length);
        const difference = new Float32Array(source.length);
        const kernel = gaussianKernel(sigma);
        blur(source, target, width, height, kernel, difference);
        const expected = naiveBlur(source, width, height, kernel);
        for (const [i, value] of target.entries()) {
          expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-3);
          expect(difference[i]).toBe(Math.fround(value - source[i]!));
        }
      },
    ),
    { seed: 1, numRuns: 40 },
  );
});

test('the kernel is symmetric with sum 1 and has the variance of its sigma', () => {
  for (const sigma of [1, 1.6, 3.1]) {
    const kernel = gaussianKernel(sigma);
    const sum = kernel.reduce((total, weight, i) => total + weight * (i === 0 ? 1 : 2), 0);
    const variance = kernel.reduce((total, weight, i) => total + 2 * weight * i * i, 0);
    expect(sum).toBeCloseTo(1, 6);
    // Three sigmas on each side hold all but 3 % of the variance.
    expect(variance / sigma ** 2).toBeGreaterThan(0.95);
    expect(variance / sigma ** 2).toBeLessThan(1.001);
  }
});
