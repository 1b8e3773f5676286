/** @file As blur in ../plain-kernels.ts. */
import { RADIUS_MAX_PX, floatAt, setFloat, take, takeLine, weights } from './memory';

const line: usize = takeLine();

/** Reads the weights from `weights`. */
export function blur(source: usize, target: usize, width: i32, height: i32, radius: i32): void {
  const rowBytes = (<usize>width) << 2;
  for (let y = 0; y < height; y++) {
    blurDown(source, rowBytes, y, height, radius);
    for (let i = 1; i <= RADIUS_MAX_PX; i++) {
      setFloat(line, -i, floatAt(line, 0));
      setFloat(line, width - 1 + i, floatAt(line, width - 1));
    }
    blurAlong(target + <usize>y * rowBytes, rowBytes, radius);
  }
}

/** Addresses of the rows above and below, by distance. */
const rowsAround: usize = take((RADIUS_MAX_PX + 1) * 8);

function blurDown(source: usize, rowBytes: usize, y: i32, height: i32, radius: i32): void {
  const row = source + <usize>y * rowBytes;
  for (let i = 1; i <= radius; i++) {
    const at = rowsAround + <usize>(i * 8);
    store<usize>(at, source + <usize>max(0, y - i) * rowBytes);
    store<usize>(at, source + <usize>min(height - 1, y + i) * rowBytes, 4);
  }
  const centre = v128.load32_splat(weights);
  for (let x: usize = 0; x < rowBytes; x += 32) {
    let a = f32x4.mul(v128.load(row + x), centre);
    let b = f32x4.mul(v128.load(row + x, 16), centre);
    for (let i = 1; i <= radius; i++) {
      const at = rowsAround + <usize>(i * 8);
      const above = load<usize>(at) + x;
      const below = load<usize>(at, 4) + x;
      const weight = v128.load32_splat(weights + ((<usize>i) << 2));
      a = f32x4.add(a, f32x4.mul(f32x4.add(v128.load(above), v128.load(below)), weight));
      b = f32x4.add(b, f32x4.mul(f32x4.add(v128.load(above, 16), v128.load(below, 16)), weight));
    }
    v128.store(line + x, a);
    v128.store(line + x, b, 16);
  }
}

function blurAlong(target: usize, rowBytes: usize, radius: i32): void {
  const centre = v128.load32_splat(weights);
  for (let x: usize = 0; x < rowBytes; x += 16) {
    const at = line + x;
    let sum = f32x4.mul(v128.load(at), centre);
    for (let i = 1; i <= radius; i++) {
      const distance = (<usize>i) << 2;
      const both = f32x4.add(v128.load(at - distance), v128.load(at + distance));
      sum = f32x4.add(sum, f32x4.mul(both, v128.load32_splat(weights + distance)));
    }
    v128.store(target + x, sum);
  }
}
