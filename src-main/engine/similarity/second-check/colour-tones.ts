/**
 * @file Tones by colour: B's luminance as a sum of three curves of A's red, green and blue, times a smooth gain plus a
 * smooth offset. Curves are piecewise linear and kept smooth by their second differences; Tukey weights, three rounds.
 */
import { mirrorTriangle, solve } from './linear-system.ts';
import { type Overlaid } from './overlaid.ts';
import {
  COLOUR_KNOTS,
  COLOUR_LIMITS,
  COLOUR_SMOOTHNESS,
  COMMON_BLUR_SIGMA_PX,
  FIELD_DAMPING,
  FIELD_LIMIT_WIDENING,
  GAIN_MIN,
  MID_GREY,
  TONE_SAMPLES_WANTED,
} from './parameters.ts';
import { FIELD_TERMS, fieldAt, fieldTerms, paintField } from './quadratic-field.ts';
import { channelOf } from './raster.ts';
import { type Kernels } from './kernels.ts';
import { type Plane, type Workspace } from './workspace.ts';

const CURVES = 3;
const UNKNOWNS = CURVES * COLOUR_KNOTS;

/** What is fitted to: places, colours of A, luminance of B and of A as fitted so far. */
interface Sampled {
  count: number;
  x: Float32Array;
  y: Float32Array;
  index: Int32Array;
  colours: readonly Float32Array[];
  b: Float32Array;
  curved: Float32Array;
  gain: Float32Array;
  offset: Float32Array;
}

/** @param start A's luminance by a curve of it alone */
export function fitColours(kernels: Kernels, pair: Overlaid, start: Plane): Plane {
  const { workspace } = kernels;
  const channels = smoothChannels(kernels, pair);
  const samples = takeSamples(pair, channels, start);
  const { width, height } = start;
  let curves: Float64Array = new Float64Array(UNKNOWNS);
  let fields: Float64Array = new Float64Array(2 * FIELD_TERMS);
  for (const limit of COLOUR_LIMITS) {
    const fitted = fitCurves(samples, limit);
    if (fitted === null) break;
    curves = fitted;
    applyCurves(samples, curves);
    fields = fitFields(samples, limit, width, height) ?? fields;
    applyFields(samples, fields, width, height);
  }
  return paint(workspace, channels, curves, fields, start);
}

function smoothChannels(kernels: Kernels, { a }: Overlaid): Plane[] {
  const { width, height } = a.smooth;
  const raw = kernels.workspace.plane(width, height);
  return [0, 1, 2].map((channel) => {
    channelOf(a.image, channel, raw, a.isNegative);
    const smooth = kernels.workspace.plane(width, height);
    kernels.blur(raw, smooth, COMMON_BLUR_SIGMA_PX);
    return smooth;
  });
}

function takeSamples({ warpedB, mask }: Overlaid, channels: readonly Plane[], start: Plane): Sampled {
  const { width, height } = start;
  const step = Math.max(3, Math.round(Math.sqrt((width * height) / TONE_SAMPLES_WANTED)));
  const places: number[] = [];
  for (let y = 1; y < height; y += step) {
    for (let x = 1; x < width; x += step) if (mask[y * width + x] === 1) places.push(y * width + x);
  }
  const index = Int32Array.from(places);
  const at = (data: Float32Array): Float32Array => Float32Array.from(places, (i) => data[i] ?? 0);
  return {
    count: places.length,
    x: Float32Array.from(places, (i) => i % width),
    y: Float32Array.from(places, (i) => Math.floor(i / width)),
    index,
    colours: channels.map(({ data }) => at(data)),
    b: at(warpedB.data),
    curved: at(start.data),
    gain: new Float32Array(places.length).fill(1),
    offset: new Float32Array(places.length),
  };
}

const knot = new Int32Array(2 * CURVES);
const share = new Float64Array(2 * CURVES);

/** Writes the two knots around a value of each channel, and their shares of it. */
function findKnots(colours: readonly Float32Array[], i: number): void {
  for (let curve = 0; curve < CURVES; curve++) {
    const place = knotPlace(colours[curve]?.[i] ?? 0);
    const lower = Math.floor(place);
    knot[2 * curve] = curve * COLOUR_KNOTS + lower;
    knot[2 * curve + 1] = curve * COLOUR_KNOTS + lower + 1;
    share[2 * curve] = 1 - (place - lower);
    share[2 * curve + 1] = place - lower;
  }
}

function knotPlace(value: number): number {
  return Math.min(COLOUR_KNOTS - 1.0001, Math.max(0, (value * (COLOUR_KNOTS - 1)) / 255));
}

function fitCurves(samples: Sampled, limit: number): Float64Array | null {
  const { count, colours, b, curved, gain, offset } = samples;
  const matrix = new Float64Array(UNKNOWNS * UNKNOWNS);
  const right = new Float64Array(UNKNOWNS);
  for (let i = 0; i < count; i++) {
    const now = (gain[i] ?? 1) * (curved[i] ?? 0) + (offset[i] ?? 0);
    const inside = 1 - (((b[i] ?? 0) - now) / limit) ** 2;
    if (inside <= 0) continue;
    const weight = inside * inside;
    const wanted = ((b[i] ?? 0) - (offset[i] ?? 0)) / (gain[i] ?? 1);
    findKnots(colours, i);
    for (let p = 0; p < 2 * CURVES; p++) {
      const row = knot[p] ?? 0;
      const weighted = weight * (share[p] ?? 0);
      right[row] = (right[row] ?? 0) + weighted * wanted;
      for (let q = 0; q < 2 * CURVES; q++) {
        const at = row * UNKNOWNS + (knot[q] ?? 0);
        matrix[at] = (matrix[at] ?? 0) + weighted * (share[q] ?? 0);
      }
    }
  }
  addSmoothness(matrix);
  return solve(matrix, right);
}

