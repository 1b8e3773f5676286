/** @file The grey picture in which points are looked for: longest side 256 px, made smaller or larger. */
import { type RgbImage } from '../../imaging/image.ts';
import {
  BLUE_WEIGHT,
  GREEN_WEIGHT,
  GREY_EDGE_PX,
  GREY_SHORT_EDGE_MIN_PX,
  RED_WEIGHT,
} from '../parameters.ts';

/** Grey levels 0..255, row major: data[y * width + x]. */
export interface GreyImage {
  width: number;
  height: number;
  data: Float32Array;
}

/** Of every target pixel along one axis: source pixels first[i] .. first[i] + count[i] - 1, weights[i * taps ...]. */
interface AxisTaps {
  taps: number;
  first: Int32Array;
  count: Int32Array;
  weights: Float32Array;
}

/** Longest side 256 px; the shorter one in proportion, but 8 px at least. */
export function greySize({ width, height }: RgbImage): { width: number; height: number } {
  const scale = GREY_EDGE_PX / Math.max(width, height);
  return {
    width: Math.max(GREY_SHORT_EDGE_MIN_PX, Math.round(width * scale)),
    height: Math.max(GREY_SHORT_EDGE_MIN_PX, Math.round(height * scale)),
  };
}

export function toGrey(image: RgbImage): GreyImage {
  const { width, height } = greySize(image);
  const rows = resizeHeight(luma(image), image.width, axisTaps(image.height, height), height);
  return { width, height, data: resizeWidth(rows, image.width, axisTaps(image.width, width), width, height) };
}

function luma({ width, height, data }: RgbImage): Float32Array {
  const grey = new Float32Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] =
      RED_WEIGHT * (data[at] ?? 0) + GREEN_WEIGHT * (data[at + 1] ?? 0) + BLUE_WEIGHT * (data[at + 2] ?? 0);
  }
  return grey;
}

/** A triangle as wide as two target pixels, or two source pixels when making larger. */
function axisTaps(from: number, to: number): AxisTaps {
  const scale = from / to;
  const reach = Math.max(1, scale);
  const taps = Math.ceil(2 * reach) + 1;
  const axis = {
    taps,
    first: new Int32Array(to),
    count: new Int32Array(to),
    weights: new Float32Array(to * taps),
  };
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale - 0.5;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(from - 1, Math.floor(centre + reach));
    let sum = 0;
    for (let pixel = first; pixel <= last; pixel++) sum += 1 - Math.abs(pixel - centre) / reach;
    for (let pixel = first; pixel <= last; pixel++) {
      axis.weights[i * taps + pixel - first] = (1 - Math.abs(pixel - centre) / reach) / sum;
    }
    axis.first[i] = first;
    axis.count[i] = last - first + 1;
  }
  return axis;
}

function resizeHeight(source: Float32Array, width: number, axis: AxisTaps, height: number): Float32Array {
  const target = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const count = axis.count[y] ?? 0;
    for (let k = 0; k < count; k++) {
      const weight = axis.weights[y * axis.taps + k] ?? 0;
      const from = ((axis.first[y] ?? 0) + k) * width;
      for (let x = 0, at = y * width; x < width; x++, at++) {
        target[at] = (target[at] ?? 0) + weight * (source[from + x] ?? 0);
      }
    }
  }
  return target;
}

function resizeWidth(
  source: Float32Array,
  sourceWidth: number,
  axis: AxisTaps,
  width: number,
  height: number,
): Float32Array {
  const target = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * sourceWidth + (axis.first[x] ?? 0);
      const count = axis.count[x] ?? 0;
      let sum = 0;
      for (let k = 0; k < count; k++) {
        sum += (axis.weights[x * axis.taps + k] ?? 0) * (source[from + k] ?? 0);
      }
      target[y * width + x] = sum;
    }
  }
  return target;
}
