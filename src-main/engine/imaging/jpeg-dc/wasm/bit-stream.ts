/**
 * @file Coded data as a stream of bits. Its bytes lie in memory last one first: so a little-endian load gives the next
 * eight with the first one on top, which WebAssembly has no other cheap way to do.
 */
import { input, MCU_BYTES, streamTop } from './memory';

/** The next bits, left-aligned; what lies below `bitCount` bits is right as well, or zero. */
export let bitBuffer: u64 = 0;
export let bitCount: i64 = 0;
/** The next byte to be loaded is the one below. */
export let streamAt: usize = streamTop;
/** The last byte of what is there. */
export let streamEnd: usize = streamTop;

/** Address behind what was taken from `input`. */
export let inputAt: usize = input;
/** `inputAt` stands at a marker: there is no more in this segment. */
export let atMarker: bool = false;

export function setBits(buffer: u64, count: i64, at: usize): void {
  bitBuffer = buffer;
  bitCount = count;
  streamAt = at;
}

export function bitsLeft(): i64 {
  return <i64>((<i64>streamAt - <i64>streamEnd) << 3) + bitCount;
}

/** Begins a segment behind what was taken. */
export function openSegment(at: usize): void {
  inputAt = at;
  atMarker = false;
  streamEnd = streamTop;
  setBits(0, 0, streamTop);
}

/** Goes on in the same segment with a new piece of input. */
export function openPiece(): void {
  inputAt = input;
}

/** What is left goes to the top, to make room for a whole piece of input. */
function moveToTop(): void {
  const left = streamAt - streamEnd;
  memory.copy(streamTop - left, streamEnd, left);
  streamAt = streamTop;
  streamEnd = streamTop - left;
}

const REVERSE = i8x16(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);

/** Takes input up to a marker or up to `end`; a byte of 0xff at the end waits for the next piece. */
export function unstuff(end: usize): void {
  moveToTop();
  let from = inputAt;
  let to = streamEnd;
  const ones = i8x16.splat(-1);
  while (from < end) {
    // What lies behind `end` is written below `to`, where it is written over.
    const bytes = v128.load(from);
    v128.store(to - 16, i8x16.swizzle(bytes, REVERSE));
    const marks = i8x16.bitmask(i8x16.eq(bytes, ones));
    const whole = <usize>min(<u64>ctz(marks | 0x10000), <u64>(end - from));
    from += whole;
    to -= whole;
    if (whole === 16 || from >= end) continue;
    if (from + 1 >= end) break;
    if (load<u8>(from, 1) !== 0) {
      atMarker = true;
      break;
    }
    to--;
    from += 2;
  }
  inputAt = from;
  streamEnd = to;
}

/** Whether an MCU can be read without asking what is left. */
export function isAmple(): bool {
  return streamAt > streamEnd + <usize>MCU_BYTES + 8;
}
