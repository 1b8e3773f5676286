/**
 * @file A JPEG at an eighth of its size, from the DC coefficients: AssemblyScript, compiled by scripts/build-wasm.ts.
 * What it makes equals libjpeg's own picture at that size, byte for byte.
 */
import { JPEG_DC_REVISION } from '../parameters';
import { inputAt } from './bit-stream';
import { input } from './memory';

export { makePixels } from './colour';
export { pixels, setComponent, setFrame } from './frame';
export { buildTable } from './huffman-table';
export { input, quantisers, tableSource } from './memory';
export { beginScan } from './scan';
import { readPiece } from './scan';

export const revision: i32 = JPEG_DC_REVISION;

/** Reads on with `length` bytes at `input`. @returns MORE, COMPLETE, NOT_MINE */
export function read(length: i32): i32 {
  return readPiece(input + <usize>length);
}

/** @returns how many bytes of the piece were taken; the next one begins with those that are left */
export function taken(): i32 {
  return <i32>(inputAt - input);
}
