/** @file As pickSamples in ../plain-kernels.ts. */
import { RIM_PX } from '../parameters';
import { floatAt, setFloat } from './memory';

/** Writes arrays of `capacity` f32 one behind the other. @returns the count of samples */
export function pickSamples(
  plane: usize,
  width: i32,
  height: i32,
  cell: i32,
  picked: usize,
  capacity: i32,
): i32 {
  let count = 0;
  for (let top = RIM_PX; top < height - RIM_PX; top += cell) {
    const bottom = min(height - RIM_PX, top + cell);
    for (let left = RIM_PX; left < width - RIM_PX; left += cell) {
      const at = steepest(plane, width, left, top, min(width - RIM_PX, left + cell), bottom);
      setFloat(picked, count, <f32>(at % width));
      setFloat(picked, capacity + count, <f32>(at / width));
      setFloat(picked, 2 * capacity + count, floatAt(plane, at));
      setFloat(picked, 3 * capacity + count, (floatAt(plane, at + 1) - floatAt(plane, at - 1)) * 0.5);
      setFloat(picked, 4 * capacity + count, (floatAt(plane, at + width) - floatAt(plane, at - width)) * 0.5);
      count++;
    }
  }
  return count;
}

function steepest(plane: usize, width: i32, left: i32, top: i32, right: i32, bottom: i32): i32 {
  let best: f32 = -1;
  let found = top * width + left;
  for (let y = top; y < bottom; y++) {
    for (let i = y * width + left; i < y * width + right; i++) {
      const dx = floatAt(plane, i + 1) - floatAt(plane, i - 1);
      const dy = floatAt(plane, i + width) - floatAt(plane, i - width);
      const steepness = dx * dx + dy * dy;
      if (steepness <= best) continue;
      best = steepness;
      found = i;
    }
  }
  return found;
}