/** Adds the squared second difference of each three knots of a curve. */
function addSmoothness(matrix: Float64Array): void {
  const second = [1, -2, 1];
  for (let curve = 0; curve < CURVES; curve++) {
    const first = curve * COLOUR_KNOTS;
    for (let i = first; i < first + COLOUR_KNOTS; i++) {
      const at = i * UNKNOWNS + i;
      matrix[at] = (matrix[at] ?? 0) + 0.05;
    }
    for (let i = first; i < first + COLOUR_KNOTS - 2; i++) {
      for (let p = 0; p < 3; p++) {
        for (let q = 0; q < 3; q++) {
          const at = (i + p) * UNKNOWNS + i + q;
          matrix[at] = (matrix[at] ?? 0) + COLOUR_SMOOTHNESS * (second[p] ?? 0) * (second[q] ?? 0);
        }
      }
    }
  }
}

function applyCurves({ count, colours, curved }: Sampled, curves: Float64Array): void {
  for (let i = 0; i < count; i++) {
    findKnots(colours, i);
    let sum = 0;
    for (let p = 0; p < 2 * CURVES; p++) sum += (share[p] ?? 0) * (curves[knot[p] ?? 0] ?? 0);
    curved[i] = sum;
  }
}

const terms = new Float64Array(2 * FIELD_TERMS);

/** Offset (first six numbers) and gain less one, by 1 / 128 (the others). */
function fitFields(samples: Sampled, limit: number, width: number, height: number): Float64Array | null {
  const { count, x, y, b, curved, gain, offset } = samples;
  const n = 2 * FIELD_TERMS;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (let i = 0; i < count; i++) {
    const value = curved[i] ?? 0;
    const now = (gain[i] ?? 1) * value + (offset[i] ?? 0);
    const inside = 1 - ((b[i] ?? 0) - now) ** 2 / (FIELD_LIMIT_WIDENING * limit ** 2);
    if (inside <= 0) continue;
    fieldTerms(x[i] ?? 0, y[i] ?? 0, width, height, terms);
    for (let k = 0; k < FIELD_TERMS; k++) terms[FIELD_TERMS + k] = ((terms[k] ?? 0) * value) / MID_GREY;
    const weight = inside * inside;
    for (let p = 0; p < n; p++) {
      const weighted = weight * (terms[p] ?? 0);
      right[p] = (right[p] ?? 0) + weighted * ((b[i] ?? 0) - value);
      for (let q = p; q < n; q++) matrix[p * n + q] = (matrix[p * n + q] ?? 0) + weighted * (terms[q] ?? 0);
    }
  }
  mirrorTriangle(matrix, n);
  for (let i = 0; i < n; i++) matrix[i * (n + 1)] = (matrix[i * (n + 1)] ?? 0) * 1.002 + FIELD_DAMPING;
  return solve(matrix, right);
}

function applyFields(samples: Sampled, fields: Float64Array, width: number, height: number): void {
  for (let i = 0; i < samples.count; i++) {
    fieldTerms(samples.x[i] ?? 0, samples.y[i] ?? 0, width, height, terms);
    samples.offset[i] = fieldAt(fields, terms);
    samples.gain[i] = Math.max(GAIN_MIN, 1 + fieldAt(fields, terms, FIELD_TERMS) / MID_GREY);
  }
}

/** Steps of the tables that curves are read from: four a grey level. */
const STEPS_A_LEVEL = 4;
const TABLE_STEPS = 256 * STEPS_A_LEVEL;

function paint(
  workspace: Workspace,
  channels: readonly Plane[],
  curves: Float64Array,
  fields: Float64Array,
  { width, height }: Plane,
): Plane {
  const target = workspace.plane(width, height);
  const out = target.data.fill(0);
  for (const [curve, { data }] of channels.entries()) {
    const table = tableOf(curves, curve);
    for (let i = 0; i < out.length; i++) {
      const step = ((data[i] ?? 0) * STEPS_A_LEVEL + 0.5) | 0;
      out[i] = (out[i] ?? 0) + (table[step] ?? 0);
    }
  }
  const offset = workspace.floats(width * height);
  const gain = workspace.floats(width * height);
  paintField(fields, 0, width, height, offset);
  paintField(fields, FIELD_TERMS, width, height, gain);
  for (let i = 0; i < out.length; i++) {
    out[i] = Math.max(GAIN_MIN, 1 + (gain[i] ?? 0) / MID_GREY) * (out[i] ?? 0) + (offset[i] ?? 0);
  }
  return target;
}

function tableOf(curves: Float64Array, curve: number): Float32Array {
  return Float32Array.from({ length: TABLE_STEPS }, (_, step) => {
    const place = knotPlace(step / STEPS_A_LEVEL);
    const lower = Math.floor(place);
    const low = curves[curve * COLOUR_KNOTS + lower] ?? 0;
    return low + ((curves[curve * COLOUR_KNOTS + lower + 1] ?? 0) - low) * (place - lower);
  });
}
