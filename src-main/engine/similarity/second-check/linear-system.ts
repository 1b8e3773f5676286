/**
 * Gaussian elimination with row pivots.
 * @param matrix n x n, row major; overwritten, as is `right`
 * @returns the solution, in `right`; null when the matrix is singular
 */
export function solve(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const n = right.length;
  for (let i = 0; i < n; i++) {
    if (!bringPivot(matrix, right, i)) return null;
    const pivot = matrix[i * n + i] ?? 1;
    for (let row = i + 1; row < n; row++) {
      const factor = (matrix[row * n + i] ?? 0) / pivot;
      if (factor === 0) continue;
      for (let k = i; k < n; k++) {
        matrix[row * n + k] = (matrix[row * n + k] ?? 0) - factor * (matrix[i * n + k] ?? 0);
      }
      right[row] = (right[row] ?? 0) - factor * (right[i] ?? 0);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i] ?? 0;
    for (let k = i + 1; k < n; k++) sum -= (matrix[i * n + k] ?? 0) * (right[k] ?? 0);
    right[i] = sum / (matrix[i * n + i] ?? 1);
  }
  return right;
}

const PIVOT_MIN = 1e-9;

function bringPivot(matrix: Float64Array, right: Float64Array, i: number): boolean {
  const n = right.length;
  let best = i;
  for (let row = i + 1; row < n; row++) {
    if (Math.abs(matrix[row * n + i] ?? 0) > Math.abs(matrix[best * n + i] ?? 0)) best = row;
  }
  if (Math.abs(matrix[best * n + i] ?? 0) < PIVOT_MIN) return false;
  if (best === i) return true;
  for (let k = i; k < n; k++) {
    const value = matrix[i * n + k] ?? 0;
    matrix[i * n + k] = matrix[best * n + k] ?? 0;
    matrix[best * n + k] = value;
  }
  const value = right[i] ?? 0;
  right[i] = right[best] ?? 0;
  right[best] = value;
  return true;
}

/** Copies the upper triangle to the lower one. */
export function mirrorTriangle(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let k = 0; k < i; k++) matrix[i * n + k] = matrix[k * n + i] ?? 0;
}
