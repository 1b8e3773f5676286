/** @file Parameters of the exact search. The WASM source reads this file too, so it holds plain numbers only. */

/** Raised with every change of the screening: a module built before is not used. */
export const SCREENING_REVISION = 1;
/** The largest numbers that values are rounded to: coarsely on either side, then finely. */
export const COARSE_QUERY_MAX = 127;
export const COARSE_ROW_MAX = 63;
/** Added to coarse rows: the instruction wants one side without sign, below 128. */
export const COARSE_ROW_OFFSET = 64;
/** A vector of length 1 gets this length: products stay below 2^30. */
export const FINE_LENGTH = 32_767;
export const DIMS_MAX = 1024;
/** Queries of a block, and rows that are compared with it at once. */
export const QUERY_ROWS = 64;
export const SCREENED_ROWS = 512;
/** Of these: with 256 dims, 16 KB of rows and as much of queries stay in the cache. */
export const CACHED_ROWS = 64;
