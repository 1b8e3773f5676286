/** @file Parameters of the exact search. The WASM source reads this file too, so it holds plain numbers only. */

/** Raised with every change of the screening: a module built before is not used. */
export const SCREENING_REVISION = 2;
/** The largest numbers that values are rounded to: coarsely on either side, then finely. */
export const COARSE_QUERY_MAX = 127;
export const COARSE_ROW_MAX = 63;
/** Added to coarse rows: the instruction wants one side without sign, below 128. */
export const COARSE_ROW_OFFSET = 64;
/** A vector of length 1 gets this length: products stay below 2^30. */
export const FINE_LENGTH = 32_767;
export const DIMS_MAX = 1024;
/** Numbers of a row that are rounded at once: rows are filled up with zeros to a multiple. */
export const LANES = 16;
/** Queries of a block, and rows that are compared with it at once: with 256 dims, 15 KB of queries stay in the cache. */
export const QUERY_ROWS = 60;
export const SCREENED_ROWS = 512;
/** A tile of products is summed at once: as many as there are registers for. */
export const TILE_QUERIES = 6;
export const TILE_ROWS = 8;
/** Coarse numbers that the instruction sums up into one. */
export const SUMMED = 4;
/** Vectors are of length 1 to single precision only, and so are thresholds. */
export const LENGTH_ERROR = 1e-5;
