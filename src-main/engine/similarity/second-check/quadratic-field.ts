/** @file Smooth fields over a picture: quadratic polynomials of the place, both coordinates from -1 to 1. */

export const FIELD_TERMS = 6;

/** Writes 1, X, Y, X X, X Y, Y Y. */
export function fieldTerms(x: number, y: number, width: number, height: number, terms: Float64Array): void {
  const across = (2 * x) / width - 1;
  const down = (2 * y) / height - 1;
  terms[0] = 1;
  terms[1] = across;
  terms[2] = down;
  terms[3] = across * across;
  terms[4] = across * down;
  terms[5] = down * down;
}

export function fieldAt(field: Float64Array, terms: Float64Array, from = 0): number {
  let sum = 0;
  for (let i = 0; i < FIELD_TERMS; i++) sum += (field[from + i] ?? 0) * (terms[i] ?? 0);
  return sum;
}

/** Calls `paint` for each pixel with the field's value: constant and slope change by row, the rest along it. */
export function paintField(
  field: Float64Array,
  from: number,
  width: number,
  height: number,
  target: Float32Array,
): void {
  const part = (i: number): number => field[from + i] ?? 0;
  for (let y = 0; y < height; y++) {
    const down = (2 * y) / height - 1;
    const constant = part(0) + part(2) * down + part(5) * down * down;
    const slope = part(1) + part(4) * down;
    const square = part(3);
    for (let x = 0; x < width; x++) {
      const across = (2 * x) / width - 1;
      target[y * width + x] = constant + (slope + square * across) * across;
    }
  }
}
