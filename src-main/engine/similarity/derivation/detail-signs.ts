/** @file Which of two copies is blurred, and which has something laid over it, by how much changes from pixel to pixel. */
import type { Region } from '../../../contract/model.ts';
import { boundsUnder } from '../parts-map.ts';
import { outsideBy, put, type LaidPicture } from './laid-picture.ts';

export interface Roughness {
  /** Mean of the strongest tenth of what changes from pixel to pixel, by the picture's contrast. */
  edges: number;
  /** The same of the weakest quarter: next to nothing but where there is noise. */
  ground: number;
}

/** Of the shared part. */
export function roughnessOf(picture: LaidPicture): Roughness {
  const { image, luminance, toOther } = picture;
  const { width, height } = image;
  const changes = new Float32Array(width * height);
  let count = 0;
  let [sum, squares] = [0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      if (outsideBy(put(toOther, { x: (x + 0.5) / width, y: (y + 0.5) / height })) > -0.02) continue;
      const at = y * width + x;
      const value = luminance[at] ?? 0;
      const around =
        (luminance[at - 1] ?? 0) +
        (luminance[at + 1] ?? 0) +
        (luminance[at - width] ?? 0) +
        (luminance[at + width] ?? 0);
      changes[count++] = Math.abs(4 * value - around);
      sum += value;
      squares += value * value;
    }
  }
  const sorted = changes.subarray(0, count).sort();
  const shared = Math.max(1, count);
  const contrast = Math.sqrt(Math.max(1, squares / shared - (sum / shared) ** 2));
  const meanOf = (from: number, to: number): number => {
    const part = sorted.subarray(Math.floor(from * count), Math.floor(to * count));
    return part.reduce((total, value) => total + value, 0) / Math.max(1, part.length) / contrast;
  };
  return { edges: meanOf(0.9, 1), ground: meanOf(0, 0.25) };
}

/** Regions get this part of their size as what is around them. */
const RING = 0.6;
/** Steps below this many grey levels are as good as none. */
const LEAST_STEP = 1.5;

/**
 * How much the regions stand out of what is around them, 0: not at all. An overlay has more edges, or fewer, than the
 * picture that it lies on.
 * @param regions in parts of A
 */
export function standsOut(
  picture: LaidPicture,
  regions: readonly Region[],
  toA: LaidPicture['toOther'] | null,
): number {
  let [total, weight] = [0, 0];
  for (const inA of regions) {
    const region = toA === null ? inA : boundsUnder(toA, inA);
    const area = region.width * region.height;
    if (area === 0) continue;
    const around = {
      left: region.left - (RING / 2) * region.width,
      top: region.top - (RING / 2) * region.height,
      width: (1 + RING) * region.width,
      height: (1 + RING) * region.height,
    };
    const [inner, outer] = [stepsIn(picture, region), stepsIn(picture, around)];
    const ring = (outer.sum - inner.sum) / Math.max(1, outer.count - inner.count);
    const own = inner.sum / Math.max(1, inner.count);
    total += area * Math.abs(Math.log((own + LEAST_STEP) / (Math.max(0, ring) + LEAST_STEP)));
    weight += area;
  }
  return weight === 0 ? 0 : total / weight;
}

function stepsIn({ image, luminance }: LaidPicture, region: Region): { sum: number; count: number } {
  const { width, height } = image;
  const [left, top] = [
    Math.max(0, Math.floor(region.left * width)),
    Math.max(0, Math.floor(region.top * height)),
  ];
  const right = Math.min(width - 1, Math.ceil((region.left + region.width) * width));
  const bottom = Math.min(height - 1, Math.ceil((region.top + region.height) * height));
  let [sum, count] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      const value = luminance[at] ?? 0;
      sum += Math.abs((luminance[at + 1] ?? 0) - value) + Math.abs((luminance[at + width] ?? 0) - value);
      count++;
    }
  }
  return { sum, count };
}
