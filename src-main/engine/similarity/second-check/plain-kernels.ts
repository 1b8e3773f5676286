import { type Homography } from './homography.ts';
import { BLOCK_PX, BLOCK_SUMS, type Bounds, CELL_PX, CELL_SUMS, type Kernels } from './kernels.ts';
import { BLUR_RADIUS_SIGMAS, CUBIC_PHASES, LOCAL_NOISE_VARIANCE, MID_GREY } from './parameters.ts';
import { addEquations, measureResiduals, pickSamples } from './plain-residuals.ts';
import { plainWorkspace, type Plane } from './workspace.ts';

export function createPlainKernels(): Kernels {
  return {
    kind: 'plain',
    workspace: plainWorkspace(),
    blur,
    normaliseLocally,
    warp,
    sumBlocks,
    sumCells,
    pickSamples,
    measureResiduals,
    addEquations,
  };
}

/** weights[i] of the pixels i to either side. */
export function blurWeights(sigma: number): Float32Array {
  const radius = Math.ceil(BLUR_RADIUS_SIGMAS * sigma);
  const bell = (i: number): number => Math.exp(-(i * i) / (2 * sigma * sigma));
  let sum = 1;
  for (let i = 1; i <= radius; i++) sum += 2 * bell(i);
  return Float32Array.from({ length: radius + 1 }, (_, i) => bell(i) / sum);
}

function blur(source: Plane, target: Plane, sigma: number): void {
  const { width, height, data } = source;
  const weights = blurWeights(sigma);
  const radius = weights.length - 1;
  const line = new Float32Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    sumRows(data, width, height, y, weights, line.subarray(radius));
    line.fill(line[radius] ?? 0, 0, radius);
    line.fill(line[radius + width - 1] ?? 0, radius + width);
    sumAlong(line, weights, target.data.subarray(y * width, (y + 1) * width));
  }
}

/** The vertical pass of row y. */
function sumRows(
  data: Float32Array,
  width: number,
  height: number,
  y: number,
  weights: Float32Array,
  line: Float32Array,
): void {
  const centre = weights[0] ?? 0;
  const row = y * width;
  for (let x = 0; x < width; x++) line[x] = centre * (data[row + x] ?? 0);
  for (let i = 1; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    const above = Math.max(0, y - i) * width;
    const below = Math.min(height - 1, y + i) * width;
    for (let x = 0; x < width; x++) {
      line[x] = (line[x] ?? 0) + weight * ((data[above + x] ?? 0) + (data[below + x] ?? 0));
    }
  }
}

function sumAlong(line: Float32Array, weights: Float32Array, target: Float32Array): void {
  const radius = weights.length - 1;
  const centre = weights[0] ?? 0;
  for (let x = 0; x < target.length; x++) {
    let sum = centre * (line[x + radius] ?? 0);
    for (let i = 1; i <= radius; i++) {
      sum += (weights[i] ?? 0) * ((line[x + radius - i] ?? 0) + (line[x + radius + i] ?? 0));
    }
    target[x] = sum;
  }
}

function normaliseLocally(source: Plane, target: Plane, radius: number): void {
  const { width, height, data } = source;
  const sums = new Float32Array(width);
  const squares = new Float32Array(width);
  const addRow = (row: number, sign: number): void => {
    const at = Math.min(height - 1, Math.max(0, row)) * width;
    for (let x = 0; x < width; x++) {
      const value = (data[at + x] ?? 0) - MID_GREY;
      sums[x] = (sums[x] ?? 0) + sign * value;
      squares[x] = (squares[x] ?? 0) + sign * value * value;
    }
  };
  for (let row = -radius; row < radius; row++) addRow(row, 1);
  for (let y = 0; y < height; y++) {
    addRow(y + radius, 1);
    normaliseRow(source, target, y, radius, sums, squares);
    addRow(y - radius, -1);
  }
}

