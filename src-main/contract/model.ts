/** @file The domain model: plain, cloneable data. Times are ISO 8601, sizes bytes, durations seconds. */
export type * from './model/check-ups.ts';
export * from './model/groups.ts';
export * from './model/keepers.ts';
export * from './model/library.ts';
export * from './model/pairs.ts';
export * from './model/training.ts';
