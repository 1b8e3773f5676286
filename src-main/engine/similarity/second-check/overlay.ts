/** @file Lays one picture on the other: common size, registration, and which pixels are compared. */
import { type ContentBox } from '../../features/content-boxes.ts';
import { type Rectangle } from '../../features/input.ts';
import { type RgbImage } from '../../imaging/image.ts';
import { determinantOf, pixelMap, type Size } from './homography.ts';
import { type Bounds, type Kernels } from './kernels.ts';
import { type Layer, type Overlaid } from './overlaid.ts';
import { COMMON_BLUR_SIGMA_PX, COMPARED_PIXELS_MIN, FRAME_CUT_PX } from './parameters.ts';
import { commonSizes, luminance, shrink } from './raster.ts';
import { register } from './registration.ts';
import { type CheckedPhoto, type FirstCheck } from './checked-pair.ts';
import { type Plane } from './workspace.ts';

export interface Overlay extends Overlaid {
  /** Locally normalised luminance of A, and that of B where A's pixels lie. */
  normalA: Plane;
  warpedNormalB: Plane;
}

/** Planes that one pair may need, and what is set aside for small arrays. */
const PLANES = 40;
const SMALL_ARRAYS_BYTES = 1 << 20;

/** @returns null when too little is compared */
export function overlay(
  kernels: Kernels,
  a: CheckedPhoto,
  b: CheckedPhoto,
  first: FirstCheck,
): Overlay | null {
  const sizes = commonSizes(a.image, b.image, first.map);
  const pixels = Math.max(sizes.a.width * sizes.a.height, sizes.b.width * sizes.b.height);
  kernels.workspace.begin(PLANES * pixels * 4 + SMALL_ARRAYS_BYTES);
  const layerA = layerOf(kernels, a, sizes.a, first.variant === 'negative');
  const layerB = layerOf(kernels, b, sizes.b, false);
  const start = pixelMap(first.map, sizes.a, sizes.b);
  const { map, normalA, normalB } = register(kernels, layerA.smooth, layerB.smooth, start);

  const { workspace } = kernels;
  const { width, height } = sizes.a;
  // When one of the two has content boxes, what lies around them is no part of the picture; when both have, it is.
  const isBoxedA = a.boxes.length > 0 && b.boxes.length === 0;
  const isBoxedB = b.boxes.length > 0 && a.boxes.length === 0;
  const inA = comparedPart(sizes.a, isBoxedA ? first.cropA : null);
  const inB = comparedPart(sizes.b, isBoxedB ? first.cropB : null);
  const warpedB = workspace.plane(width, height);
  const mask = workspace.bytes(width * height);
  kernels.warp(layerB.smooth, map, inA, inB, warpedB, mask);
  const compared = mask.reduce((sum, bit) => sum + bit, 0);
  if (compared < COMPARED_PIXELS_MIN) return null;
  const warpedNormalB = workspace.plane(width, height);
  kernels.warp(normalB, map, inA, inB, warpedNormalB, mask);
  const shownOfB = Math.min(1, (compared * Math.abs(determinantOf(map))) / (sizes.b.width * sizes.b.height));
  return { a: layerA, b: layerB, map, warpedB, mask, compared, shownOfB, normalA, warpedNormalB };
}

function layerOf(kernels: Kernels, photo: CheckedPhoto, size: Size, isNegative: boolean): Layer {
  const image = shrink(photo.image, size);
  const sharp = kernels.workspace.plane(size.width, size.height);
  const smooth = kernels.workspace.plane(size.width, size.height);
  luminance(image, sharp, isNegative);
  kernels.blur(sharp, smooth, COMMON_BLUR_SIGMA_PX);
  return { image, isNegative, sharp, smooth, boxes: boxesAt(photo.boxes, photo.image, size) };
}

function boxesAt(boxes: readonly ContentBox[], image: RgbImage, size: Size): Bounds[] {
  const [across, down] = [size.width / image.width, size.height / image.height];
  return boxes.map(({ left, top, width, height }) => ({
    left: left * across - 0.5,
    top: top * down - 0.5,
    right: (left + width) * across - 0.5,
    bottom: (top + height) * down - 0.5,
  }));
}

/** @param crop what the match lies in, in parts of the picture; null: all of it */
function comparedPart({ width, height }: Size, crop: Rectangle | null): Bounds {
  const [left, top, right, bottom] = crop ?? [0, 0, 1, 1];
  const inside = (place: number, length: number): number =>
    Math.min(length - 1 - FRAME_CUT_PX, Math.max(FRAME_CUT_PX, place));
  return {
    left: inside(left * width - 0.5 + FRAME_CUT_PX, width),
    top: inside(top * height - 0.5 + FRAME_CUT_PX, height),
    right: inside(right * width - 0.5 - FRAME_CUT_PX, width),
    bottom: inside(bottom * height - 0.5 - FRAME_CUT_PX, height),
  };
}
