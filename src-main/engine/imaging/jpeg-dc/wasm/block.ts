/** @file One block: its DC coefficient read, its AC coefficients passed over or read. */
import { AC_CODES, DC_CODES } from '../parameters';
import { bitBuffer, bitCount, setBits, streamAt } from './bit-stream';
import {
  ADVANCE_MASK,
  ADVANCE_SHIFT,
  END_OF_BLOCK,
  LENGTH_SHIFT,
  longEntry,
  SIZE_SHIFT,
  TOTAL_MASK,
} from './huffman-table';
import { coefficients, skipTable, symbolTable, WINDOW_BITS } from './memory';
import { zigzagAt } from './zigzag';

const WINDOW_SHIFT: u64 = <u64>(64 - WINDOW_BITS);

/** Set for good when a code is none. */
export let isBroken: bool = false;

export function forgetBroken(): void {
  isBroken = false;
}

/** The `size` bits behind a code of `length` bits as a signed number; 0 for no bits. */
function signedValue(buffer: u64, length: u32, size: u32): i32 {
  const bits = buffer << (<u64>length);
  const value = <i32>((bits >> 1) >> (<u64>(63 - size)));
  const negative = ~(<i32>((<i64>bits) >> 63));
  return value + (negative & (1 - (1 << size)));
}

/** @returns how much the DC coefficient differs from the one before */
export function readDc(slot: i32): i32 {
  let buffer = bitBuffer;
  let count = bitCount;
  let at = streamAt;
  buffer |= load<u64>(at - 8) >> count;
  at -= <usize>((63 - count) >> 3);
  count |= 56;
  let entry = load<u32>(symbolTable(slot) + ((<usize>(buffer >> WINDOW_SHIFT)) << 2));
  if (entry === 0) {
    entry = longEntry(slot, <u32>(buffer >> 48), DC_CODES);
    if (entry === 0) isBroken = true;
  }
  const difference = signedValue(buffer, entry >> LENGTH_SHIFT, (entry >> SIZE_SHIFT) & 15);
  setBits(buffer << (<u64>entry), count - <i64>(entry & TOTAL_MASK), at);
  return difference;
}

/** Passes over the AC coefficients of a block. */
export function skipAc(slot: i32): void {
  const skips = skipTable(slot);
  let buffer = bitBuffer;
  let count = bitCount;
  let at = streamAt;
  let filled: u32 = 1;
  while (true) {
    buffer |= load<u64>(at - 8) >> count;
    at -= <usize>((63 - count) >> 3);
    count |= 56;
    let before = buffer;
    let entry = <u32>load<u16>(skips + ((<usize>(buffer >> WINDOW_SHIFT)) << 1));
    buffer <<= <u64>entry;
    count -= <i64>(entry & TOTAL_MASK);
    filled += entry >> ADVANCE_SHIFT;
    if (filled < 64) {
      before = buffer;
      entry = <u32>load<u16>(skips + ((<usize>(buffer >> WINDOW_SHIFT)) << 1));
      buffer <<= <u64>entry;
      count -= <i64>(entry & TOTAL_MASK);
      filled += entry >> ADVANCE_SHIFT;
      if (filled < 64) {
        before = buffer;
        entry = <u32>load<u16>(skips + ((<usize>(buffer >> WINDOW_SHIFT)) << 1));
        buffer <<= <u64>entry;
        count -= <i64>(entry & TOTAL_MASK);
        filled += entry >> ADVANCE_SHIFT;
        if (filled < 64) continue;
      }
    }
    if (filled === 64 || filled - (END_OF_BLOCK + 1) < 63) break;
    // The entry goes past the end of the block, or has no whole symbol: back, and one symbol by itself.
    count += <i64>(entry & TOTAL_MASK);
    filled -= entry >> ADVANCE_SHIFT;
    buffer = before | (load<u64>(at - 8) >> count);
    at -= <usize>((63 - count) >> 3);
    count |= 56;
    const symbol = symbolAt(slot, buffer);
    buffer <<= <u64>symbol;
    count -= <i64>(symbol & TOTAL_MASK);
    filled += (symbol >> ADVANCE_SHIFT) & ADVANCE_MASK;
    if (filled < 64) continue;
    if (filled !== 64 && filled - (END_OF_BLOCK + 1) >= 63) isBroken = true;
    break;
  }
  setBits(buffer, count, at);
}

/** Past the end of the block when there is no such code. */
const NO_SYMBOL: u32 = 64 << ADVANCE_SHIFT;

function symbolAt(slot: i32, buffer: u64): u32 {
  let entry = load<u32>(symbolTable(slot) + ((<usize>(buffer >> WINDOW_SHIFT)) << 2));
  if (entry === 0) entry = longEntry(slot, <u32>(buffer >> 48), AC_CODES);
  return entry === 0 ? NO_SYMBOL : entry;
}

/** Reads the AC coefficients of a block into `coefficients`, which are zero. @returns whether there are any */
export function readAc(slot: i32): bool {
  const symbols = symbolTable(slot);
  let buffer = bitBuffer;
  let count = bitCount;
  let at = streamAt;
  let filled: u32 = 1;
  let any = false;
  while (true) {
    buffer |= load<u64>(at - 8) >> count;
    at -= <usize>((63 - count) >> 3);
    count |= 56;
    let entry = load<u32>(symbols + ((<usize>(buffer >> WINDOW_SHIFT)) << 2));
    if (entry === 0) entry = symbolAt(slot, buffer);
    filled += (entry >> ADVANCE_SHIFT) & ADVANCE_MASK;
    if (filled <= 64) {
      const size = (entry >> SIZE_SHIFT) & 15;
      const value = signedValue(buffer, entry >> LENGTH_SHIFT, size);
      store<i16>(coefficients + zigzagAt(filled - 1), <i16>value);
      any = true;
    }
    buffer <<= <u64>entry;
    count -= <i64>(entry & TOTAL_MASK);
    if (filled >= 64) break;
  }
  if (filled !== 64 && filled - (END_OF_BLOCK + 1) >= 63) isBroken = true;
  setBits(buffer, count, at);
  return any;
}
