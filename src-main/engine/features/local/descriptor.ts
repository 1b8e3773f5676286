/** @file Histograms of gradients in 4 x 4 cells around a point, in its scale and direction (Lowe 2004, section 6). */
import {
  CELLS,
  CODE_BITS,
  DESCRIPTOR_SIGMA_SAMPLES,
  DIRECTIONS,
  SAMPLES,
  SAMPLES_A_CELL,
  SAMPLE_SPACING_SIGMAS,
} from '../parameters.ts';
import { type Point } from './extrema.ts';
import { type Gradients } from './gradients.ts';

const RADIANS_AN_EIGHTH = (2 * Math.PI) / DIRECTIONS;
const MIDDLE_SAMPLE = (SAMPLES - 1) / 2;
/** A cell more on either side takes what outer samples give to cells that are not there. */
const PADDED_CELLS = CELLS + 2;
const PADDED_ROW = PADDED_CELLS * DIRECTIONS;

/** Weight of a sample by its distance to the middle along one axis. */
const sampleWeights = Float32Array.from({ length: SAMPLES }, (_, i) =>
  Math.exp(-((i - MIDDLE_SAMPLE) ** 2) / (2 * DESCRIPTOR_SIGMA_SAMPLES ** 2)),
);
/** A sample lies between the middles of two padded cells, cellBefore[i] and the next, at cellShare[i] of the way. */
const cellPosition = Array.from({ length: SAMPLES }, (_, i) => 0.5 + (i + 0.5) / SAMPLES_A_CELL);
const cellBefore = Int32Array.from(cellPosition, Math.floor);
const cellShare = Float32Array.from(cellPosition, (position) => position - Math.floor(position));

/** Histograms of one row of samples, by padded cell. */
const rowSums = new Float32Array(PADDED_ROW);
const sums = new Float32Array(PADDED_CELLS * PADDED_ROW);

/**
 * Writes 128 sums, [4 rows of cells, 4 cells, 8 directions]. A sample is the nearest pixel's gradient and counts in
 * the two nearest rows, columns and directions (trilinear); samples outside the level count nothing.
 * @param eighths the point's direction in eighths of a turn
 */
export function describe(
  gradients: Gradients,
  { column, row, sigma }: Point,
  eighths: number,
  descriptor: Float32Array,
): void {
  const spacing = SAMPLE_SPACING_SIGMAS * sigma;
  const cos = Math.cos(eighths * RADIANS_AN_EIGHTH) * spacing;
  const sin = Math.sin(eighths * RADIANS_AN_EIGHTH) * spacing;
  sums.fill(0);
  for (let v = 0; v < SAMPLES; v++) {
    const down = v - MIDDLE_SAMPLE;
    const x = column - MIDDLE_SAMPLE * cos - down * sin;
    const y = row - MIDDLE_SAMPLE * sin + down * cos;
    sumRow(gradients, x, y, cos, sin, eighths);
    addRow(v);
  }
  for (let cellRow = 0; cellRow < CELLS; cellRow++) {
    const from = (cellRow + 1) * PADDED_ROW + DIRECTIONS;
    descriptor.set(sums.subarray(from, from + CELLS * DIRECTIONS), cellRow * CELLS * DIRECTIONS);
  }
}

/** Samples (x, y), (x + dx, y + dy) ... into the row's histograms. */
function sumRow(
  { width, height, magnitude, direction }: Gradients,
  x: number,
  y: number,
  dx: number,
  dy: number,
  eighths: number,
): void {
  rowSums.fill(0);
  for (let u = 0; u < SAMPLES; u++) {
    const column = Math.floor(x + u * dx + 0.5);
    const row = Math.floor(y + u * dy + 0.5);
    if (column < 1 || row < 1 || column >= width - 1 || row >= height - 1) continue;
    const at = row * width + column;
    let turned = (direction[at] ?? 0) - eighths;
    turned -= DIRECTIONS * Math.floor(turned / DIRECTIONS);
    const first = Math.floor(turned);
    const weight = (magnitude[at] ?? 0) * (sampleWeights[u] ?? 0);
    const second = weight * (turned - first);
    const share = cellShare[u] ?? 0;
    const cell = (cellBefore[u] ?? 0) * DIRECTIONS;
    addPair(cell + (first & 7), (weight - second) * (1 - share), (weight - second) * share);
    addPair(cell + ((first + 1) & 7), second * (1 - share), second * share);
  }
}

/** One direction of a cell and of the cell after it. */
function addPair(at: number, value: number, nextValue: number): void {
  rowSums[at] = (rowSums[at] ?? 0) + value;
  rowSums[at + DIRECTIONS] = (rowSums[at + DIRECTIONS] ?? 0) + nextValue;
}

/** The row of samples into the two rows of cells beside it. */
function addRow(v: number): void {
  const weight = sampleWeights[v] ?? 0;
  const share = cellShare[v] ?? 0;
  const from = (cellBefore[v] ?? 0) * PADDED_ROW;
  for (let i = 0; i < PADDED_ROW; i++) {
    const value = weight * (rowSums[i] ?? 0);
    sums[from + i] = (sums[from + i] ?? 0) + value * (1 - share);
    sums[from + PADDED_ROW + i] = (sums[from + PADDED_ROW + i] ?? 0) + value * share;
  }
}

const sorted = new Float32Array(CODE_BITS);

/** The 128-bit code of a descriptor: bit k says that sum k is above the median. Bit k is bit k % 8 of byte k / 8. */
export function writeCode(descriptor: Float32Array, codes: Uint8Array, at: number): void {
  sorted.set(descriptor);
  sorted.sort();
  const median = sorted[CODE_BITS / 2] ?? 0;
  for (let byte = 0; byte < CODE_BITS / 8; byte++) {
    let bits = 0;
    for (let bit = 0; bit < 8; bit++) if ((descriptor[byte * 8 + bit] ?? 0) > median) bits |= 1 << bit;
    codes[at + byte] = bits;
  }
}
