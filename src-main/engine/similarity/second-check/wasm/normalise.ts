/** @file As normaliseLocally in ../plain-kernels.ts. */
import { LOCAL_NOISE_VARIANCE, MID_GREY } from '../parameters';
import { RADIUS_MAX_PX, floatAt, setFloat, takeLine } from './memory';

/** Sums and sums of squares of the rows around a row, by column. */
const sums: usize = takeLine();
const squares: usize = takeLine();

export function normaliseLocally(source: usize, target: usize, width: i32, height: i32, radius: i32): void {
  const rowBytes = (<usize>width) << 2;
  for (let x: usize = 0; x < rowBytes; x += 16) {
    v128.store(sums + x, f32x4.splat(0));
    v128.store(squares + x, f32x4.splat(0));
  }
  for (let row = -radius; row < radius; row++) addRow(source, rowBytes, row, height, 1);
  for (let y = 0; y < height; y++) {
    addRow(source, rowBytes, y + radius, height, 1);
    for (let i = 1; i <= RADIUS_MAX_PX; i++) {
      setFloat(sums, -i, floatAt(sums, 0));
      setFloat(sums, width - 1 + i, floatAt(sums, width - 1));
      setFloat(squares, -i, floatAt(squares, 0));
      setFloat(squares, width - 1 + i, floatAt(squares, width - 1));
    }
    const offset = <usize>y * rowBytes;
    normaliseRow(source + offset, target + offset, rowBytes, radius);
    addRow(source, rowBytes, y - radius, height, -1);
  }
}

function addRow(source: usize, rowBytes: usize, row: i32, height: i32, sign: f32): void {
  const from = source + <usize>max(0, min(height - 1, row)) * rowBytes;
  const grey = f32x4.splat(<f32>MID_GREY);
  const signs = f32x4.splat(sign);
  for (let x: usize = 0; x < rowBytes; x += 16) {
    const value = f32x4.sub(v128.load(from + x), grey);
    const signed = f32x4.mul(value, signs);
    v128.store(sums + x, f32x4.add(v128.load(sums + x), signed));
    v128.store(squares + x, f32x4.add(v128.load(squares + x), f32x4.mul(value, signed)));
  }
}

function normaliseRow(source: usize, target: usize, rowBytes: usize, radius: i32): void {
  const pixels = (2 * radius + 1) * (2 * radius + 1);
  const share = f32x4.splat(<f32>1 / <f32>pixels);
  const grey = f32x4.splat(<f32>MID_GREY);
  const noise = f32x4.splat(<f32>LOCAL_NOISE_VARIANCE);
  const reach = (<usize>radius) << 2;
  for (let x: usize = 0; x < rowBytes; x += 16) {
    let sum = f32x4.splat(0);
    let square = f32x4.splat(0);
    for (let at = x - reach; at !== x + reach + 4; at += 4) {
      sum = f32x4.add(sum, v128.load(sums + at));
      square = f32x4.add(square, v128.load(squares + at));
    }
    const mean = f32x4.mul(sum, share);
    const variance = f32x4.max(f32x4.splat(0), f32x4.sub(f32x4.mul(square, share), f32x4.mul(mean, mean)));
    const value = f32x4.sub(f32x4.sub(v128.load(source + x), grey), mean);
    v128.store(target + x, f32x4.div(value, f32x4.sqrt(f32x4.add(variance, noise))));
  }
}