/** @param sums of the 2 radius + 1 rows around row y, by column; squares likewise */
function normaliseRow(
  { width, data }: Plane,
  target: Plane,
  y: number,
  radius: number,
  sums: Float32Array,
  squares: Float32Array,
): void {
  const share = 1 / (2 * radius + 1) ** 2;
  const last = width - 1;
  let sum = 0;
  let square = 0;
  for (let x = -radius; x < radius; x++) {
    const column = Math.min(last, Math.max(0, x));
    sum += sums[column] ?? 0;
    square += squares[column] ?? 0;
  }
  for (let x = 0; x < width; x++) {
    const right = Math.min(last, x + radius);
    const left = Math.max(0, x - radius);
    sum += sums[right] ?? 0;
    square += squares[right] ?? 0;
    const mean = sum * share;
    const variance = Math.max(0, square * share - mean * mean);
    const value = (data[y * width + x] ?? 0) - MID_GREY - mean;
    target.data[y * width + x] = value / Math.sqrt(variance + LOCAL_NOISE_VARIANCE);
    sum -= sums[left] ?? 0;
    square -= squares[left] ?? 0;
  }
}

function warp(
  source: Plane,
  [m0, m1, m2, m3, m4, m5, m6, m7, m8]: Homography,
  inTarget: Bounds,
  inSource: Bounds,
  target: Plane,
  mask: Uint8Array,
): void {
  const { width, height } = target;
  target.data.fill(0);
  mask.fill(0);
  const right = Math.min(width - 1, Math.floor(inTarget.right));
  const bottom = Math.min(height - 1, Math.floor(inTarget.bottom));
  for (let y = Math.max(0, Math.ceil(inTarget.top)); y <= bottom; y++) {
    for (let x = Math.max(0, Math.ceil(inTarget.left)); x <= right; x++) {
      const z = m6 * x + m7 * y + m8;
      const u = (m0 * x + m1 * y + m2) / z;
      const v = (m3 * x + m4 * y + m5) / z;
      if (!(u >= inSource.left && u <= inSource.right && v >= inSource.top && v <= inSource.bottom)) continue;
      target.data[y * width + x] = cubicAt(source, u, v);
      mask[y * width + x] = 1;
    }
  }
}

const cubicWeights = Float32Array.from({ length: 4 * (CUBIC_PHASES + 1) }, (_, i) => {
  const f = Math.floor(i / 4) / CUBIC_PHASES;
  if (i % 4 === 0) return ((-0.5 * f + 1) * f - 0.5) * f;
  if (i % 4 === 1) return (1.5 * f - 2.5) * f * f + 1;
  return i % 4 === 2 ? ((-1.5 * f + 2) * f + 0.5) * f : (0.5 * f - 0.5) * f * f;
});

/** Four rows of four pixels must lie around the place. */
function cubicAt({ width, data }: Plane, u: number, v: number): number {
  const column = Math.floor(u);
  const row = Math.floor(v);
  const across = 4 * Math.floor((u - column) * CUBIC_PHASES + 0.5);
  const down = 4 * Math.floor((v - row) * CUBIC_PHASES + 0.5);
  const w0 = cubicWeights[across] ?? 0;
  const w1 = cubicWeights[across + 1] ?? 0;
  const w2 = cubicWeights[across + 2] ?? 0;
  const w3 = cubicWeights[across + 3] ?? 0;
  let sum = 0;
  for (let k = 0, at = (row - 1) * width + column - 1; k < 4; k++, at += width) {
    const along =
      w0 * (data[at] ?? 0) + w1 * (data[at + 1] ?? 0) + w2 * (data[at + 2] ?? 0) + w3 * (data[at + 3] ?? 0);
    sum += (cubicWeights[down + k] ?? 0) * along;
  }
  return sum;
}

