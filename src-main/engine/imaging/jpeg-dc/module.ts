/** @file What jpeg-dc.wasm exports, and how a scan is fed to it. */
import { COMPLETE, INPUT_BYTES, MORE } from './parameters.ts';

/** As wasm/index.ts exports it; the globals are addresses in bytes. */
export interface DcModule {
  memory: WebAssembly.Memory;
  revision: WebAssembly.Global;
  input: WebAssembly.Global;
  pixels: WebAssembly.Global;
  quantisers: WebAssembly.Global;
  tableSource: WebAssembly.Global;
  buildTable: (slot: number, kind: number) => number;
  setFrame: (
    components: number,
    across: number,
    down: number,
    columns: number,
    rows: number,
    pixelBytes: number,
  ) => number;
  setComponent: (index: number, dcSlot: number, acSlot: number) => void;
  beginScan: (restartInterval: number) => void;
  beginProgressive: () => number;
  beginPass: (
    component: number,
    wide: number,
    high: number,
    first: number,
    last: number,
    isRefinement: number,
    bit: number,
  ) => void;
  makeSamples: () => number;
  makePixels: (width: number, height: number) => void;
  read: (length: number) => number;
  readPass: (length: number) => number;
  skim: (length: number) => number;
  taken: () => number;
}

/**
 * Feeds coded data from `start` on, piece by piece.
 * @returns where the marker behind them stands, or null when they are not whole and without fault
 */
export function feed(
  module: DcModule,
  read: (length: number) => number,
  bytes: Buffer,
  start: number,
): number | null {
  const input = new Uint8Array(module.memory.buffer, module.input.value, INPUT_BYTES);
  let at = start;
  while (at < bytes.length) {
    const piece = bytes.subarray(at, at + INPUT_BYTES);
    input.set(piece);
    const state = read(piece.length);
    const taken = module.taken();
    at += taken;
    if (state === COMPLETE) return at;
    if (state !== MORE || taken === 0) return null;
  }
  return null;
}

/** @param table as in DHT @returns false when its codes are none, or there is none */
export function buildTable(module: DcModule, slot: number, table: Buffer | undefined, kind: number): boolean {
  if (table === undefined) return false;
  new Uint8Array(module.memory.buffer, module.tableSource.value).set(table);
  return module.buildTable(slot, kind) !== 0;
}
