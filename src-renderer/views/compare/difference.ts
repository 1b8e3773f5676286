/** @file Where two pictures on one grid differ, and how that is painted. */
import type { Rgba } from './colour-fit.ts';

export interface DifferenceMap {
  width: number;
  height: number;
  /** 0 to 255 for each pixel; 0 where B does not reach. */
  values: Uint8Array;
  /** Pixels where both are. */
  shared: number;
}

/** Amber, the colour of "look here", towards white where the difference is large. */
const AMBER = [242, 184, 75] as const;
const LIGHT = [255, 246, 190] as const;
const FULL_FROM = 130;
const MIN_ALPHA = 190;

/**
 * The distance of each pixel of one picture to what the other has within one pixel around it, the larger of both ways and
 * of all channels: an edge that lies half a pixel aside is no difference, a thin line that only one has is one.
 */
export function differenceMap(a: Rgba, b: Rgba, width: number, height: number): DifferenceMap {
  const values = new Uint8Array(width * height);
  for (let channel = 0; channel < 3; channel += 1) {
    const [first, second] = [smoothed(a, channel, width, height), smoothed(b, channel, width, height)];
    addDistance(values, first, second, width, height);
    addDistance(values, second, first, width, height);
  }
  let shared = 0;
  for (let pixel = 0; pixel < values.length; pixel += 1) {
    if (b[pixel * 4 + 3] === 255) shared += 1;
    else values[pixel] = 0;
  }
  return { width, height, values, shared };
}

/** One channel, each pixel with its eight neighbours: the grain of one more JPEG is less than a difference. */
function smoothed(rgba: Rgba, channel: number, width: number, height: number): Uint8Array {
  const plane = new Uint8Array(width * height);
  for (let pixel = 0; pixel < plane.length; pixel += 1) plane[pixel] = rgba[pixel * 4 + channel] ?? 0;
  const middle = (x: number, y: number, z: number): number => (x + 2 * y + z + 2) >> 2;
  return overNeighbours(plane, width, height, middle);
}

function addDistance(
  into: Uint8Array,
  picture: Uint8Array,
  other: Uint8Array,
  width: number,
  height: number,
): void {
  const least = overNeighbours(other, width, height, (x, y, z) => Math.min(x, y, z));
  const most = overNeighbours(other, width, height, (x, y, z) => Math.max(x, y, z));
  for (let pixel = 0; pixel < into.length; pixel += 1) {
    const value = picture[pixel] ?? 0;
    const distance = Math.max(0, value - (most[pixel] ?? 0), (least[pixel] ?? 0) - value);
    if (distance > (into[pixel] ?? 0)) into[pixel] = distance;
  }
}

/** A function of three values in a row, along the rows and then along the columns. */
function overNeighbours(
  plane: Uint8Array,
  width: number,
  height: number,
  of: (before: number, here: number, after: number) => number,
): Uint8Array {
  const rows = new Uint8Array(plane.length);
  const both = new Uint8Array(plane.length);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const here = plane[at] ?? 0;
      rows[at] = of(x > 0 ? (plane[at - 1] ?? 0) : here, here, x < width - 1 ? (plane[at + 1] ?? 0) : here);
    }
  }
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const here = rows[at] ?? 0;
      both[at] = of(
        y > 0 ? (rows[at - width] ?? 0) : here,
        here,
        y < height - 1 ? (rows[at + width] ?? 0) : here,
      );
    }
  }
  return both;
}

/** The smallest value of the map that counts at a threshold from 0 to 1. */
export function valueFrom(threshold: number): number {
  return Math.max(1, Math.round(threshold * 255));
}

/** Part of what both show, 0 to 1, that differs at the threshold. */
export function differingShare({ values, shared }: DifferenceMap, threshold: number): number {
  const from = valueFrom(threshold);
  let count = 0;
  for (const value of values) if (value >= from) count += 1;
  return shared === 0 ? 0 : count / shared;
}

/** RGBA of the map: transparent below the threshold. */
export function paintedDifference(
  { values }: DifferenceMap,
  threshold: number,
): Uint8ClampedArray<ArrayBuffer> {
  const from = valueFrom(threshold);
  const painted = new Uint8ClampedArray(values.length * 4);
  values.forEach((value, pixel) => {
    if (value < from) return;
    const strength = Math.min(1, (value - from) / Math.max(1, FULL_FROM - from));
    AMBER.forEach((colour, channel) => {
      painted[pixel * 4 + channel] = colour + ((LIGHT[channel] ?? colour) - colour) * strength;
    });
    painted[pixel * 4 + 3] = MIN_ALPHA + (255 - MIN_ALPHA) * strength;
  });
  return painted;
}
