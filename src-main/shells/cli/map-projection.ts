/** @file From coordinates of the map to places in the picture: flat for two axes, a turned box for three. */

export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Place {
  x: number;
  y: number;
  /** 0 = farthest, 1 = nearest; 1 everywhere on a flat map. */
  nearness: number;
}

export interface Bounds {
  min: number[];
  max: number[];
}

const PADDING = 0.05;
/** The box is seen from above, its corner of the lowest values at the back. */
const YAW = (-32 * Math.PI) / 180;
const PITCH = (22 * Math.PI) / 180;

/** Bounds of all axes with some room around; a single point gets a box, too. */
export function boundsOf(coordinates: Float32Array, dims: number): Bounds {
  const min = Array.from({ length: dims }, () => Infinity);
  const max = Array.from({ length: dims }, () => -Infinity);
  coordinates.forEach((value, index) => {
    const axis = index % dims;
    min[axis] = Math.min(min[axis] ?? value, value);
    max[axis] = Math.max(max[axis] ?? value, value);
  });
  const widest = Math.max(...min.map((low, axis) => (max[axis] ?? low) - low));
  const room = Number.isFinite(widest) && widest > 0 ? widest * PADDING : 1;
  return {
    min: min.map((low) => (Number.isFinite(low) ? low : 0) - room),
    max: max.map((high) => (Number.isFinite(high) ? high : 0) + room),
  };
}

type Project = (point: ArrayLike<number>) => Place;

/** Both axes in the same unit, because distances mean something. */
function flat({ min, max }: Bounds, area: Rect): Project {
  const [x0 = 0, y0 = 0] = min;
  const [x1 = 1, y1 = 1] = max;
  const scale = Math.min(area.width / (x1 - x0), area.height / (y1 - y0));
  const left = area.left + (area.width - (x1 - x0) * scale) / 2;
  const bottom = area.top + (area.height + (y1 - y0) * scale) / 2;
  return (point) => ({
    x: left + ((point[0] ?? 0) - x0) * scale,
    y: bottom - ((point[1] ?? 0) - y0) * scale,
    nearness: 1,
  });
}

/** Right, up and towards the eye. */
function turned(x: number, y: number, z: number): [number, number, number] {
  const right = x * Math.cos(YAW) + z * Math.sin(YAW);
  const front = -x * Math.sin(YAW) + z * Math.cos(YAW);
  return [
    right,
    y * Math.cos(PITCH) - front * Math.sin(PITCH),
    y * Math.sin(PITCH) + front * Math.cos(PITCH),
  ];
}

export function corners({ min, max }: Bounds): number[][] {
  const [x = [], y = [], z = []] = min.map((low, axis) => [low, max[axis] ?? low]);
  return x.flatMap((a) => y.flatMap((b) => z.map((c) => [a, b, c])));
}

function solid(bounds: Bounds, area: Rect): Project {
  const turn = (point: ArrayLike<number>): [number, number, number] =>
    turned(point[0] ?? 0, point[1] ?? 0, point[2] ?? 0);
  const seen = corners(bounds).map(turn);
  const range = (axis: 0 | 1 | 2): [number, number] => {
    const values = seen.map((corner) => corner[axis]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [x0, x1] = range(0);
  const [y0, y1] = range(1);
  const [z0, z1] = range(2);
  const scale = Math.min(area.width / (x1 - x0), area.height / (y1 - y0));
  const left = area.left + (area.width - (x1 - x0) * scale) / 2;
  const bottom = area.top + (area.height + (y1 - y0) * scale) / 2;
  return (point) => {
    const [x, y, z] = turn(point);
    return { x: left + (x - x0) * scale, y: bottom - (y - y0) * scale, nearness: (z - z0) / (z1 - z0) };
  };
}

export function projection(dims: 2 | 3, bounds: Bounds, area: Rect): Project {
  return dims === 2 ? flat(bounds, area) : solid(bounds, area);
}

/** Round values between `low` and `high`, about `wanted` of them. */
export function niceTicks(low: number, high: number, wanted = 6): number[] {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => power * factor >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
