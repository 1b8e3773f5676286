/**
 * @file The photos inside a picture: what is left of a screenshot, frame or collage when lines of one colour are cut
 * away. Recursive cuts at uniform rows and columns (X-Y cut of document analysis).
 */
import { type RgbImage } from '../imaging/image.ts';
import { BLUE_WEIGHT, BOXES_MAX, GREEN_WEIGHT, RED_WEIGHT } from './parameters.ts';

/** In pixels of the picture it was found in. */
export interface ContentBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A line below this variance (grey levels squared) is uniform. */
const FLAT_VARIANCE = 9;
/** A line up to this variance is uniform if nearly all of it is of one shade: a bar with a few specks. */
const ONE_SHADE_VARIANCE = 40;
/** Part of the line that lies in two neighbouring bins of the histogram. */
const ONE_SHADE_SHARE = 0.985;
const SHADE_BIN_BITS = 3;
const SHADE_BINS = 256 >> SHADE_BIN_BITS;
/** Fewer uniform lines side by side do not part two photos. */
const GAP_LINES_MIN = 2;
/**
 * A line up to ONE_SHADE_VARIANCE is uniform, too, if lines so near on both sides vary so many times as much: a narrow
 * gap between two photos, into which making the thumbnail has let some of both.
 */
const GAP_SIDES_PX = 3;
const GAP_CONTRAST_TIMES = 12;
const DEPTH_MAX = 5;
const AREA_SHARE_MIN = 0.05;
/** Part of the picture's shorter side. */
const SIDE_SHARE_MIN = 0.12;
/** A box of more than this part of the picture is the picture itself. */
const AREA_SHARE_MAX = 0.93;
/** Pixels of a line between two looks at whether it can still be uniform. */
const CHECK_INTERVAL_PX = 16;

/**
 * @param image the 320 px thumbnail
 * @param grey its luminance in whole grey levels
 * @returns at most four boxes, the largest first; none for a plain photo or a picture of one colour
 */
export function findContentBoxes(image: RgbImage, grey: Uint8Array = luminance(image)): ContentBox[] {
  const finder = new BoxFinder(grey, image.width, image.height);
  return finder
    .find()
    .toSorted((a, b) => area(b) - area(a))
    .slice(0, BOXES_MAX)
    .filter((box) => area(box) < AREA_SHARE_MAX * image.width * image.height);
}

function area(box: ContentBox): number {
  return box.width * box.height;
}

let luminanceBuffer = new Uint8Array(0);

/** Whole grey levels, in a buffer that the next call uses again. */
function luminance({ width, height, data }: RgbImage): Uint8Array {
  const count = width * height;
  if (luminanceBuffer.length < count) luminanceBuffer = new Uint8Array(count);
  const grey = luminanceBuffer;
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    grey[i] =
      RED_WEIGHT * (data[at] ?? 0) +
      GREEN_WEIGHT * (data[at + 1] ?? 0) +
      BLUE_WEIGHT * (data[at + 2] ?? 0) +
      0.5;
  }
  return grey;
}

/** Lines [from, to) of a rectangle. */
interface Run {
  from: number;
  to: number;
}

class BoxFinder {
  readonly #grey: Uint8Array;
  readonly #width: number;
  readonly #height: number;
  readonly #shades = new Int32Array(SHADE_BINS);
  readonly #found: ContentBox[] = [];

  constructor(grey: Uint8Array, width: number, height: number) {
    this.#grey = grey;
    this.#width = width;
    this.#height = height;
  }

  find(): ContentBox[] {
    this.#cut({ left: 0, top: 0, width: this.#width, height: this.#height }, 0);
    return this.#found;
  }

