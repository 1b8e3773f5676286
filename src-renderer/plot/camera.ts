/** @file From coordinates of the map to places on its canvas: what is in view, how it is turned. Pure. */

/** In px of the page, from the canvas's top left. */
export interface Place {
  x: number;
  y: number;
}

export interface Frame {
  width: number;
  height: number;
}

/** What the view is centred at and how near it is; turning acts in three dimensions only. */
export interface Camera {
  /** Of the middle of the canvas, in units of the fitted map: 0, 0 is the middle of all points. */
  x: number;
  y: number;
  /** 1: the whole map fits. */
  zoom: number;
  /** Radians. */
  yaw: number;
  pitch: number;
}

export const wholeMap: Camera = { x: 0, y: 0, zoom: 1, yaw: 0, pitch: 0 };
/** A view into depth, so that three dimensions look like three. */
export const wholeSolid: Camera = { ...wholeMap, yaw: 0.6, pitch: 0.35 };

export const MIN_ZOOM = 0.5;
export const MAX_ZOOM = 400;
/** Part of the shorter side of the canvas that the whole map takes. */
const FILLED = 0.46;
const MAX_PITCH = Math.PI / 2;

/** Points moved to their middle and scaled so that nearly all lie within 1 of it: outliers would make the rest small. */
export interface Fitted {
  dims: 2 | 3;
  /** Three numbers a point; the third is 0 on a flat map. */
  points: Float32Array;
}

const OUTLIER_SHARE = 0.995;
const SAMPLED = 4_096;

export function fit(coordinates: Float32Array, dims: 2 | 3): Fitted {
  const total = coordinates.length / dims;
  const points = new Float32Array(total * 3);
  if (total === 0) return { dims, points };
  const step = Math.max(1, Math.floor(total / SAMPLED));
  const middle = Array.from({ length: dims }, (_, axis) => middleOf(coordinates, dims, axis, step));
  const distances: number[] = [];
  for (let point = 0; point < total; point += step) {
    let sum = 0;
    for (let axis = 0; axis < dims; axis++)
      sum += ((coordinates[point * dims + axis] ?? 0) - (middle[axis] ?? 0)) ** 2;
    distances.push(Math.sqrt(sum));
  }
  distances.sort((a, b) => a - b);
  const radius = distances[Math.floor((distances.length - 1) * OUTLIER_SHARE)] ?? 0;
  const scale = radius > 0 ? 1 / radius : 1;
  for (let point = 0; point < total; point++) {
    for (let axis = 0; axis < dims; axis++) {
      points[point * 3 + axis] = ((coordinates[point * dims + axis] ?? 0) - (middle[axis] ?? 0)) * scale;
    }
  }
  return { dims, points };
}

function middleOf(coordinates: Float32Array, dims: number, axis: number, step: number): number {
  const values: number[] = [];
  for (let at = axis; at < coordinates.length; at += dims * step) values.push(coordinates[at] ?? 0);
  values.sort((a, b) => a - b);
  const low = values[Math.floor(values.length * 0.005)] ?? 0;
  const high = values[Math.ceil(values.length * 0.995) - 1] ?? 0;
  return (low + high) / 2;
}

/** Rows of the matrix that turns a fitted point into right, up, towards the eye. */
export function rotation({ yaw, pitch }: Camera): readonly [number, number, number][] {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return [
    [cy, 0, sy],
    [sy * sp, cp, -cy * sp],
    [-sy * cp, sp, cy * cp],
  ];
}

/** px of the page for one unit of the fitted map. */
export function pixelsPerUnit({ width, height }: Frame, { zoom }: Camera): number {
  return Math.min(width, height) * FILLED * zoom;
}

/** Places of all points: two numbers each. Fills `into`, so that panning makes no garbage. */
export function project({ points }: Fitted, camera: Camera, frame: Frame, into: Float32Array): Float32Array {
  const [right = [1, 0, 0], up = [0, 1, 0]] = rotation(camera);
  const unit = pixelsPerUnit(frame, camera);
  const [cx, cy] = [frame.width / 2 - camera.x * unit, frame.height / 2 + camera.y * unit];
  for (let point = 0; point * 3 < points.length; point++) {
    const x = points[point * 3] ?? 0;
    const y = points[point * 3 + 1] ?? 0;
    const z = points[point * 3 + 2] ?? 0;
    into[point * 2] = cx + (right[0] * x + right[1] * y + right[2] * z) * unit;
    into[point * 2 + 1] = cy - (up[0] * x + up[1] * y + up[2] * z) * unit;
  }
  return into;
}

/** What lies under `at` stays there. */
export function zoomAt(camera: Camera, frame: Frame, at: Place, factor: number): Camera {
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, camera.zoom * factor));
  const before = pixelsPerUnit(frame, camera);
  const after = pixelsPerUnit(frame, { ...camera, zoom });
  const [dx, dy] = [at.x - frame.width / 2, frame.height / 2 - at.y];
  return { ...camera, zoom, x: camera.x + dx / before - dx / after, y: camera.y + dy / before - dy / after };
}

/** @param by px that the map moves on the canvas */
export function panned(camera: Camera, frame: Frame, by: Place): Camera {
  const unit = pixelsPerUnit(frame, camera);
  return { ...camera, x: camera.x - by.x / unit, y: camera.y + by.y / unit };
}

/** @param by px of a drag: once across the shorter side is half a turn */
export function turned(camera: Camera, frame: Frame, by: Place): Camera {
  const angle = Math.PI / Math.min(frame.width, frame.height);
  const pitch = Math.max(-MAX_PITCH, Math.min(MAX_PITCH, camera.pitch + by.y * angle));
  return { ...camera, yaw: camera.yaw + by.x * angle, pitch };
}

/** The view that shows these points as large as they fit, with some room. */
export function closeUp(fitted: Fitted, chosen: Iterable<number>, camera: Camera, frame: Frame): Camera {
  const base = { ...camera, x: 0, y: 0, zoom: 1 };
  const unit = pixelsPerUnit(frame, base);
  const [right = [1, 0, 0], up = [0, 1, 0]] = rotation(camera);
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const point of chosen) {
    const [px = 0, py = 0, pz = 0] = fitted.points.subarray(point * 3, point * 3 + 3);
    const x = right[0] * px + right[1] * py + right[2] * pz;
    const y = up[0] * px + up[1] * py + up[2] * pz;
    [x0, x1, y0, y1] = [Math.min(x0, x), Math.max(x1, x), Math.min(y0, y), Math.max(y1, y)];
  }
  if (x0 > x1) return camera;
  const ROOM = 1.3;
  const LEAST = 0.04;
  const span = (a: number, b: number): number => Math.max(LEAST, (b - a) * ROOM) * unit;
  const zoom = Math.min(frame.width / span(x0, x1), frame.height / span(y0, y1), MAX_ZOOM);
  return { ...camera, x: (x0 + x1) / 2, y: (y0 + y1) / 2, zoom: Math.max(MIN_ZOOM, zoom) };
}
