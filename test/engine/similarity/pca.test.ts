import { describe, expect, it } from 'vitest';
import { principalAxes } from '../../../src-main/engine/similarity/pca.ts';
import { project } from '../../../src-main/engine/similarity/projection.ts';
import { clusteredVectors, gaussianFrom } from './made-vectors.ts';
import reference from './pca-reference.json' with { type: 'json' };

function rows(...values: number[][]): { vectors: Float32Array; dims: number } {
  return { vectors: Float32Array.from(values.flat()), dims: values[0]!.length };
}

describe('principal axes', () => {
  it('finds the one line that points lie on', async () => {
    const made = rows([1, 2], [2, 4], [3, 6], [6, 12]);
    const axes = await principalAxes(made, 2);
    expect(axes.explainedVariance[0]).toBeCloseTo(1, 12);
    expect(axes.explainedVariance[1]).toBeCloseTo(0, 12);
    expect(axes.mean[0]).toBeCloseTo(3, 12);
    expect(axes.axes[0]![0]).toBeCloseTo(1 / Math.sqrt(5), 6);
    expect(axes.axes[0]![1]).toBeCloseTo(2 / Math.sqrt(5), 6);
  });

  it('shares the variance as the axes of a cross do: 9 to 4 to 1', async () => {
    const made = rows([3, 0, 0], [-3, 0, 0], [0, 0, 2], [0, 0, -2], [0, 1, 0], [0, -1, 0]);
    const { axes, explainedVariance } = await principalAxes(made, 3);
    expect(explainedVariance.map((part) => part * 14)).toEqual([
      expect.closeTo(9, 10),
      expect.closeTo(4, 10),
      expect.closeTo(1, 10),
    ]);
    expect(axes.map((axis) => Array.from(axis, (loading) => Math.round(loading)))).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
    ]);
  });

  it('turns each axis so that its largest loading is positive', async () => {
    const { axes } = await principalAxes(clusteredVectors(200, 16), 5);
    for (const axis of axes) {
      const largest = axis.reduce(
        (most, loading) => (Math.abs(loading) > Math.abs(most) ? loading : most),
        0,
      );
      expect(largest).toBeGreaterThan(0);
      expect(Math.hypot(...axis)).toBeCloseTo(1, 10);
    }
  });

  it('recovers known spreads from many points, far from the origin', async () => {
    const gauss = gaussianFrom(3);
    const spreads = [4, 2, 1, 0.5];
    const values = Array.from({ length: 5_000 }, () => spreads.map((spread) => 50 + spread * gauss()));
    const { explainedVariance } = await principalAxes(rows(...values), 4);
    const whole = 16 + 4 + 1 + 0.25;
    [16, 4, 1, 0.25].forEach((variance, i) =>
      expect(Math.abs(explainedVariance[i]! - variance / whole)).toBeLessThan(0.02),
    );
  });

  it('is the same every time', async () => {
    const made = clusteredVectors(100, 12);
    expect(await principalAxes(made, 3)).toEqual(await principalAxes(made, 3));
  });

  it('says that nothing varies among equal rows', async () => {
    const made = rows([0.6, 0.8], [0.6, 0.8], [0.6, 0.8]);
    const axes = await principalAxes(made, 2);
    expect(axes.explainedVariance).toEqual([0, 0]);
    expect(Array.from(await project(made, axes), Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('stops when it is aborted', async () => {
    const made = clusteredVectors(100, 12);
    await expect(principalAxes(made, 2, { signal: AbortSignal.abort() })).rejects.toThrow('Stopped');
  });
});

describe('projection', () => {
  it('puts old and new rows on the axes', async () => {
    const axes = await principalAxes(rows([-2, 0], [2, 0], [0, 1], [0, -1]), 2);
    const coordinates = await project(rows([5, 7], [-1, 0]), axes);
    [5, 7, -1, 0].forEach((value, i) => expect(coordinates[i]).toBeCloseTo(value, 6));
  });

  it('keeps the variance that the axes claim', async () => {
    const made = clusteredVectors(400, 10);
    const axes = await principalAxes(made, 10);
    const coordinates = await project(made, axes);
    const variances = axes.axes.map((_, a) => {
      let sum = 0;
      for (let row = 0; row < 400; row++) sum += coordinates[row * 10 + a]! ** 2;
      return sum / 400;
    });
    const whole = variances.reduce((sum, variance) => sum + variance, 0);
    variances.forEach((variance, a) => expect(variance / whole).toBeCloseTo(axes.explainedVariance[a]!, 5));
  });
});

/** The same numbers as make-pca-reference.py makes. */
function referenceMatrix(): { vectors: Float32Array; dims: number } {
  const { rows: count, dims } = reference;
  const vectors = new Float32Array(count * dims);
  let state = 12_345;
  for (let row = 0; row < count; row++) {
    let shared = 0;
    for (let column = 0; column < dims; column++) {
      state = (state * 16_807) % 2_147_483_647;
      shared = 0.5 * shared + state / 2_147_483_647 - 0.5;
      vectors[row * dims + column] = 3 + shared / (column + 1);
    }
  }
  return { vectors, dims };
}

describe('against scikit-learn on a fixed matrix (figures made by make-pca-reference.py)', () => {
  it('explains the same variance, along the same axes', async () => {
    const { axes, mean, explainedVariance } = await principalAxes(referenceMatrix(), reference.dims);
    for (const [i, expected] of reference.explainedVariance.entries())
      expect(Math.abs(explainedVariance[i]! / expected - 1)).toBeLessThan(1e-4);
    for (const [i, expected] of reference.mean.entries()) expect(mean[i]).toBeCloseTo(expected, 9);
    for (const [i, axis] of reference.axes.entries())
      for (const [j, loading] of axis.entries()) expect(axes[i]![j]).toBeCloseTo(loading, 6);
  });

  it('puts a row in the same place', async () => {
    const made = referenceMatrix();
    const axes = await principalAxes(made, reference.axes.length);
    const placed = await project({ ...made, vectors: made.vectors.subarray(0, made.dims) }, axes);
    for (const [i, expected] of reference.firstRow.entries()) expect(placed[i]).toBeCloseTo(expected, 5);
  });
});
