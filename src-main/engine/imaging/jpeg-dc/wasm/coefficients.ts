/**
 * @file The coefficients of a progressive picture that an eighth of its size needs: DC, and all of chrominance where that
 * has half as many blocks (frame.ts, isFine).
 */
import {
  across,
  bluePlane,
  chromaStride,
  componentCount,
  down,
  frameEnd,
  growTo,
  isFine,
  lumaPlane,
  mcuColumns,
  mcuRows,
  padded,
  quantisersOf,
  redPlane,
} from './frame';
import { coefficients } from './memory';
import { forgetWild, isWild, meanOf, setQuarters } from './samples';

/** Of 64 coefficients, and of one. */
const BLOCK_BYTES: i32 = 128;
const DC_BYTES: i32 = 2;

/** Coefficients of blue and red chrominance begin here; luminance begins at `frameEnd`. */
let blueStart: usize = 0;
let redStart: usize = 0;

/** Behind setFrame. @returns false when there is not enough memory */
export function beginProgressive(): bool {
  const lumaBytes = mcuColumns * mcuRows * across * down * DC_BYTES;
  const chromaBytes = componentCount === 1 ? 0 : mcuColumns * mcuRows * chromaBlockBytes();
  blueStart = frameEnd + <usize>padded(lumaBytes);
  redStart = blueStart + <usize>padded(chromaBytes);
  const end = redStart + <usize>padded(chromaBytes);
  forgetWild();
  if (!growTo(end)) return false;
  memory.fill(frameEnd, 0, end - frameEnd);
  return true;
}

function chromaBlockBytes(): i32 {
  return isFine ? BLOCK_BYTES : DC_BYTES;
}

/** @returns address of the first coefficient of a block */
export function blockAt(component: i32, x: i32, y: i32): usize {
  if (component === 0) return frameEnd + <usize>((y * mcuColumns * across + x) * DC_BYTES);
  const start = component === 1 ? blueStart : redStart;
  return start + <usize>((y * mcuColumns + x) * chromaBlockBytes());
}

/** After the last scan. @returns false when a value is none of a picture of 8 bits */
export function makeSamples(): bool {
  makeMeans(0, lumaPlane, mcuColumns * across, mcuRows * down);
  if (componentCount > 1) {
    makeChroma(1, bluePlane);
    makeChroma(2, redPlane);
  }
  return !isWild;
}

function makeMeans(component: i32, plane: usize, wide: i32, high: i32): void {
  const quantiser = <i32>load<u16>(quantisersOf(component));
  const start = blockAt(component, 0, 0);
  for (let i = 0; i < wide * high; i++) {
    const dc = <i32>load<i16>(start + <usize>(i * DC_BYTES));
    store<u8>(plane + <usize>i, meanOf(dc * quantiser));
  }
}

function makeChroma(component: i32, plane: usize): void {
  if (!isFine) return makeMeans(component, plane, mcuColumns, mcuRows);
  const quantiser = quantisersOf(component);
  for (let y = 0; y < mcuRows; y++) {
    for (let x = 0; x < mcuColumns; x++) {
      const block = blockAt(component, x, y);
      for (let at: usize = 0; at < 128; at += 16) v128.store(coefficients + at, v128.load(block + at));
      setQuarters(plane + <usize>(2 * y * chromaStride + 2 * x), chromaStride, quantiser);
    }
  }
  const zero = i64x2.splat(0);
  for (let at: usize = 0; at < 128; at += 16) v128.store(coefficients + at, zero);
}
