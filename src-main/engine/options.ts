/** @file What one engine is started with. Plain data: the host sends it to the child. */
import type { BackendName } from '../contract/model.ts';

export interface EngineOptions {
  /** The SQLite file; its folder is made when missing. */
  databasePath: string;
  /** Folder with what scripts/build-trunk.ts makes at build time (out/encoder). */
  trunkDirectory: string;
  /** Folder with the shipped head and its card (assets/encoder). */
  headDirectory: string;
  /** Folder with the card of the matcher (assets/matcher). */
  matcherDirectory: string;
  /** Folder with the vocabulary of local codes (assets/vocabulary). */
  vocabularyDirectory: string;
  /** Folder of the WASM modules, made at build time (out/wasm); where one is missing the plain version works. */
  wasmDirectory: string;
  /** The module that a reader worker runs: a bundle when built, the source in tests. */
  readerWorker: string;
  /** The module that a thread of the search for neighbours runs; likewise. */
  searchWorker: string;
  /** The module of the thread that trains; without one a training runs in the engine's own, which then answers nothing else. */
  trainingWorker?: string;
  /** Workers that decode and embed; the number of cores unless said. */
  threads?: number;
  /** Asked for by the user; otherwise the first of wasm, tensorflow, cpu that works. */
  backend?: BackendName;
  /** Where the demo library is written. */
  demoDirectory: string;
  version: string;
  /** A module that replaces imaging/decode.ts in the workers: tests make a decoder crash with it. */
  decoderModule?: string;
}
