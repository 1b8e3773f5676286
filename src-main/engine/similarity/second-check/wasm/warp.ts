/** @file As warp in ../plain-kernels.ts: places of four pixels at once, the sixteen neighbours of each as four vectors. */
import { CUBIC_PHASES } from '../parameters';
import { doubleAt, limits, map, setFloat, take } from './memory';

/** Four weights for each phase between two pixels. */
const cubicWeights: usize = take((CUBIC_PHASES + 1) * 16);
for (let phase = 0; phase <= CUBIC_PHASES; phase++) {
  const f = <f32>phase / <f32>CUBIC_PHASES;
  setFloat(cubicWeights, 4 * phase, ((-0.5 * f + 1) * f - 0.5) * f);
  setFloat(cubicWeights, 4 * phase + 1, (1.5 * f - 2.5) * f * f + 1);
  setFloat(cubicWeights, 4 * phase + 2, ((-1.5 * f + 2) * f + 0.5) * f);
  setFloat(cubicWeights, 4 * phase + 3, (0.5 * f - 0.5) * f * f);
}

function splatOf(numbers: usize, index: i32): v128 {
  return f32x4.splat(<f32>doubleAt(numbers, index));
}

/** Reads the map from `map`, and left, top, right, bottom in the target, then in the source from `limits`. */
export function warp(
  source: usize,
  sourceWidth: i32,
  target: usize,
  mask: usize,
  width: i32,
  height: i32,
): void {
  memory.fill(target, 0, (<usize>(width * height)) << 2);
  memory.fill(mask, 0, <usize>(width * height));
  const lastRow = min(height - 1, <i32>Math.floor(doubleAt(limits, 3)));
  for (let y = max(0, <i32>Math.ceil(doubleAt(limits, 1))); y <= lastRow; y++) {
    const row = <usize>(y * width);
    warpRow(source, sourceWidth, target + (row << 2), mask + row, width, y);
  }
}

function warpRow(source: usize, sourceWidth: i32, target: usize, mask: usize, width: i32, y: i32): void {
  const rowU = f32x4.splat(<f32>(doubleAt(map, 1) * <f64>y + doubleAt(map, 2)));
  const rowV = f32x4.splat(<f32>(doubleAt(map, 4) * <f64>y + doubleAt(map, 5)));
  const rowZ = f32x4.splat(<f32>(doubleAt(map, 7) * <f64>y + doubleAt(map, 8)));
  const m0 = splatOf(map, 0);
  const m3 = splatOf(map, 3);
  const m6 = splatOf(map, 6);
  const firstColumn = splatOf(limits, 0);
  const lastColumn = f32x4.min(splatOf(limits, 2), f32x4.splat(<f32>(width - 1)));
  const widths = i32x4.splat(sourceWidth);
  const sourceBytes = (<usize>sourceWidth) << 2;
  const phases = f32x4.splat(<f32>CUBIC_PHASES);
  let x = f32x4(0, 1, 2, 3);
  for (let i: usize = 0; i < <usize>width; i += 4) {
    const z = f32x4.add(f32x4.mul(m6, x), rowZ);
    const u = f32x4.div(f32x4.add(f32x4.mul(m0, x), rowU), z);
    const v = f32x4.div(f32x4.add(f32x4.mul(m3, x), rowV), z);
    let inside = v128.and(f32x4.ge(x, firstColumn), f32x4.le(x, lastColumn));
    inside = v128.and(inside, v128.and(f32x4.ge(u, splatOf(limits, 4)), f32x4.le(u, splatOf(limits, 6))));
    inside = v128.and(inside, v128.and(f32x4.ge(v, splatOf(limits, 5)), f32x4.le(v, splatOf(limits, 7))));
    const bits = i32x4.bitmask(inside);
    if (bits !== 0) {
      const column = f32x4.floor(u);
      const row = f32x4.floor(v);
      const at = i32x4.add(
        i32x4.mul(i32x4.sub(i32x4.trunc_sat_f32x4_s(row), i32x4.splat(1)), widths),
        i32x4.trunc_sat_f32x4_s(column),
      );
      const across = i32x4.trunc_sat_f32x4_s(
        f32x4.add(f32x4.mul(f32x4.sub(u, column), phases), f32x4.splat(0.5)),
      );
      const down = i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(f32x4.sub(v, row), phases), f32x4.splat(0.5)));
      const out = target + (i << 2);
      const m = mask + i;
      if (bits & 1) {
        store<f32>(
          out,
          cubic(
            source,
            sourceBytes,
            i32x4.extract_lane(at, 0),
            i32x4.extract_lane(across, 0),
            i32x4.extract_lane(down, 0),
          ),
        );
        store<u8>(m, 1);
      }
      if (bits & 2) {
        store<f32>(
          out,
          cubic(
            source,
            sourceBytes,
            i32x4.extract_lane(at, 1),
            i32x4.extract_lane(across, 1),
            i32x4.extract_lane(down, 1),
          ),
          4,
        );
        store<u8>(m, 1, 1);
      }
      if (bits & 4) {
        store<f32>(
          out,
          cubic(
            source,
            sourceBytes,
            i32x4.extract_lane(at, 2),
            i32x4.extract_lane(across, 2),
            i32x4.extract_lane(down, 2),
          ),
          8,
        );
        store<u8>(m, 1, 2);
      }
      if (bits & 8) {
        store<f32>(
          out,
          cubic(
            source,
            sourceBytes,
            i32x4.extract_lane(at, 3),
            i32x4.extract_lane(across, 3),
            i32x4.extract_lane(down, 3),
          ),
          12,
        );
        store<u8>(m, 1, 3);
      }
    }
    x = f32x4.add(x, f32x4.splat(4));
  }
}

/** @param at pixel of the row above, of the column that the place lies in; across, down: phases */
function cubic(source: usize, rowBytes: usize, at: i32, across: i32, down: i32): f32 {
  const from = source + ((<usize>(at - 1)) << 2);
  const rows = cubicWeights + ((<usize>down) << 4);
  const upper = f32x4.add(
    f32x4.mul(v128.load(from), v128.load32_splat(rows)),
    f32x4.mul(v128.load(from + rowBytes), v128.load32_splat(rows, 4)),
  );
  const lower = f32x4.add(
    f32x4.mul(v128.load(from + 2 * rowBytes), v128.load32_splat(rows, 8)),
    f32x4.mul(v128.load(from + 3 * rowBytes), v128.load32_splat(rows, 12)),
  );
  const parts = f32x4.mul(f32x4.add(upper, lower), v128.load(cubicWeights + ((<usize>across) << 4)));
  return (
    f32x4.extract_lane(parts, 0) +
    f32x4.extract_lane(parts, 1) +
    (f32x4.extract_lane(parts, 2) + f32x4.extract_lane(parts, 3))
  );
}
