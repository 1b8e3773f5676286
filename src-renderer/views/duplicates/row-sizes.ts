/** @file Measures of a row, in px: the virtual list and the styles of GroupRow must agree on them. */
import { framesThatFit } from '../../grid/layout.ts';
import type { GroupKind } from '../../../src-main/contract/model.ts';
import type { RowSize } from '../../state/preferences.svelte.ts';

export interface RowMeasure {
  height: number;
  frameWidth: number;
  photoHeight: number;
}

interface Columns {
  verdict: number;
  act: number;
  gap: number;
  padding: number;
}

const FRAME_GAP = 8;
/** Of "+11" after the frames of a series. */
const MORE_WIDTH = 64;
/** The keeper's ring needs room. */
const KEEPER_EXTRA = 8;

const large: RowMeasure = { height: 199, frameWidth: 142, photoHeight: 106 };
/** Three fit beside a scrollbar in the smallest window. */
const largeNarrow: RowMeasure = { height: 190, frameWidth: 129, photoHeight: 97 };
const small: RowMeasure = { height: 111, frameWidth: 124, photoHeight: 68 };

const wideColumns: Columns = { verdict: 132, act: 100, gap: 16, padding: 24 };
const narrowColumns: Columns = { verdict: 96, act: 80, gap: 12, padding: 16 };

/** Frames of a series stand under a heading, pages taller than photos. */
const series: RowMeasure = { height: 184, frameWidth: 128, photoHeight: 96 };
const seriesSmall: RowMeasure = { height: 120, frameWidth: 92, photoHeight: 68 };
const pages: RowMeasure = { height: 232, frameWidth: 112, photoHeight: 144 };
const pagesSmall: RowMeasure = { height: 148, frameWidth: 76, photoHeight: 96 };
export const SERIES_GAP = 10;

export function measureOf(kind: GroupKind, size: RowSize, narrow: boolean): RowMeasure {
  if (kind === 'layout') return size === 'small' ? pagesSmall : pages;
  if (kind !== 'copies') return size === 'small' ? seriesSmall : series;
  if (size === 'small') return small;
  return narrow ? largeNarrow : large;
}

export function columnsOf(narrow: boolean): Columns {
  return narrow ? narrowColumns : wideColumns;
}

/** How many photos a row of a list this wide shows side by side. */
export function photosPerRow(
  kind: GroupKind,
  listWidth: number,
  measure: RowMeasure,
  narrow: boolean,
): number {
  const { verdict, act, gap, padding } = columnsOf(narrow);
  if (kind !== 'copies') {
    const room = { width: measure.frameWidth, gap: SERIES_GAP, keeperExtra: 0 };
    return framesThatFit(listWidth - 2 * padding - MORE_WIDTH, room);
  }
  const width = listWidth - 2 * padding - verdict - act - 2 * gap;
  return framesThatFit(width, { width: measure.frameWidth, gap: FRAME_GAP, keeperExtra: KEEPER_EXTRA });
}
