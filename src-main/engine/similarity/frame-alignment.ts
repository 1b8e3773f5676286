/** @file How one whole frame lies on another: the best of the eight orientations, told from small thumbnails. */
import type { Alignment } from '../../contract/model.ts';
import type { RgbImage } from '../imaging/image.ts';

/** Thumbnails are squashed to this square, which every quarter turn maps onto itself. */
export const FRAME_EDGE = 32;

/** Luminance of a squashed frame: FRAME_EDGE x FRAME_EDGE numbers, row major. */
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

/** Average of the pixels that fall into each cell; Rec. 601 weights. The image may have any size from 1 x 1 on. */
export function frameOf({ width, height, data }: RgbImage): Frame {
  const sums = new Float32Array(FRAME_EDGE * FRAME_EDGE);
  for (let y = 0; y < FRAME_EDGE; y++) {
    const [top, bottom] = cell(y, height);
    for (let x = 0; x < FRAME_EDGE; x++) {
      const [left, right] = cell(x, width);
      let sum = 0;
      for (let row = top; row < bottom; row++) {
        for (let at = (row * width + left) * 3, end = (row * width + right) * 3; at < end; at += 3) {
          sum += 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
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

/**
 * How B lies on A. Convention of the contract's Alignment: turn B clockwise by the quarter turns, then mirror it left
 * to right; the result shows what A shows.
 */
export function alignFrames(a: Frame, b: Frame): FrameAlignment {
  const upright: FrameAlignment = {
    quarterTurns: 0,
    mirrored: false,
    correlation: correlate(a, b, 0, false),
  };
  let best = upright;
  for (const quarterTurns of [0, 1, 2, 3] as const) {
    for (const mirrored of [false, true]) {
      const correlation = correlate(a, b, quarterTurns, mirrored);
      if (correlation > best.correlation) best = { quarterTurns, mirrored, correlation };
    }
  }
  const trusted = best.correlation >= LEAST_CORRELATION;
  return trusted && best.correlation - upright.correlation >= LEAST_GAIN ? best : upright;
}

/** Place in B that comes to lie on (x, y) when B is turned clockwise, then mirrored. */
function sourceIndex(x: number, y: number, quarterTurns: 0 | 1 | 2 | 3, mirrored: boolean): number {
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

function correlate(a: Frame, b: Frame, quarterTurns: 0 | 1 | 2 | 3, mirrored: boolean): number {
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let y = 0; y < FRAME_EDGE; y++) {
    for (let x = 0; x < FRAME_EDGE; x++) {
      const u = a[y * FRAME_EDGE + x] ?? 0;
      const v = b[sourceIndex(x, y, quarterTurns, mirrored)] ?? 0;
      sumA += u;
      sumB += v;
      sumAA += u * u;
      sumBB += v * v;
      sumAB += u * v;
    }
  }
  const count = FRAME_EDGE * FRAME_EDGE;
  const varianceA = sumAA / count - (sumA / count) ** 2;
  const varianceB = sumBB / count - (sumB / count) ** 2;
  if (varianceA < FLAT_VARIANCE || varianceB < FLAT_VARIANCE) return 0;
  return (sumAB / count - (sumA / count) * (sumB / count)) / Math.sqrt(varianceA * varianceB);
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
