/** @file How one whole frame lies on another: the best of the eight orientations, told from small thumbnails. */
import type { Alignment } from '../../contract/model.ts';
import { BLUE_WEIGHT, GREEN_WEIGHT, RED_WEIGHT } from '../features/parameters.ts';
import type { RgbImage } from '../imaging/image.ts';

/** Thumbnails are squashed to this square, which every quarter turn maps onto itself. */
export const FRAME_EDGE = 32;

/**
 * Luminance of a squashed frame, FRAME_EDGE x FRAME_EDGE numbers, row major, less its mean and divided by its length: the
 * dot product of two frames is their Pearson correlation. A flat frame is all 0.
 */
export type Frame = Float32Array;

/** Another orientation has to beat the upright one by this much: near symmetric pictures stay as they are. */
const LEAST_GAIN = 0.05;
/** Squared grey levels below which a frame counts as flat. */
const FLAT_VARIANCE = 1;
/** Weaker agreement than this says nothing about the orientation. */
const LEAST_CORRELATION = 0.5;

export interface FrameAlignment {
  quarterTurns: 0 | 1 | 2 | 3;
  mirrored: boolean;
  /** Pearson correlation of the luminances under this orientation; 0 when a frame is flat. */
  correlation: number;
}

/** The image may have any size from 1 x 1 on. */
export function frameOf(image: RgbImage): Frame {
  const frame = squash(image);
  const mean = frame.reduce((sum, value) => sum + value, 0) / frame.length;
  const variance = frame.reduce((sum, value) => sum + (value - mean) ** 2, 0) / frame.length;
  if (variance < FLAT_VARIANCE) return frame.fill(0);
  const length = Math.sqrt(variance * frame.length);
  return frame.map((value) => (value - mean) / length);
}

/** Average of the pixels that fall into each cell, 0..255; Rec. 601 weights. */
export function squash({ width, height, data }: RgbImage): Float32Array {
  const sums = new Float32Array(FRAME_EDGE * FRAME_EDGE);
  for (let y = 0; y < FRAME_EDGE; y++) {
    const [top, bottom] = cell(y, height);
    for (let x = 0; x < FRAME_EDGE; x++) {
      const [left, right] = cell(x, width);
      let sum = 0;
      for (let row = top; row < bottom; row++) {
        for (let at = (row * width + left) * 3, end = (row * width + right) * 3; at < end; at += 3) {
          sum +=
            RED_WEIGHT * (data[at] ?? 0) +
            GREEN_WEIGHT * (data[at + 1] ?? 0) +
            BLUE_WEIGHT * (data[at + 2] ?? 0);
        }
      }
      sums[y * FRAME_EDGE + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return sums;
}

function cell(i: number, length: number): [from: number, to: number] {
  const from = Math.floor((i * length) / FRAME_EDGE);
  return [from, Math.max(from + 1, Math.floor(((i + 1) * length) / FRAME_EDGE))];
}

interface Orientation {
  quarterTurns: 0 | 1 | 2 | 3;
  mirrored: boolean;
  /** Place in B that comes to lie on each place of A. */
  places: Int32Array;
}

const UPRIGHT: Orientation = orientation(0, false);
const ORIENTATIONS: Orientation[] = [
  UPRIGHT,
  ...([1, 2, 3] as const).map((turns) => orientation(turns, false)),
  ...([0, 1, 2, 3] as const).map((turns) => orientation(turns, true)),
];

function orientation(quarterTurns: 0 | 1 | 2 | 3, mirrored: boolean): Orientation {
  const places = new Int32Array(FRAME_EDGE * FRAME_EDGE);
  for (let y = 0; y < FRAME_EDGE; y++) {
    for (let x = 0; x < FRAME_EDGE; x++) {
      places[y * FRAME_EDGE + x] = sourcePlace(x, y, quarterTurns, mirrored);
    }
  }
  return { quarterTurns, mirrored, places };
}

/** Where in B the place (x, y) comes from when B is turned clockwise, then mirrored. */
function sourcePlace(x: number, y: number, quarterTurns: 0 | 1 | 2 | 3, mirrored: boolean): number {
  const last = FRAME_EDGE - 1;
  const u = mirrored ? last - x : x;
  switch (quarterTurns) {
    case 0:
      return y * FRAME_EDGE + u;
    case 1:
      return (last - u) * FRAME_EDGE + y;
    case 2:
      return (last - y) * FRAME_EDGE + (last - u);
    case 3:
      return u * FRAME_EDGE + (last - y);
  }
}

/**
 * How B lies on A. Convention of the contract's Alignment: turn B clockwise by the quarter turns, then mirror it left
 * to right; the result shows what A shows.
 */
export function alignFrames(a: Frame, b: Frame): FrameAlignment {
  const upright = correlate(a, b, UPRIGHT);
  let [best, correlation] = [UPRIGHT, upright];
  for (const candidate of ORIENTATIONS) {
    const found = correlate(a, b, candidate);
    if (found > correlation) [best, correlation] = [candidate, found];
  }
  const trusted = correlation >= LEAST_CORRELATION && correlation - upright >= LEAST_GAIN;
  const { quarterTurns, mirrored } = trusted ? best : UPRIGHT;
  return { quarterTurns, mirrored, correlation: trusted ? correlation : upright };
}

function correlate(a: Frame, b: Frame, { places }: Orientation): number {
  let sum = 0;
  for (let i = 0; i < places.length; i++) sum += (a[i] ?? 0) * (b[places[i] ?? 0] ?? 0);
  return sum;
}

/**
 * Frames are compared whole, so all of each is shared. `scale` belongs to the same map as the turns: B, turned and
 * mirrored, is enlarged by it to lie on A (2: B has half of A's width).
 */
export function wholeFrameAlignment(
  a: { width: number; height: number },
  b: { width: number; height: number },
  frame: FrameAlignment,
): Alignment {
  const widthOfB = frame.quarterTurns % 2 === 0 ? b.width : b.height;
  return {
    quarterTurns: frame.quarterTurns,
    mirrored: frame.mirrored,
    scale: a.width / widthOfB,
    overlapA: 1,
    overlapB: 1,
  };
}
