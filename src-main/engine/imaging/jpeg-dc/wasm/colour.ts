/** @file Luminance and chrominance to RGB, integer for integer as libjpeg's ycc_rgb_convert (jdcolor.c). */
import {
  across,
  bluePlane,
  chromaStride,
  componentCount,
  down,
  isFine,
  lumaPlane,
  lumaStride,
  pixels,
  redPlane,
} from './frame';

/** 16 bits behind the point. */
const ONE_HALF: i32 = 1 << 15;
const RED_OF_CR: i32 = 91881; // 1.40200
const BLUE_OF_CB: i32 = 116130; // 1.77200
const GREEN_OF_CR: i32 = 46802; // 0.71414
const GREEN_OF_CB: i32 = 22554; // 0.34414

/** Writes width x height pixels of 3 bytes, or of 1 for a grey picture, to `pixels`. */
export function makePixels(width: i32, height: i32): void {
  if (componentCount === 1) return copyGrey(width, height);
  const xShift = across === 2 && !isFine ? 1 : 0;
  const yShift = down === 2 && !isFine ? 1 : 0;
  let to = pixels;
  for (let y = 0; y < height; y++) {
    const luma = lumaPlane + <usize>(y * lumaStride);
    const chroma = <usize>((y >> yShift) * chromaStride);
    for (let x = 0; x < width; x++, to += 3) {
      const at = chroma + <usize>(x >> xShift);
      setPixel(
        to,
        <i32>load<u8>(luma + <usize>x),
        <i32>load<u8>(bluePlane + at) - 128,
        <i32>load<u8>(redPlane + at) - 128,
      );
    }
  }
}

function setPixel(to: usize, luma: i32, cb: i32, cr: i32): void {
  store<u8>(to, clamped(luma + ((RED_OF_CR * cr + ONE_HALF) >> 16)));
  store<u8>(to, clamped(luma + ((ONE_HALF - GREEN_OF_CB * cb - GREEN_OF_CR * cr) >> 16)), 1);
  store<u8>(to, clamped(luma + ((BLUE_OF_CB * cb + ONE_HALF) >> 16)), 2);
}

function clamped(value: i32): u8 {
  return <u8>min(255, max(0, value));
}

function copyGrey(width: i32, height: i32): void {
  for (let y = 0; y < height; y++) {
    memory.copy(pixels + <usize>(y * width), lumaPlane + <usize>(y * lumaStride), <usize>width);
  }
}
