/** @file As local/selection.ts: which points are kept. */
import { CANDIDATES_MAX, CELL_POINTS_MAX, GRID_CELLS, POINTS_MAX } from '../parameters';
import { candidateAt, candidateCount } from './extrema';
import { FLOAT_BYTES, intAt, points, setInt, take } from './memory';

const DIGIT_BITS = 8;
const DIGITS = 256;
const digitCounts = take(DIGITS * FLOAT_BYTES);
const order = take(CANDIDATES_MAX * FLOAT_BYTES);
const otherOrder = take(CANDIDATES_MAX * FLOAT_BYTES);
const surplus = take(CANDIDATES_MAX * FLOAT_BYTES);
const inCell = take(GRID_CELLS * GRID_CELLS * FLOAT_BYTES);

/** @returns how many; their numbers among the candidates are at `points` */
export function selectPoints(width: i32, height: i32): i32 {
  sortByStrength();
  memory.fill(inCell, 0, GRID_CELLS * GRID_CELLS * FLOAT_BYTES);
  let kept = 0;
  let left = 0;
  for (let i = 0; i < candidateCount && kept < POINTS_MAX; i++) {
    const index = intAt(order, i);
    const candidate = candidateAt(index);
    const cell = gridCell(candidate.y, height) * GRID_CELLS + gridCell(candidate.x, width);
    const count = intAt(inCell, cell);
    if (count < CELL_POINTS_MAX) {
      setInt(inCell, cell, count + 1);
      setInt(points, kept++, index);
    } else {
      setInt(surplus, left++, index);
    }
  }
  for (let i = 0; i < left && kept < POINTS_MAX; i++) setInt(points, kept++, intAt(surplus, i));
  return kept;
}

function gridCell(position: f32, length: i32): i32 {
  const cell = <i32>Math.floor((<f64>position / <f64>length) * <f64>GRID_CELLS);
  return max(0, min(GRID_CELLS - 1, cell));
}

/** Radix sort by the bits of the strength, which is positive: the strongest first, equal ones in their order. */
function sortByStrength(): void {
  for (let i = 0; i < candidateCount; i++) setInt(order, i, i);
  for (let shift = 0; shift < 32; shift += 2 * DIGIT_BITS) {
    sortByDigit(order, otherOrder, shift);
    sortByDigit(otherOrder, order, shift + DIGIT_BITS);
  }
}

function sortByDigit(from: usize, to: usize, shift: i32): void {
  memory.fill(digitCounts, 0, DIGITS * FLOAT_BYTES);
  for (let i = 0; i < candidateCount; i++) {
    const digit = digitOf(i, shift);
    setInt(digitCounts, digit, intAt(digitCounts, digit) + 1);
  }
  let before = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = intAt(digitCounts, digit);
    setInt(digitCounts, digit, before);
    before += count;
  }
  for (let i = 0; i < candidateCount; i++) {
    const index = intAt(from, i);
    const digit = digitOf(index, shift);
    const place = intAt(digitCounts, digit);
    setInt(digitCounts, digit, place + 1);
    setInt(to, place, index);
  }
}

function digitOf(index: i32, shift: i32): i32 {
  return <i32>((~reinterpret<u32>(candidateAt(index).strength) >> shift) & (DIGITS - 1));
}
