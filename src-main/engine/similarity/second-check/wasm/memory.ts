/** @file Scratch of the loops, set aside once; planes lie behind it, where the workspace puts them. Addresses are bytes. */

/** Longest side of a raster. */
export const EDGE_MAX_PX = 1280;
/** Farthest that a blur or a box looks. */
export const RADIUS_MAX_PX = 16;
const PADDING_BYTES = 64;

export function take(bytes: i32): usize {
  return heap.alloc(<usize>(bytes + PADDING_BYTES));
}

/** A row with room on both sides. */
export function takeLine(): usize {
  return take((EDGE_MAX_PX + 4 * RADIUS_MAX_PX) * 4) + 4 * RADIUS_MAX_PX;
}

/** Input: weights of a blur (f32), the nine numbers of a map (f64), limits of a warp (f64). */
export const weights: usize = take((RADIUS_MAX_PX + 1) * 4);
export const map: usize = take(9 * 8);
export const limits: usize = take(8 * 8);
/** Output: eight rows of the normal equations, then their right sides (f32). */
export const equations: usize = take(9 * 8 * 4);

export function floatAt(address: usize, index: i32): f32 {
  return load<f32>(address + ((<usize>index) << 2));
}

export function setFloat(address: usize, index: i32, value: f32): void {
  store<f32>(address + ((<usize>index) << 2), value);
}

export function doubleAt(address: usize, index: i32): f64 {
  return load<f64>(address + ((<usize>index) << 3));
}
