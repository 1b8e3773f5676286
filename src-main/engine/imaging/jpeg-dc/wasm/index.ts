/**
 * @file A JPEG at an eighth of its size, from the DC coefficients: AssemblyScript, compiled by scripts/build-wasm.ts.
 * What it makes equals libjpeg's own picture at that size, byte for byte.
 */
import { COMPLETE, JPEG_DC_REVISION, MORE } from '../parameters';
import { atMarker, inputAt, openSegment, unstuff } from './bit-stream';
import { input } from './memory';
import { readPassPiece } from './progressive';
import { readPiece } from './scan';

export { beginProgressive, makeSamples } from './coefficients';
export { makePixels } from './colour';
export { pixels, setComponent, setFrame } from './frame';
export { buildTable } from './huffman-table';
export { input, quantisers, tableSource } from './memory';
export { beginPass } from './progressive';
export { beginScan } from './scan';

export const revision: i32 = JPEG_DC_REVISION;

/** Reads on with `length` bytes at `input`. @returns MORE, COMPLETE, NOT_MINE */
export function read(length: i32): i32 {
  return readPiece(input + <usize>length);
}

/** @returns how many bytes of the piece were taken; the next one begins with those that are left */
export function taken(): i32 {
  return <i32>(inputAt - input);
}

/** As `read`, for a scan of a progressive picture. */
export function readPass(length: i32): i32 {
  return readPassPiece(input + <usize>length);
}

/** Looks for a marker only. @returns MORE, COMPLETE */
export function skim(length: i32): i32 {
  openSegment(input);
  unstuff(input + <usize>length);
  return atMarker ? COMPLETE : MORE;
}
