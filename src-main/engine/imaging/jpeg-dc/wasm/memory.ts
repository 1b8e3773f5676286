/** @file Where everything lies. Addresses are bytes; what grows with the picture lies behind all else. */
import { BLOCKS_MAX, COMPONENTS_MAX, INPUT_BYTES, TABLES_MAX } from '../parameters';

/** Vectors and words may read and write past the end of what they belong to. */
const PADDING_BYTES = 64;

/** Bits looked at in one turn. */
export const WINDOW_BITS: i32 = 12;
export const WINDOWS: i32 = 1 << WINDOW_BITS;

/** Largest number of bytes that one MCU can take: blocks of 64 coefficients, each a code of 16 bits and 15 more. */
export const MCU_BYTES: i32 = (BLOCKS_MAX * 64 * 31) / 8;

/** Of one table: two numbers for each length of a code, and the symbols. */
export const LONG_CODE_BYTES: i32 = 2 * 17 * 4 + 256;
export const COMPONENT_BYTES: i32 = 16;
export const BLOCK_BYTES: i32 = 16;

/** Input: a piece of the file. */
export const input: usize = take(INPUT_BYTES);

/** Input: a Huffman table as in DHT, 16 counts and up to 256 symbols. */
export const tableSource: usize = take(16 + 256);

/** Input: 64 quantisers for each component, u16, natural order. */
export const quantisers: usize = take(COMPONENTS_MAX * 64 * 2);

/** The coded data without stuffing, last byte first: the end lies at `streamTop`. */
const stream: usize = take(INPUT_BYTES + 2 * MCU_BYTES);
export const streamTop: usize = stream + <usize>(INPUT_BYTES + 2 * MCU_BYTES);

/** By table: one symbol for each window, u32. */
const symbolTables: usize = take(TABLES_MAX * WINDOWS * 4);
/** By table: as many symbols as fit for each window, u16. */
const skipTables: usize = take(TABLES_MAX * WINDOWS * 2);
/** By table: what codes longer than the window need; see huffman-table.ts. */
const longCodes: usize = take(TABLES_MAX * LONG_CODE_BYTES);

/** 64 coefficients of a block, i16, natural order. */
export const coefficients: usize = take(64 * 2);

/** What scan.ts knows of each component and of each block of an MCU. */
export const components: usize = take(COMPONENTS_MAX * COMPONENT_BYTES);
export const blocks: usize = take(BLOCKS_MAX * BLOCK_BYTES);

/** From here on: planes and pixels. */
export const planes: usize = take(0);

export function take(bytes: i32): usize {
  return heap.alloc(<usize>(bytes + PADDING_BYTES));
}

export function symbolTable(slot: i32): usize {
  return symbolTables + <usize>(slot * WINDOWS * 4);
}

export function skipTable(slot: i32): usize {
  return skipTables + <usize>(slot * WINDOWS * 2);
}

export function longCodeTable(slot: i32): usize {
  return longCodes + <usize>(slot * LONG_CODE_BYTES);
}
