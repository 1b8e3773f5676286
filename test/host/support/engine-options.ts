import type { EngineOptions } from '../../../src-main/engine/options.ts';

/** For engines that open nothing. */
export const options: EngineOptions = {
  databasePath: '/nowhere/library.sqlite',
  trunkDirectory: '/nowhere/trunk',
  headDirectory: '/nowhere/head',
  matcherDirectory: '/nowhere/matcher',
  vocabularyDirectory: '/nowhere/vocabulary',
  wasmDirectory: '/nowhere/wasm',
  readerWorker: '/nowhere/reader.js',
  searchWorker: '/nowhere/search.js',
  demoDirectory: '/nowhere/demo',
  version: '0.0.0',
};
