/** @file How the database is run. */

/** How long a statement waits for another connection's write before it gives up. */
export const BUSY_TIMEOUT_MS = 10_000;
/** The system keeps the file's pages too: a larger cache saved no time, and its memory stays taken after a scan. */
export const CACHE_KIB = 8 * 1024;
/** The write-ahead log is cut back to this size after a large transaction. */
export const WAL_LIMIT_BYTES = 64 * 1024 * 1024;
