/** @file Where two pictures are compared while one is laid on the other: the steepest pixel of each cell of a grid. */
import { RIM_PX, SAMPLES_WANTED } from './parameters.ts';
import { type Plane, type Workspace } from './workspace.ts';

export interface Samples {
  /** Of the picture that they were picked from, px. */
  width: number;
  height: number;
  count: number;
  x: Float32Array;
  y: Float32Array;
  value: Float32Array;
  /** Gradient: central differences along x and y. */
  alongX: Float32Array;
  alongY: Float32Array;
}

export function pickSamples(workspace: Workspace, plane: Plane): Samples {
  const { width, height } = plane;
  const cell = Math.max(2, Math.round(Math.sqrt((width * height) / SAMPLES_WANTED)));
  const most = Math.ceil(width / cell) * Math.ceil(height / cell);
  const [x, y, value] = [workspace.floats(most), workspace.floats(most), workspace.floats(most)];
  const [alongX, alongY] = [workspace.floats(most), workspace.floats(most)];
  let count = 0;
  for (let top = RIM_PX; top < height - RIM_PX; top += cell) {
    const bottom = Math.min(height - RIM_PX, top + cell);
    for (let left = RIM_PX; left < width - RIM_PX; left += cell) {
      const at = steepest(plane, left, top, Math.min(width - RIM_PX, left + cell), bottom);
      x[count] = at % width;
      y[count] = Math.floor(at / width);
      value[count] = plane.data[at] ?? 0;
      alongX[count] = ((plane.data[at + 1] ?? 0) - (plane.data[at - 1] ?? 0)) / 2;
      alongY[count] = ((plane.data[at + width] ?? 0) - (plane.data[at - width] ?? 0)) / 2;
      count++;
    }
  }
  return { width, height, count, x, y, value, alongX, alongY };
}

function steepest({ data, width }: Plane, left: number, top: number, right: number, bottom: number): number {
  let best = -1;
  let at = top * width + left;
  for (let y = top; y < bottom; y++) {
    for (let i = y * width + left; i < y * width + right; i++) {
      const dx = (data[i + 1] ?? 0) - (data[i - 1] ?? 0);
      const dy = (data[i + width] ?? 0) - (data[i - width] ?? 0);
      const steepness = dx * dx + dy * dy;
      if (steepness <= best) continue;
      best = steepness;
      at = i;
    }
  }
  return at;
}
