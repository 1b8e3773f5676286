/** @file The one scan of a baseline picture, piece by piece. */
import { COMPLETE, MORE, NOT_MINE } from '../parameters';
import { atMarker, bitsLeft, inputAt, isAmple, openPiece, openSegment, unstuff } from './bit-stream';
import { forgetBroken, isBroken, readAc, readDc, skipAc } from './block';
import {
  acSlotOf,
  blockCount,
  chromaStride,
  componentOf,
  dcSlotOf,
  endRow,
  forgetPredictions,
  isFine,
  mcuColumns,
  mcuRows,
  nextTarget,
  predicted,
  quantisersOf,
} from './frame';
import { coefficients, input } from './memory';
import { forgetWild, isWild, meanOf, setMeans, setQuarters } from './samples';

/** MCUs to a restart marker; all of them where there are none. */
let interval: i32 = 0;
let leftInSegment: i32 = 0;
let column: i32 = 0;
let row: i32 = 0;
/** Number of the next restart marker, 0..7. */
let restart: i32 = 0;

/** @param restartInterval in MCUs, 0 for none */
export function beginScan(restartInterval: i32): void {
  interval = restartInterval === 0 ? mcuColumns * mcuRows : restartInterval;
  column = 0;
  row = 0;
  restart = 0;
  forgetBroken();
  forgetWild();
  openSegment(input);
  beginSegment();
}

function beginSegment(): void {
  leftInSegment = interval;
  forgetPredictions();
}

/** Reads on with `input` .. `end`. @returns MORE, COMPLETE, NOT_MINE */
export function readPiece(end: usize): i32 {
  openPiece();
  while (true) {
    if (!atMarker) unstuff(end);
    readMcus();
    if (isBroken || isWild) return NOT_MINE;
    const isLast = row === mcuRows;
    if (!isLast && leftInSegment > 0) return atMarker ? NOT_MINE : MORE;
    // Less than a byte is left over before a marker.
    if (<u64>bitsLeft() >= 8) return NOT_MINE;
    if (!atMarker) return MORE;
    if (isLast) return COMPLETE;
    if (load<u8>(inputAt, 1) !== <u8>(0xd0 + restart)) return NOT_MINE;
    restart = (restart + 1) & 7;
    openSegment(inputAt + 2);
    beginSegment();
  }
}

function readMcus(): void {
  while (leftInSegment > 0 && row < mcuRows) {
    if (!isAmple() && !atMarker) return;
    readMcu();
    if (atMarker && bitsLeft() < 0) return;
    if (isBroken) return;
    leftInSegment--;
    if (++column < mcuColumns) continue;
    column = 0;
    row++;
    endRow();
  }
}

function readMcu(): void {
  for (let block = 0; block < blockCount; block++) {
    const component = componentOf(block);
    const dc = predicted(component, readDc(dcSlotOf(component)));
    const quantiser = quantisersOf(component);
    const target = nextTarget(block);
    const mean = meanOf(dc * <i32>load<u16>(quantiser));
    if (component === 0 || !isFine) {
      store<u8>(target, mean);
      skipAc(acSlotOf(component));
    } else if (readAc(acSlotOf(component))) {
      store<i16>(coefficients, <i16>dc);
      setQuarters(target, chromaStride, quantiser);
      clearCoefficients();
    } else {
      setMeans(target, chromaStride, mean);
    }
  }
}

function clearCoefficients(): void {
  const zero = i64x2.splat(0);
  for (let at: usize = 0; at < 64 * 2; at += 16) v128.store(coefficients + at, zero);
}