  #cut(box: ContentBox, depth: number): void {
    if (area(box) < AREA_SHARE_MIN * this.#width * this.#height) return;
    if (Math.min(box.width, box.height) < SIDE_SHARE_MIN * Math.min(this.#width, this.#height)) return;
    const rows = contentRuns(box.height, (row) => this.#isUniform(box, row, true));
    const columns = contentRuns(box.width, (column) => this.#isUniform(box, column, false));
    const wholeRows = isWhole(rows, box.height);
    if (depth > DEPTH_MAX || (wholeRows && isWhole(columns, box.width))) {
      this.#found.push(box);
      return;
    }
    if (columns.length === 0) return;
    // Columns that are uniform over the whole height say nothing once the rows part: they are looked at again, run by run.
    const across = wholeRows ? columns : [{ from: 0, to: box.width }];
    for (const row of rows) {
      for (const column of across) {
        const piece = {
          left: box.left + column.from,
          top: box.top + row.from,
          width: column.to - column.from,
          height: row.to - row.from,
        };
        this.#cut(piece, depth + 1);
      }
    }
  }

  #isUniform(box: ContentBox, line: number, isRow: boolean): boolean {
    const [start, step, length] = this.#pixelsOf(box, line, isRow);
    const variance = lineVariance(this.#grey, start, step, length, ONE_SHADE_VARIANCE);
    if (variance < FLAT_VARIANCE) return true;
    if (variance >= ONE_SHADE_VARIANCE) return false;
    return this.#isOneShade(start, step, length) || this.#isGap(box, line, isRow, variance);
  }

  /** Where a line begins, from one of its pixels to the next, and how many it has. */
  #pixelsOf(box: ContentBox, line: number, isRow: boolean): [start: number, step: number, length: number] {
    return isRow
      ? [(box.top + line) * this.#width + box.left, 1, box.width]
      : [box.top * this.#width + box.left + line, this.#width, box.height];
  }

  #isGap(box: ContentBox, line: number, isRow: boolean, variance: number): boolean {
    const last = (isRow ? box.height : box.width) - 1;
    const limit = GAP_CONTRAST_TIMES * variance;
    return [line - GAP_SIDES_PX, line + GAP_SIDES_PX].every(
      (side) =>
        side >= 0 &&
        side <= last &&
        lineVariance(this.#grey, ...this.#pixelsOf(box, side, isRow), limit) >= limit,
    );
  }

  #isOneShade(start: number, step: number, length: number): boolean {
    const shades = this.#shades.fill(0);
    for (let i = 0, at = start; i < length; i++, at += step) {
      const bin = (this.#grey[at] ?? 0) >> SHADE_BIN_BITS;
      shades[bin] = (shades[bin] ?? 0) + 1;
    }
    let most = 0;
    for (let bin = 1; bin < SHADE_BINS; bin++) {
      most = Math.max(most, (shades[bin - 1] ?? 0) + (shades[bin] ?? 0));
    }
    return most >= ONE_SHADE_SHARE * length;
  }
}

/** Variance of a line, or Infinity as soon as it is sure to reach `limit`: squared deviations only grow along it. */
function lineVariance(grey: Uint8Array, start: number, step: number, length: number, limit: number): number {
  let sum = 0;
  let squares = 0;
  for (let from = 0, at = start; from < length; from += CHECK_INTERVAL_PX) {
    const to = Math.min(length, from + CHECK_INTERVAL_PX);
    for (let i = from; i < to; i++, at += step) {
      const value = grey[at] ?? 0;
      sum += value;
      squares += value * value;
    }
    if (squares - (sum * sum) / to >= limit * length) return Infinity;
  }
  return (squares - (sum * sum) / length) / length;
}

/** Runs of lines that are not uniform, parted by at least GAP_LINES_MIN lines that are. */
function contentRuns(lines: number, isUniform: (line: number) => boolean): Run[] {
  const runs: Run[] = [];
  let last: Run | undefined;
  for (let line = 0; line < lines; line++) {
    if (isUniform(line)) continue;
    if (last !== undefined && line - last.to < GAP_LINES_MIN) last.to = line + 1;
    else runs.push((last = { from: line, to: line + 1 }));
  }
  return runs;
}

function isWhole(runs: Run[], lines: number): boolean {
  const [only] = runs;
  return runs.length === 1 && only?.from === 0 && only.to === lines;
}
