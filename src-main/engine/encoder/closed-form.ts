import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { HeadWeights } from './head.ts';
import { signedRoot } from './head.ts';

export interface ClosedFormOptions {
  /** Numbers of an embedding. */
  dims: number;
  /** Axes kept by the first projection. */
  pcaDims: number;
  /** Added to the within-photo scatter, as a part of its mean eigenvalue. */
  ridge: number;
}

export const DEFAULT_CLOSED_FORM: ClosedFormOptions = { dims: 256, pcaDims: 512, ridge: 0.1 };

/** Features of one photo and of its damaged views, all of one length. */
export interface PhotoViews {
  clean: Float32Array;
  views: Float32Array[];
}

/** Keeps the deviation of a feature that hardly varies from blowing it up. */
const MIN_DEVIATION = 1e-3;

/**
 * Linear discriminant in closed form (Fisher 1936, with shrinkage): standardise by the clean photos, reduce to the
 * main axes, whiten what damage changes within a photo, then keep the axes on which photos differ most.
 */
export function fitClosedForm(photos: readonly PhotoViews[], options: ClosedFormOptions): HeadWeights {
  const { mean, deviation, basis, rotation } = fitDiscriminant(photos, options);
  return { mean, deviation, matrix: Float32Array.from(rotation.mmul(basis).to1DArray()) };
}

/** The closed form before its last product, for who goes on learning from there. */
export interface Discriminant extends Pick<HeadWeights, 'mean' | 'deviation'> {
  /** From standardised features to whitened main axes: pcaDims x features. */
  basis: Matrix;
  /** From those to the axes on which photos differ most: dims x pcaDims. */
  rotation: Matrix;
}

/** See {@link fitClosedForm}. */
export function fitDiscriminant(photos: readonly PhotoViews[], options: ClosedFormOptions): Discriminant {
  const clean = photos.map((photo) => photo.clean.map(signedRoot));
  const { mean, deviation } = moments(clean);
  const standard = (roots: Float32Array): Float64Array =>
    Float64Array.from(roots, (value, i) => (value - (mean[i] ?? 0)) / (deviation[i] ?? 1));
  const cleanRows = clean.map(standard);
  const viewRows = photos.map((photo) => photo.views.map((view) => standard(view.map(signedRoot))));

  const axes = mainAxes(scatter([...cleanRows, ...viewRows.flat()]), options.pcaDims);
  const differences = viewRows.flatMap((rows, photo) =>
    rows.map((row) => row.map((value, i) => value - (cleanRows[photo]?.[i] ?? 0))),
  );
  const within = axes.mmul(scatter(differences)).mmul(axes.transpose());
  const ridge = (options.ridge * within.trace()) / within.rows;
  for (let i = 0; i < within.rows; i++) within.set(i, i, within.get(i, i) + ridge);
  const whitened = inverseRoot(within).mmul(axes);

  const between = whitened.mmul(scatter(cleanRows)).mmul(whitened.transpose());
  return { mean, deviation, basis: whitened, rotation: mainAxes(between, options.dims) };
}

function moments(rows: readonly Float32Array[]): { mean: Float32Array; deviation: Float32Array } {
  const length = rows[0]?.length ?? 0;
  const sums = new Float64Array(length);
  const squares = new Float64Array(length);
  for (const row of rows) {
    for (const [i, value] of row.entries()) sums[i] = (sums[i] ?? 0) + value;
  }
  const mean = Float32Array.from(sums, (sum) => sum / rows.length);
  for (const row of rows) {
    for (const [i, value] of row.entries()) squares[i] = (squares[i] ?? 0) + (value - (mean[i] ?? 0)) ** 2;
  }
  return {
    mean,
    deviation: Float32Array.from(squares, (sum) => Math.sqrt(sum / rows.length) + MIN_DEVIATION),
  };
}

/** Mean of the outer products of the rows with themselves. */
export function scatter(rows: readonly Float64Array[]): Matrix {
  const size = rows[0]?.length ?? 0;
  const sums = new Float64Array(size * size);
  for (const row of rows) {
    for (let i = 0; i < size; i++) {
      const factor = row[i] ?? 0;
      const at = i * size;
      for (let j = 0; j <= i; j++) sums[at + j] = (sums[at + j] ?? 0) + factor * (row[j] ?? 0);
    }
  }
  const matrix = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = (sums[i * size + j] ?? 0) / rows.length;
      matrix.set(i, j, value);
      matrix.set(j, i, value);
    }
  }
  return matrix;
}

/** The `count` eigenvectors of the largest eigenvalues as rows, largest first; signs are fixed. */
export function mainAxes(symmetric: Matrix, count: number): Matrix {
  const { eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const size = symmetric.rows;
  const kept = Math.min(count, size);
  const axes = new Matrix(kept, size);
  for (let k = 0; k < kept; k++) {
    const column = eigenvectorMatrix.getColumn(size - 1 - k); // ascending eigenvalues
    const largest = column.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    axes.setRow(
      k,
      column.map((value) => (largest < 0 ? -value : value)),
    );
  }
  return axes;
}

/** The symmetric inverse square root of a positive definite matrix. */
function inverseRoot(symmetric: Matrix): Matrix {
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(symmetric, {
    assumeSymmetric: true,
  });
  const scaled = eigenvectorMatrix.clone();
  for (const [k, value] of realEigenvalues.entries()) scaled.mulColumn(k, 1 / Math.sqrt(value));
  return scaled.mmul(eigenvectorMatrix.transpose());
}
