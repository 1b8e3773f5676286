/**
 * @file What a tonal edit did to the colours, taken back: B's colours as A would have them, so that the difference view
 * shows what else was changed. A matrix for what mixes the channels (less colour, sepia), then a curve for each channel
 * (brightness, gamma, negative).
 */

/** RGBA, 4 bytes a pixel. Alpha 0: the photo does not reach there. */
export type Rgba = Uint8ClampedArray;

const CHANNELS = 3;
const COEFFICIENTS = CHANNELS + 1;
/** Every so many pixels one is enough to fit twelve numbers. */
const SAMPLES = 20_000;
const REFITS = 2;
/** Part of the samples that is believed in a further fit. */
const TRUSTED = 0.75;
const RIDGE = 1e-5;
/** A curve only mends what the matrix leaves: one that went further would explain away a thing put into the photo. */
const MAX_BEND = 32;
const BUCKETS = 32;
const BUCKET_WIDTH = 256 / BUCKETS;
/** Fewer say nothing about a bucket's middle. */
const MIN_OF_A_BUCKET = 12;

/** @returns B recoloured; the pixels themselves are left alone */
export function recoloured(a: Rgba, b: Rgba): Rgba {
  const samples = sampled(b);
  const mixed = mixedBy(robustMatrix(a, b, samples), b);
  const curves = Array.from({ length: CHANNELS }, (_, channel) => curveOf(a, mixed, channel, samples));
  for (let pixel = 0; pixel < mixed.length; pixel += 4) {
    curves.forEach((curve, channel) => {
      mixed[pixel + channel] = curve[mixed[pixel + channel] ?? 0] ?? 0;
    });
  }
  return mixed;
}

/** Where some of the pixels begin that both photos have. */
function sampled(b: Rgba): number[] {
  const stride = Math.max(1, Math.floor(b.length / 4 / SAMPLES)) * 4;
  const samples: number[] = [];
  for (let pixel = 0; pixel < b.length; pixel += stride) if (b[pixel + 3] === 255) samples.push(pixel);
  return samples;
}

/** Fitted again without the places that fit worst: they may be what was changed besides. */
function robustMatrix(a: Rgba, b: Rgba, samples: readonly number[]): number[][] {
  let matrix = fittedMatrix(a, b, samples);
  for (let round = 0; round < REFITS; round += 1) {
    const mixed = mixedBy(matrix, b);
    const misfits = samples.map((pixel) => misfit(a, mixed, pixel));
    const limit = misfits.toSorted((x, y) => x - y)[Math.floor(misfits.length * TRUSTED)] ?? 0;
    matrix = fittedMatrix(
      a,
      b,
      samples.filter((_, index) => (misfits[index] ?? 0) <= limit),
    );
  }
  return matrix;
}

function misfit(a: Rgba, b: Rgba, pixel: number): number {
  const channels = [0, 1, 2].map((channel) =>
    Math.abs((a[pixel + channel] ?? 0) - (b[pixel + channel] ?? 0)),
  );
  return Math.max(...channels);
}

/** Least squares of A's channels over B's three and 1: rows of four numbers. */
function fittedMatrix(a: Rgba, b: Rgba, samples: readonly number[]): number[][] {
  const products = Array.from({ length: COEFFICIENTS }, () => new Array<number>(COEFFICIENTS).fill(0));
  const targets = Array.from({ length: CHANNELS }, () => new Array<number>(COEFFICIENTS).fill(0));
  for (const pixel of samples) {
    const from = [b[pixel] ?? 0, b[pixel + 1] ?? 0, b[pixel + 2] ?? 0, 255];
    products.forEach((row, i) =>
      from.forEach((value, j) => (row[j] = (row[j] ?? 0) + value * (from[i] ?? 0))),
    );
    targets.forEach((row, channel) =>
      from.forEach((value, i) => (row[i] = (row[i] ?? 0) + value * (a[pixel + channel] ?? 0))),
    );
  }
  // A grey B has three equal channels: a little weight on "as it was" keeps the equations solvable.
  const ridge = (products[COEFFICIENTS - 1]?.[COEFFICIENTS - 1] ?? 0) * RIDGE + 1;
  return targets.map((target, channel) => {
    const rows = products.map((row, i) => row.map((value, j) => value + (i === j ? ridge : 0)));
    return solved(
      rows,
      target.map((value, i) => value + (i === channel ? ridge : 0)),
    );
  });
}

/** Gauss with pivots; the matrix is positive definite. */
function solved(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  rows.forEach((row, i) => {
    const pivot = row[i] ?? 1;
    for (const other of rows) {
      if (other === row) continue;
      const factor = (other[i] ?? 0) / pivot;
      row.forEach((value, j) => (other[j] = (other[j] ?? 0) - factor * value));
    }
  });
  return rows.map((row, i) => (row.at(-1) ?? 0) / (row[i] ?? 1));
}

function mixedBy(matrix: readonly number[][], b: Rgba): Rgba {
  const mixed = new Uint8ClampedArray(b.length);
  const [red = [], green = [], blue = []] = matrix;
  for (let pixel = 0; pixel < b.length; pixel += 4) {
    const [r, g, blueOf] = [b[pixel] ?? 0, b[pixel + 1] ?? 0, b[pixel + 2] ?? 0];
    [red, green, blue].forEach(([byRed = 0, byGreen = 0, byBlue = 0, byOne = 0], channel) => {
      mixed[pixel + channel] = byRed * r + byGreen * g + byBlue * blueOf + byOne * 255;
    });
    mixed[pixel + 3] = b[pixel + 3] ?? 0;
  }
  return mixed;
}

/** For each value of B's channel the middle of what A has where B has it: places that were changed are outvoted. */
function curveOf(a: Rgba, b: Rgba, channel: number, samples: readonly number[]): Uint8ClampedArray {
  const counts = Array.from({ length: BUCKETS }, () => new Uint32Array(256));
  for (const pixel of samples) {
    const bucket = counts[Math.floor((b[pixel + channel] ?? 0) / BUCKET_WIDTH)];
    const value = a[pixel + channel] ?? 0;
    if (bucket !== undefined) bucket[value] = (bucket[value] ?? 0) + 1;
  }
  const known = counts.flatMap((bucket, index) => {
    const middle = medianOf(bucket);
    return middle === null ? [] : [{ at: (index + 0.5) * BUCKET_WIDTH, value: middle }];
  });
  return Uint8ClampedArray.from({ length: 256 }, (_, value) => {
    const bend = interpolated(known, value) - value;
    return value + Math.max(-MAX_BEND, Math.min(bend, MAX_BEND));
  });
}

function medianOf(counts: Uint32Array): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total < MIN_OF_A_BUCKET) return null;
  let before = 0;
  return counts.findIndex((count) => (before += count) * 2 >= total);
}

/** Beyond the outermost points a curve goes on as steeply as values do by themselves. */
function interpolated(points: readonly { at: number; value: number }[], at: number): number {
  const next = points.findIndex((point) => point.at >= at);
  const above = points[next === -1 ? points.length - 1 : next];
  const below = points[next === -1 ? points.length - 1 : Math.max(0, next - 1)];
  if (above === undefined || below === undefined) return at;
  if (above === below) return above.value + (at - above.at);
  return below.value + ((above.value - below.value) * (at - below.at)) / (above.at - below.at);
}
