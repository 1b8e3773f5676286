/** @file Huffman tables by window: what the next WINDOW_BITS bits say. */
import { AC_CODES, DC_CODES, SYMBOLS } from '../parameters';
import { longCodeTable, skipTable, symbolTable, tableSource, WINDOW_BITS, WINDOWS } from './memory';

/**
 * An entry for one symbol, u32: bits 0-5 length of code and value together; 6-14 coefficients that it stands for
 * (END_OF_BLOCK apart); 16-19 length of the value; 24-28 length of the code. 0: the code is longer or there is none.
 * For SYMBOLS: bits 0-5 and 24-28 length of the code, 16-23 the symbol.
 */
export const ADVANCE_SHIFT: u32 = 6;
export const ADVANCE_MASK: u32 = 0x1ff;
export const SIZE_SHIFT: u32 = 16;
export const LENGTH_SHIFT: u32 = 24;
export const TOTAL_MASK: u32 = 63;

/** Added to the coefficients. */
export const END_OF_BLOCK: u32 = 128;
/** The window says nothing about even one symbol. */
export const LOOK_CLOSER: u32 = 256;

/** Three entries of a skip table take at most 54 bits, so one filling of the bit buffer lasts for three. */
const SKIP_BITS_MAX: u32 = 18;
/** More coefficients than this never fit into a block. */
const SKIP_ADVANCE_MAX: u32 = 63;

/** Lengths of values: libjpeg takes up to 15 for AC, but 8-bit pictures have none above 10 (DC: 11). */
const AC_SIZE_MAX: u32 = 10;
const DC_SIZE_MAX: u32 = 11;

/**
 * Makes the tables of `slot` from `tableSource`.
 * @param kind DC_CODES, AC_CODES, or SYMBOLS for progressive pictures, whose symbols mean other things
 * @returns false when the codes are no code
 */
export function buildTable(slot: i32, kind: i32): bool {
  const symbols = symbolTable(slot);
  const long = longCodeTable(slot);
  const values = tableSource + 16;
  memory.fill(symbols, 0, <usize>(WINDOWS * 4));
  let code: u32 = 0;
  let index: u32 = 0;
  for (let length: u32 = 1; length <= 16; length++) {
    const count = <u32>load<u8>(tableSource + <usize>(length - 1));
    // Of codes of this length: the first one behind them (left-aligned to 16 bits), and where their symbols lie.
    store<i32>(long + ((<usize>length) << 2), <i32>index - <i32>code, 17 * 4);
    // No code consists of ones only.
    if (count > 0 && code + count >= (<u32>1) << length) return false;
    for (let i: u32 = 0; i < count; i++, code++, index++) {
      const symbol = <u32>load<u8>(values + <usize>index);
      store<u8>(long + <usize>(2 * 17 * 4) + <usize>index, <u8>symbol);
      if (<i32>length <= WINDOW_BITS) fillWindows(symbols, code, length, symbolEntry(symbol, length, kind));
    }
    store<u32>(long + ((<usize>length) << 2), code << (16 - length));
    code <<= 1;
  }
  if (kind === AC_CODES) buildSkips(slot);
  return true;
}

function fillWindows(symbols: usize, code: u32, length: u32, entry: u32): void {
  const spare = <u32>WINDOW_BITS - length;
  const first = symbols + <usize>(code << (spare + 2));
  for (let i: u32 = 0; i < (<u32>1) << spare; i++) store<u32>(first + <usize>(i << 2), entry);
}

/** @returns 0 for a symbol that no picture of 8 bits has */
export function symbolEntry(symbol: u32, length: u32, kind: i32): u32 {
  if (kind === SYMBOLS) return length | (symbol << SIZE_SHIFT) | (length << LENGTH_SHIFT);
  const size = symbol & 15;
  const run = symbol >> 4;
  if (kind === DC_CODES ? symbol > DC_SIZE_MAX : size > AC_SIZE_MAX) return 0;
  let advance: u32 = run + 1;
  if (kind === AC_CODES && size === 0) {
    if (run !== 0 && run !== 15) return 0;
    if (run === 0) advance = END_OF_BLOCK;
  }
  return (length + size) | (advance << ADVANCE_SHIFT) | (size << SIZE_SHIFT) | (length << LENGTH_SHIFT);
}

/** An entry for several symbols, u16: bits 0-5 their bits, values included; 6-14 their coefficients. */
function buildSkips(slot: i32): void {
  const symbols = symbolTable(slot);
  const skips = skipTable(slot);
  for (let window: u32 = 0; window < <u32>WINDOWS; window++) {
    let bits: u32 = 0;
    let advance: u32 = 0;
    while (bits < <u32>WINDOW_BITS) {
      const entry = load<u32>(symbols + <usize>(((window << bits) & (<u32>(WINDOWS - 1))) << 2));
      const length = entry >> LENGTH_SHIFT;
      const ahead = advance + ((entry >> ADVANCE_SHIFT) & ADVANCE_MASK);
      const total = bits + (entry & TOTAL_MASK);
      if (entry === 0 || bits + length > <u32>WINDOW_BITS || total > SKIP_BITS_MAX) break;
      if ((ahead & ~END_OF_BLOCK) > SKIP_ADVANCE_MAX) break;
      advance = ahead;
      bits = total;
      if ((advance & END_OF_BLOCK) !== 0) break;
    }
    if (bits === 0) advance = LOOK_CLOSER;
    store<u16>(skips + <usize>(window << 1), <u16>(bits | (advance << ADVANCE_SHIFT)));
  }
}

/** The entry of a code longer than the window, or 0 when there is no such code. @param bits the next 16 */
export function longEntry(slot: i32, bits: u32, kind: i32): u32 {
  const long = longCodeTable(slot);
  if (bits < load<u32>(long + ((<usize>WINDOW_BITS) << 2))) return 0;
  for (let length: u32 = <u32>WINDOW_BITS + 1; length <= 16; length++) {
    if (bits >= load<u32>(long + ((<usize>length) << 2))) continue;
    const index = <i32>(bits >> (16 - length)) + load<i32>(long + ((<usize>length) << 2), 17 * 4);
    if (index < 0 || index > 255) return 0;
    return symbolEntry(<u32>load<u8>(long + <usize>(2 * 17 * 4 + index)), length, kind);
  }
  return 0;
}
