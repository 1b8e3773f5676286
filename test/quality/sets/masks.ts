/** @file Soft ellipses, smooth fields and filled holes: what local changes of a picture are made with. */
import { gaussian, sampleInto } from '../../../src-main/engine/damage/pixels.ts';
import type { Random } from '../../../src-main/engine/demo/random.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';

interface Size {
  width: number;
  height: number;
}

export interface Ellipse {
  x: number;
  y: number;
  rx: number;
  ry: number;
}

/** An ellipse of a part of the picture's area, inside its frame. */
export function drawEllipse(random: Random, { width, height }: Size, area: number): Ellipse {
  const radius = Math.sqrt((area * width * height) / Math.PI);
  const shape = Math.exp(random.between(-0.5, 0.5));
  const [rx, ry] = [radius * shape, radius / shape];
  const within = (half: number, side: number): number =>
    random.between(Math.min(half, side / 2), Math.max(side - half, side / 2));
  return { x: within(rx, width), y: within(ry, height), rx, ry };
}

/** 1 inside, 0 outside, over `soft` px from one to the other. */
export function ellipseMask({ width, height }: Size, { x, y, rx, ry }: Ellipse, soft: number): Float32Array {
  const mask = new Float32Array(width * height);
  const radius = Math.min(rx, ry);
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      const distance = (1 - Math.hypot((column - x) / rx, (row - y) / ry)) * radius;
      mask[i] = Math.max(0, Math.min(1, distance / Math.max(0.5, soft) + 0.5));
    }
  }
  return mask;
}

/** Values of about deviation 1 that change over `cell` px. */
export function smoothField(random: Random, { width, height }: Size, cell: number): Float32Array {
  const columns = Math.max(2, Math.ceil(width / cell) + 2);
  const rows = Math.max(2, Math.ceil(height / cell) + 2);
  const lattice = Array.from({ length: columns * rows }, () => gaussian(random));
  const ease = (t: number): number => t * t * (3 - 2 * t);
  const field = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / cell);
    const v = ease(y / cell - row);
    for (let x = 0; x < width; x++, i++) {
      const column = Math.floor(x / cell);
      const u = ease(x / cell - column);
      const at = row * columns + column;
      const upper = (lattice[at] ?? 0) * (1 - u) + (lattice[at + 1] ?? 0) * u;
      const lower = (lattice[at + columns] ?? 0) * (1 - u) + (lattice[at + columns + 1] ?? 0) * u;
      field[i] = upper * (1 - v) + lower * v;
    }
  }
  return field;
}

export function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
}

/** Each pixel taken from a place `shift(i)` px further. */
export function displaced(
  image: RgbImage,
  shift: (i: number) => readonly [dx: number, dy: number],
): RgbImage {
  const { width, height } = image;
  const data = new Uint8ClampedArray(image.data.length);
  const colour = [0, 0, 0];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [dx, dy] = shift(i);
      sampleInto(image, x + dx, y + dy, colour);
      data.set(colour, i * 3);
    }
  }
  return { width, height, data: new Uint8Array(data.buffer) };
}

/** `over` where the mask is 1, `under` where it is 0. */
export function mixed(under: RgbImage, over: RgbImage, mask: Float32Array): RgbImage {
  const data = new Uint8Array(under.data);
  for (let i = 0; i < data.length; i++) {
    const share = mask[Math.floor(i / 3)] ?? 0;
    if (share > 0) data[i] = Math.round((data[i] ?? 0) * (1 - share) + (over.data[i] ?? 0) * share);
  }
  return { ...under, data };
}

interface Level extends Size {
  /** Red, green, blue, each times weight, and weight. */
  values: Float32Array;
}

/** What the mask covers, filled from around it (push and pull: Gortler and others 1996, The lumigraph). */
export function holeFilled(image: RgbImage, mask: Float32Array): RgbImage {
  const { width, height } = image;
  const values = new Float32Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const weight = (mask[i] ?? 0) > 0.05 ? 0 : 1;
    for (let c = 0; c < 3; c++) values[i * 4 + c] = (image.data[i * 3 + c] ?? 0) * weight;
    values[i * 4 + 3] = weight;
  }
  const filled = pushPull({ width, height, values });
  const data = new Uint8Array(image.data);
  for (let i = 0; i < width * height; i++) {
    if ((mask[i] ?? 0) <= 0.05) continue;
    const weight = filled[i * 4 + 3] ?? 1;
    for (let c = 0; c < 3; c++) data[i * 3 + c] = Math.round((filled[i * 4 + c] ?? 0) / weight);
  }
  return { width, height, data };
}

function pushPull(level: Level): Float32Array {
  const { width, height, values } = level;
  if (width <= 1 && height <= 1) return values;
  const half = halved(level);
  const below: Level = { ...half, values: pushPull(half) };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 4;
      const missing = 1 - Math.min(1, values[i + 3] ?? 0);
      if (missing > 0) addSampled(below, x / 2 - 0.25, y / 2 - 0.25, missing, values, i);
    }
  }
  return values;
}

function halved({ width, height, values }: Level): Level {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const sums = new Float32Array(half.width * half.height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      const to = ((y >> 1) * half.width + (x >> 1)) * 4;
      for (let c = 0; c < 4; c++) sums[to + c] = (sums[to + c] ?? 0) + (values[from + c] ?? 0);
    }
  }
  for (let i = 0; i < sums.length; i += 4) {
    const weight = Math.max(1, sums[i + 3] ?? 0);
    for (let c = 0; c < 4; c++) sums[i + c] = (sums[i + c] ?? 0) / weight;
  }
  return { ...half, values: sums };
}

/** Adds `share` of the coarse level at a place to four numbers of a finer one. */
function addSampled(level: Level, x: number, y: number, share: number, into: Float32Array, at: number): void {
  const { width, height, values } = level;
  const cx = Math.max(0, Math.min(width - 1, x));
  const cy = Math.max(0, Math.min(height - 1, y));
  const [x0, y0] = [Math.floor(cx), Math.floor(cy)];
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)];
  const [u, v] = [cx - x0, cy - y0];
  for (let c = 0; c < 4; c++) {
    const value = (px: number, py: number): number => values[(py * width + px) * 4 + c] ?? 0;
    const upper = value(x0, y0) * (1 - u) + value(x1, y0) * u;
    const lower = value(x0, y1) * (1 - u) + value(x1, y1) * u;
    into[at + c] = (into[at + c] ?? 0) + share * (upper * (1 - v) + lower * v);
  }
}
