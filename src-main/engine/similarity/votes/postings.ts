/**
 * @file How a feature is written into the index: three numbers of 32 bits.
 *
 * | | bits | what |
 * |---|---|---|
 * | high | 32 | rows 2 and 3 of the code: every second direction of each cell, as on a chessboard |
 * | low | 24 + 4 + 4 | row 1 and half of row 0 in the same way; y, x in sixteenths of the longer side |
 * | place | 5 + 7 + 20 | scale in quarter octaves, turn in 1/128, the photo's number |
 */
import { type LocalFeatures } from '../../features/local-features.ts';
import { BASE_SIGMA_PX, CODE_BYTES } from '../../features/parameters.ts';
import {
  PLACE_BITS,
  PLACE_STEPS,
  SCALE_SHIFT,
  SCALE_STEPS,
  SCALE_STEPS_AN_OCTAVE,
  TURN_SHIFT,
  TURN_STEPS,
} from './parameters.ts';

/** Parallel arrays. */
export interface Postings {
  high: Uint32Array;
  low: Uint32Array;
  place: Uint32Array;
}

const ROW_BYTES = CODE_BYTES / 4;

/** Every second bit of 32, from the lowest, side by side. */
function everySecondBit(bits: number): number {
  const pairs = bits & 0x55555555;
  const fours = (pairs | (pairs >>> 1)) & 0x33333333;
  const eights = (fours | (fours >>> 2)) & 0x0f0f0f0f;
  const sixteens = (eights | (eights >>> 4)) & 0x00ff00ff;
  return (sixteens | (sixteens >>> 8)) & 0xffff;
}

/** The 16 bits that are kept of a row of cells. */
function rowBits(codes: Uint8Array, code: number, row: number): number {
  const at = code * CODE_BYTES + row * ROW_BYTES;
  const bits =
    (codes[at] ?? 0) |
    ((codes[at + 1] ?? 0) << 8) |
    ((codes[at + 2] ?? 0) << 16) |
    ((codes[at + 3] ?? 0) << 24);
  return everySecondBit(row % 2 === 0 ? bits : bits >>> 1);
}

function step(value: number, steps: number): number {
  return Math.max(0, Math.min(steps - 1, value));
}

/** Writes the first `count` features from place `at` on. @param number of the photo; 0 for a query */
export function writePostings(
  features: LocalFeatures,
  count: number,
  number: number,
  into: Postings,
  at: number,
): void {
  const { codes } = features;
  const stepsAPixel = PLACE_STEPS / Math.max(features.width, features.height);
  for (let i = 0; i < count; i++) {
    const x = step(Math.floor((features.x[i] ?? 0) * stepsAPixel), PLACE_STEPS);
    const y = step(Math.floor((features.y[i] ?? 0) * stepsAPixel), PLACE_STEPS);
    const octaves = Math.log2((features.scale[i] ?? 1) / BASE_SIGMA_PX);
    const scale = step(Math.round(octaves * SCALE_STEPS_AN_OCTAVE), SCALE_STEPS);
    const turn = Math.round(((features.angle[i] ?? 0) * TURN_STEPS) / (2 * Math.PI)) & (TURN_STEPS - 1);
    const lowBits = rowBits(codes, i, 1) | ((rowBits(codes, i, 0) >>> 8) << 16);
    into.high[at + i] = rowBits(codes, i, 2) | (rowBits(codes, i, 3) << 16);
    into.low[at + i] = (lowBits << PLACE_BITS) | (y << 4) | x;
    into.place[at + i] = number | (turn << TURN_SHIFT) | (scale << SCALE_SHIFT);
  }
}
