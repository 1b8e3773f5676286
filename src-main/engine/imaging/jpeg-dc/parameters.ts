/** @file Sizes that the module and its caller agree on. */

/** Counts up whenever the module's exports change. */
export const JPEG_DC_REVISION = 2;

/** Bytes of the file that are handed over at a time: they stay in the processor's cache. */
export const INPUT_BYTES = 65_536;

/** Huffman tables: slots 0..3 for DC, 4..7 for AC. */
export const TABLES_MAX = 8;
export const AC_SLOT = 4;

export const COMPONENTS_MAX = 3;

/** Blocks of one MCU: 4:2:0 has six. */
export const BLOCKS_MAX = 6;

/** What reading a piece gives: more is needed, the picture is there, or it is one for the library. */
export const MORE = 0;
export const COMPLETE = 1;
export const NOT_MINE = 2;

/** What the symbols of a Huffman table mean. */
export const DC_CODES = 0;
export const AC_CODES = 1;
export const SYMBOLS = 2;
