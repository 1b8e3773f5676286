/** @file Gradients of the levels that hold points. */
import { ATAN_1, ATAN_11, ATAN_3, ATAN_5, ATAN_7, ATAN_9, DIRECTIONS } from '../parameters.ts';
import { type Octave } from './scale-space.ts';

/** Of every pixel of a level but the outermost. */
export interface Gradients {
  width: number;
  height: number;
  /** Length of the central difference, grey levels over two pixels. */
  magnitude: Float32Array;
  /** Eighths of a turn, -4 up to 4, from the x axis towards the y axis. */
  direction: Float32Array;
}

const EIGHTHS_A_RADIAN = DIRECTIONS / (2 * Math.PI);

export function levelGradients({ width, height, gaussians }: Octave, level: number): Gradients {
  const values = gaussians[level] ?? new Float32Array(0);
  const magnitude = new Float32Array(width * height);
  const direction = new Float32Array(width * height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, at = y * width + 1; x < width - 1; x++, at++) {
      const dx = (values[at + 1] ?? 0) - (values[at - 1] ?? 0);
      const dy = (values[at + width] ?? 0) - (values[at - width] ?? 0);
      magnitude[at] = Math.sqrt(dx * dx + dy * dy);
      direction[at] = directionOf(dx, dy);
    }
  }
  return { width, height, magnitude, direction };
}

/** atan2(dy, dx) in eighths of a turn, to 1e-4 of them; 0 where there is no gradient. */
export function directionOf(dx: number, dy: number): number {
  const across = Math.abs(dx);
  const down = Math.abs(dy);
  const larger = Math.max(across, down);
  if (larger === 0) return 0;
  const ratio = Math.min(across, down) / larger;
  const square = ratio * ratio;
  let series = ATAN_11 * square + ATAN_9;
  series = series * square + ATAN_7;
  series = series * square + ATAN_5;
  series = series * square + ATAN_3;
  series = series * square + ATAN_1;
  let eighths = series * ratio * EIGHTHS_A_RADIAN;
  if (down > across) eighths = 2 - eighths;
  if (dx < 0) eighths = 4 - eighths;
  return dy < 0 ? -eighths : eighths;
}
