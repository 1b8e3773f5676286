/** @file Tones by luminance alone: for each level of A the median of what B shows there, and a smooth field of light. */
import { mirrorTriangle, solve } from './linear-system.ts';
import { type Overlaid } from './overlaid.ts';
import { TONE_FIELD_LIMITS, TONE_LEVEL_PIXELS_MIN, TONE_LEVELS, TONE_SAMPLES_WANTED } from './parameters.ts';
import { FIELD_TERMS, fieldAt, fieldTerms, paintField } from './quadratic-field.ts';
import { type Plane, type Workspace } from './workspace.ts';

/** Grey levels of B in a bin of its histogram. */
const LEVEL_WIDTH = 4;
const B_LEVELS = 256 / LEVEL_WIDTH;

/** A's luminance by the curve alone, and with the field of light on it. */
export interface LuminanceTones {
  byCurve: Plane;
  fitted: Plane;
}

export function fitLuminance(workspace: Workspace, pair: Overlaid): LuminanceTones {
  const { a, warpedB, mask } = pair;
  const { width, height, data } = a.smooth;
  const byCurve = workspace.plane(width, height);
  const curve = medianCurve(data, warpedB.data, mask);
  for (let i = 0; i < data.length; i++) byCurve.data[i] = curveAt(curve, data[i] ?? 0);
  const field = lightField(byCurve, warpedB, mask);
  const fitted = workspace.plane(width, height);
  paintField(field, 0, width, height, fitted.data);
  for (let i = 0; i < data.length; i++) fitted.data[i] = (fitted.data[i] ?? 0) + (byCurve.data[i] ?? 0);
  return { byCurve, fitted };
}

const histogram = new Int32Array(TONE_LEVELS * B_LEVELS);

/** Levels that A hardly has are filled in between their neighbours. */
function medianCurve(a: Float32Array, b: Float32Array, mask: Uint8Array): Float64Array {
  histogram.fill(0);
  for (let i = 0; i < a.length; i++) {
    if (mask[i] === 0) continue;
    const level = clamp(Math.floor(((a[i] ?? 0) * TONE_LEVELS) / 256), TONE_LEVELS - 1);
    const at = level * B_LEVELS + clamp(Math.floor((b[i] ?? 0) / LEVEL_WIDTH), B_LEVELS - 1);
    histogram[at] = (histogram[at] ?? 0) + 1;
  }
  const curve = new Float64Array(TONE_LEVELS).fill(NaN);
  for (let level = 0; level < TONE_LEVELS; level++) {
    const median = medianOf(histogram.subarray(level * B_LEVELS, (level + 1) * B_LEVELS));
    if (median !== null) curve[level] = median;
  }
  return filledIn(curve);
}

function clamp(value: number, largest: number): number {
  return Math.min(largest, Math.max(0, value));
}

function medianOf(counts: Int32Array): number | null {
  let all = 0;
  for (const count of counts) all += count;
  if (all < TONE_LEVEL_PIXELS_MIN) return null;
  let below = 0;
  let bin = 0;
  while (below + (counts[bin] ?? 0) < all / 2) below += counts[bin++] ?? 0;
  return LEVEL_WIDTH * (bin + (all / 2 - below) / Math.max(1, counts[bin] ?? 0));
}

function filledIn(curve: Float64Array): Float64Array {
  const known = [...curve.keys()].filter((i) => !Number.isNaN(curve[i] ?? NaN));
  const [first] = known;
  const last = known.at(-1);
  // So little overlap that no level is known: the curve that changes nothing.
  if (first === undefined || last === undefined) return curve.map((_, i) => ((i + 0.5) * 256) / TONE_LEVELS);
  curve.fill(curve[first] ?? 0, 0, first);
  curve.fill(curve[last] ?? 0, last);
  for (let k = 1; k < known.length; k++) {
    const [from, to] = [known[k - 1] ?? 0, known[k] ?? 0];
    const [low, high] = [curve[from] ?? 0, curve[to] ?? 0];
    for (let i = from + 1; i < to; i++) curve[i] = low + ((high - low) * (i - from)) / (to - from);
  }
  return curve;
}

function curveAt(curve: Float64Array, value: number): number {
  const place = clamp((value * TONE_LEVELS) / 256 - 0.5, TONE_LEVELS - 1);
  const level = Math.min(TONE_LEVELS - 2, Math.floor(place));
  const low = curve[level] ?? 0;
  return low + ((curve[level + 1] ?? 0) - low) * (place - level);
}

const terms = new Float64Array(FIELD_TERMS);

/** Least squares in two rounds; what lies far off the field so far has no say. */
function lightField(a: Plane, b: Plane, mask: Uint8Array): Float64Array {
  const { width, height } = a;
  const step = Math.max(3, Math.round(Math.sqrt((width * height) / TONE_SAMPLES_WANTED)));
  let field: Float64Array = new Float64Array(FIELD_TERMS);
  for (const limit of TONE_FIELD_LIMITS) {
    const matrix = new Float64Array(FIELD_TERMS * FIELD_TERMS);
    const right = new Float64Array(FIELD_TERMS);
    for (let y = 1; y < height; y += step) {
      for (let x = 1; x < width; x += step) {
        const i = y * width + x;
        if (mask[i] === 0) continue;
        fieldTerms(x, y, width, height, terms);
        addSample(matrix, right, field, (b.data[i] ?? 0) - (a.data[i] ?? 0), limit);
      }
    }
    mirrorTriangle(matrix, FIELD_TERMS);
    for (let i = 0; i < FIELD_TERMS; i++) {
      const at = i * (FIELD_TERMS + 1);
      matrix[at] = (matrix[at] ?? 0) * 1.001 + 0.01;
    }
    field = solve(matrix, right) ?? field;
  }
  return field;
}

function addSample(
  matrix: Float64Array,
  right: Float64Array,
  field: Float64Array,
  difference: number,
  limit: number,
): void {
  if (Math.abs(difference - fieldAt(field, terms)) > limit) return;
  for (let i = 0; i < FIELD_TERMS; i++) {
    const term = terms[i] ?? 0;
    right[i] = (right[i] ?? 0) + term * difference;
    for (let k = i; k < FIELD_TERMS; k++) {
      matrix[i * FIELD_TERMS + k] = (matrix[i * FIELD_TERMS + k] ?? 0) + term * (terms[k] ?? 0);
    }
  }
}