function sumBlocks(a: Plane, b: Plane, mask: Uint8Array, sums: Float32Array): void {
  const { width, height } = a;
  sums.fill(0);
  const columns = Math.ceil(width / BLOCK_PX);
  for (let y = 0; y < height; y++) {
    const blockRow = Math.floor(y / BLOCK_PX) * columns;
    for (let column = 0; column < columns; column++) {
      const from = y * width + column * BLOCK_PX;
      const to = Math.min((y + 1) * width, from + BLOCK_PX);
      addPixels(a.data, b.data, mask, from, to, sums, (blockRow + column) * BLOCK_SUMS);
    }
  }
}

function addPixels(
  a: Float32Array,
  b: Float32Array,
  mask: Uint8Array,
  from: number,
  to: number,
  sums: Float32Array,
  at: number,
): void {
  let [count, sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    if (mask[i] === 0) continue;
    const p = (a[i] ?? 0) - MID_GREY;
    const q = (b[i] ?? 0) - MID_GREY;
    count++;
    sumA += p;
    sumB += q;
    squareA += p * p;
    squareB += q * q;
    product += p * q;
  }
  sums[at] = (sums[at] ?? 0) + count;
  sums[at + 1] = (sums[at + 1] ?? 0) + sumA;
  sums[at + 2] = (sums[at + 2] ?? 0) + sumB;
  sums[at + 3] = (sums[at + 3] ?? 0) + squareA;
  sums[at + 4] = (sums[at + 4] ?? 0) + squareB;
  sums[at + 5] = (sums[at + 5] ?? 0) + product;
}

function sumCells(a: Plane, b: Plane, mask: Uint8Array, sums: Float32Array): void {
  const columns = Math.floor(a.width / CELL_PX);
  const rows = Math.floor(a.height / CELL_PX);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      sumCell(a, b, mask, column, row, sums, (row * columns + column) * CELL_SUMS);
    }
  }
}

function sumCell(
  a: Plane,
  b: Plane,
  mask: Uint8Array,
  column: number,
  row: number,
  cells: Float32Array,
  at: number,
): void {
  const { width, height } = a;
  const [p, q] = [a.data, b.data];
  let [count, xx, xy, yy, ex, ey] = [0, 0, 0, 0, 0, 0];
  let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0];
  const bottom = Math.min(height - 1, (row + 1) * CELL_PX);
  const right = Math.min(width - 1, (column + 1) * CELL_PX);
  for (let y = Math.max(1, row * CELL_PX); y < bottom; y++) {
    for (let x = Math.max(1, column * CELL_PX); x < right; x++) {
      const i = y * width + x;
      const isIn =
        (mask[i] ?? 0) &
        (mask[i - 1] ?? 0) &
        (mask[i + 1] ?? 0) &
        (mask[i - width] ?? 0) &
        (mask[i + width] ?? 0);
      if (isIn === 0) continue;
      const [valueA, valueB] = [p[i] ?? 0, q[i] ?? 0];
      const gx = ((p[i + 1] ?? 0) - (p[i - 1] ?? 0) + (q[i + 1] ?? 0) - (q[i - 1] ?? 0)) / 4;
      const gy = ((p[i + width] ?? 0) - (p[i - width] ?? 0) + (q[i + width] ?? 0) - (q[i - width] ?? 0)) / 4;
      const off = valueA - valueB;
      count++;
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
      ex += gx * off;
      ey += gy * off;
      sumA += valueA;
      sumB += valueB;
      squareA += valueA * valueA;
      squareB += valueB * valueB;
      product += valueA * valueB;
    }
  }
  cells[at] = count;
  cells[at + 1] = xx;
  cells[at + 2] = xy;
  cells[at + 3] = yy;
  cells[at + 4] = ex;
  cells[at + 5] = ey;
  cells[at + 6] = sumA;
  cells[at + 7] = sumB;
  cells[at + 8] = squareA;
  cells[at + 9] = squareB;
  cells[at + 10] = product;
}
