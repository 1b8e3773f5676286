/** @file The scans of a progressive picture: each adds bits to coefficients (ITU-T T.81, annex G). */
import { COMPLETE, MORE, NOT_MINE, SYMBOLS } from '../parameters';
import {
  atMarker,
  bitBuffer,
  bitCount,
  bitsLeft,
  isAmple,
  openPiece,
  openSegment,
  setBits,
  streamAt,
  unstuff,
} from './bit-stream';
import { blockAt } from './coefficients';
import {
  across,
  componentCount,
  dcSlotOf,
  acSlotOf,
  down,
  forgetPredictions,
  mcuColumns,
  mcuRows,
  predicted,
} from './frame';
import { longEntry, SIZE_SHIFT, TOTAL_MASK } from './huffman-table';
import { input, symbolTable, WINDOW_BITS } from './memory';
import { zigzagAt } from './zigzag';

/** DC values have up to this many bits. */
const DC_SIZE_MAX: i32 = 11;
const AC_SIZE_MAX: i32 = 10;
const ZERO_RUN: i32 = 15;

/** Of the scan that is read. */
let firstComponent: i32 = 0;
let isInterleaved: bool = false;
let firstCoefficient: i32 = 0;
let lastCoefficient: i32 = 0;
let isRefinement: bool = false;
let low: i32 = 0;
let columns: i32 = 0;
let rows: i32 = 0;
let column: i32 = 0;
let row: i32 = 0;
/** Blocks that have no more coefficients in this scan. */
let endRun: i32 = 0;
let isBroken: bool = false;

/**
 * Begins a scan at `input`.
 * @param component the only one; -1 for all of them, MCU by MCU
 * @param wide blocks of the only component beside each other, and `high` below
 * @param bit the lowest bit that the scan tells
 */
export function beginPass(
  component: i32,
  wide: i32,
  high: i32,
  first: i32,
  last: i32,
  refinement: bool,
  bit: i32,
): void {
  isInterleaved = component < 0;
  firstComponent = isInterleaved ? 0 : component;
  columns = isInterleaved ? mcuColumns : wide;
  rows = isInterleaved ? mcuRows : high;
  firstCoefficient = first;
  lastCoefficient = last;
  isRefinement = refinement;
  low = bit;
  column = 0;
  row = 0;
  endRun = 0;
  isBroken = false;
  forgetPredictions();
  openSegment(input);
}

/** Reads on with `input` .. `end`. @returns MORE, COMPLETE (a marker follows), NOT_MINE */
export function readPassPiece(end: usize): i32 {
  openPiece();
  unstuff(end);
  while (row < rows) {
    if (!isAmple() && !atMarker) return MORE;
    readUnit();
    if (isBroken || (atMarker && bitsLeft() < 0)) return NOT_MINE;
    if (++column < columns) continue;
    column = 0;
    row++;
  }
  if (<u64>bitsLeft() >= 8 || endRun > 0) return NOT_MINE;
  return atMarker ? COMPLETE : MORE;
}

function readUnit(): void {
  if (!isInterleaved) return readPart(firstComponent, column, row);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) readPart(0, column * across + x, row * down + y);
  }
  for (let component = 1; component < componentCount; component++) readPart(component, column, row);
}

function readPart(component: i32, x: i32, y: i32): void {
  const block = blockAt(component, x, y);
  if (firstCoefficient === 0) readDcPart(component, block);
  else if (isRefinement) refineAc(acSlotOf(component), block);
  else readAcPart(acSlotOf(component), block);
}

function takeBits(length: i32): i32 {
  if (length === 0) return 0;
  fill();
  const value = <i32>(bitBuffer >> (<u64>(64 - length)));
  setBits(bitBuffer << (<u64>length), bitCount - <i64>length, streamAt);
  return value;
}

/** At least 16 bits are there afterwards. */
function fill(): void {
  if (bitCount >= 16) return;
  const at = streamAt;
  setBits(bitBuffer | (load<u64>(at - 8) >> bitCount), bitCount | 56, at - <usize>((63 - bitCount) >> 3));
}

function takeSymbol(slot: i32): i32 {
  fill();
  let entry = load<u32>(symbolTable(slot) + ((<usize>(bitBuffer >> (<u64>(64 - WINDOW_BITS)))) << 2));
  if (entry === 0) {
    entry = longEntry(slot, <u32>(bitBuffer >> 48), SYMBOLS);
    if (entry === 0) isBroken = true;
  }
  const length = <u64>(entry & TOTAL_MASK);
  setBits(bitBuffer << length, bitCount - <i64>length, streamAt);
  return <i32>((entry >> SIZE_SHIFT) & 0xff);
}

function takeSigned(size: i32): i32 {
  const value = takeBits(size);
  return size === 0 || value >> (size - 1) !== 0 ? value : value - (1 << size) + 1;
}

function readDcPart(component: i32, block: usize): void {
  if (isRefinement) {
    if (takeBits(1) !== 0) store<i16>(block, <i16>((<i32>load<i16>(block)) | (1 << low)));
    return;
  }
  const size = takeSymbol(dcSlotOf(component));
  if (size > DC_SIZE_MAX) {
    isBroken = true;
    return;
  }
  const dc = predicted(component, takeSigned(size));
  // What 16 bits can't hold is no value of a picture of 8 bits.
  if (dc << low !== <i32>(<i16>(dc << low))) isBroken = true;
  store<i16>(block, <i16>(dc << low));
}

function readAcPart(slot: i32, block: usize): void {
  if (endRun > 0) {
    endRun--;
    return;
  }
  for (let k = firstCoefficient; k <= lastCoefficient && !isBroken; k++) {
    const symbol = takeSymbol(slot);
    const run = symbol >> 4;
    const size = symbol & 15;
    if (size === 0 && run < ZERO_RUN) {
      endRun = (1 << run) + takeBits(run) - 1;
      return;
    }
    k += run;
    if (size === 0) continue;
    if (k > lastCoefficient || size > AC_SIZE_MAX) isBroken = true;
    else store<i16>(block + zigzagAt(k), <i16>(takeSigned(size) << low));
  }
}

function refineAc(slot: i32, block: usize): void {
  let k = firstCoefficient;
  if (endRun === 0) {
    for (; k <= lastCoefficient && !isBroken; k++) {
      const symbol = takeSymbol(slot);
      const run = symbol >> 4;
      const size = symbol & 15;
      if (size === 0 && run < ZERO_RUN) {
        endRun = (1 << run) + takeBits(run);
        break;
      }
      const value = size === 0 ? 0 : takeBits(1) !== 0 ? 1 << low : -1 << low;
      k = passZeros(block, k, run);
      if (size > 1 || (size === 1 && k > lastCoefficient)) isBroken = true;
      else if (size === 1) store<i16>(block + zigzagAt(k), <i16>value);
    }
  }
  if (endRun === 0) return;
  passZeros(block, k, 64);
  endRun--;
}

/** Gives a bit to every coefficient that is not zero, up to the zero behind `run` others. @returns its place */
function passZeros(block: usize, from: i32, run: i32): i32 {
  let left = run;
  let k = from;
  for (; k <= lastCoefficient; k++) {
    const at = block + zigzagAt(k);
    const value = <i32>load<i16>(at);
    if (value === 0) {
      if (--left < 0) break;
    } else if (takeBits(1) !== 0 && (value & (1 << low)) === 0) {
      store<i16>(at, <i16>(value + (value >= 0 ? 1 << low : -1 << low)));
    }
  }
  return k;
}
