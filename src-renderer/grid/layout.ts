/**
 * @file Pure maths of a long list with rows of one height. Browsers cap an element's height (Chromium at 2^25 px,
 * others lower), so from a size on the scrollbar covers the list in proportion instead of pixel by pixel.
 */

/** Below every browser's cap; with 199 px rows it is reached at 75,000. */
export const MAX_SCROLL_HEIGHT_PX = 15_000_000;

export interface ListShape {
  rows: number;
  rowHeight: number;
  viewHeight: number;
}

/** First and last row to draw, both included; `last < first` when there is none. */
export interface RowRange {
  first: number;
  last: number;
}

/** Height of the list if there were no cap, in px. */
export function wholeHeight({ rows, rowHeight }: ListShape): number {
  return rows * rowHeight;
}

/** Height that the scrolled element gets, in px. */
export function scrollHeight(shape: ListShape): number {
  return Math.min(wholeHeight(shape), MAX_SCROLL_HEIGHT_PX);
}

/** How many px of the list one px of the scrollbar stands for: 1 up to the cap. */
function ratio(shape: ListShape): number {
  const scrolled = scrollHeight(shape) - shape.viewHeight;
  const whole = wholeHeight(shape) - shape.viewHeight;
  return scrolled > 0 && whole > scrolled ? whole / scrolled : 1;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

/** Where in the uncapped list the view begins. */
export function offsetAt(shape: ListShape, scrollTop: number): number {
  const limit = Math.max(0, wholeHeight(shape) - shape.viewHeight);
  return clamp(scrollTop * ratio(shape), 0, limit);
}

/** The inverse of {@link offsetAt}. */
export function scrollTopAt(shape: ListShape, offset: number): number {
  const limit = Math.max(0, wholeHeight(shape) - shape.viewHeight);
  return clamp(offset, 0, limit) / ratio(shape);
}

/** Rows in view and `overscan` more on each side. */
export function rowsInView(shape: ListShape, scrollTop: number, overscan: number): RowRange {
  if (shape.rows === 0) return { first: 0, last: -1 };
  const offset = offsetAt(shape, scrollTop);
  const first = Math.floor(offset / shape.rowHeight) - overscan;
  const last = Math.ceil((offset + shape.viewHeight) / shape.rowHeight) - 1 + overscan;
  return { first: clamp(first, 0, shape.rows - 1), last: clamp(last, 0, shape.rows - 1) };
}

/** Top of a row inside the scrolled element, in px, for the present scroll position. */
export function rowTop(shape: ListShape, scrollTop: number, row: number): number {
  return scrollTop + row * shape.rowHeight - offsetAt(shape, scrollTop);
}

/** The scroll position that shows the whole row with the least movement. */
export function scrollTopToShow(shape: ListShape, scrollTop: number, row: number): number {
  const offset = offsetAt(shape, scrollTop);
  const top = row * shape.rowHeight;
  if (top < offset) return scrollTopAt(shape, top);
  const bottom = top + shape.rowHeight;
  if (bottom > offset + shape.viewHeight) {
    // A row taller than the view is shown from its top.
    return scrollTopAt(shape, Math.min(top, bottom - shape.viewHeight));
  }
  return scrollTop;
}

/**
 * A row has become another one of the list: the scroll position at which it stands where it stood. Where it was not in
 * sight, nothing has to stay.
 */
export function scrollTopAfterMove(shape: ListShape, scrollTop: number, from: number, to: number): number {
  const offset = offsetAt(shape, scrollTop);
  const top = from * shape.rowHeight;
  if (top + shape.rowHeight <= offset || top >= offset + shape.viewHeight) return scrollTop;
  return scrollTopAt(shape, offset + (to - from) * shape.rowHeight);
}

/** Rows that Page Up and Page Down move by: those that fit whole, at least one. */
export function rowsOfAPage({ viewHeight, rowHeight }: ListShape): number {
  return Math.max(1, Math.floor(viewHeight / rowHeight));
}

/** Pages (of `pageSize` rows) that hold the rows of a range. */
export function pagesOf({ first, last }: RowRange, pageSize: number): number[] {
  const pages: number[] = [];
  for (let page = Math.floor(first / pageSize); page * pageSize <= last; page += 1) pages.push(page);
  return pages;
}

/** How many photos fit side by side; the keeper takes `keeperExtra` px more. At least two: a keeper and a copy. */
export function framesThatFit(
  width: number,
  frame: { width: number; gap: number; keeperExtra: number },
): number {
  return Math.max(2, Math.floor((width - frame.keeperExtra + frame.gap) / (frame.width + frame.gap)));
}

/**
 * Members to show when not all fit: the keeper always, then a run of copies that contains the current one. A picked
 * photo outside of the run takes the place of its first, where there is room for more than the current one.
 * @returns indexes of the members, and how many are not shown.
 */
export function membersToShow(
  members: number,
  fit: number,
  current: number,
  picked = 0,
): { shown: number[]; hidden: number } {
  const shownCount = Math.min(members, fit);
  const copies = Math.max(0, shownCount - 1);
  const first = clamp(current - copies + 1, 1, Math.max(1, members - copies));
  const run = Array.from({ length: copies }, (_, place) => first + place);
  if (copies > 1 && picked > 0 && picked < members && !run.includes(picked)) {
    run.splice(run[0] === current ? copies - 1 : 0, 1, picked);
    run.sort((a, b) => a - b);
  }
  return { shown: shownCount === 0 ? [] : [0, ...run], hidden: members - shownCount };
}
