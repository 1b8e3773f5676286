/** @file How photos stand beside each other: the arrangement in which they are largest. */
import type { Size } from './affine.ts';

export const arrangements = ['beside', 'stacked', 'grid'] as const;
export type Arrangement = (typeof arrangements)[number];

export interface CellGrid {
  columns: number;
  rows: number;
  /** Of one cell without its caption. */
  box: Size;
}

export interface Gaps {
  /** Between cells. */
  gap: number;
  /** Under each photo. */
  caption: number;
}

/** Two photos in a grid would only stand beside each other. */
export function arrangementsOf(photos: number): readonly Arrangement[] {
  return photos > 2 ? arrangements : ['beside', 'stacked'];
}

function columnsOf(arrangement: Arrangement, photos: number): number {
  return { beside: photos, stacked: 1, grid: 2 }[arrangement];
}

export function cellGrid(arrangement: Arrangement, photos: number, room: Size, gaps: Gaps): CellGrid {
  const columns = columnsOf(arrangement, photos);
  const rows = Math.ceil(photos / columns);
  return {
    columns,
    rows,
    box: {
      width: Math.max(1, (room.width - (columns - 1) * gaps.gap) / columns),
      height: Math.max(1, (room.height - (rows - 1) * gaps.gap) / rows - gaps.caption),
    },
  };
}

/** The arrangement in which a photo of this aspect (width by height) has the largest area; the first of equals. */
export function bestArrangement(photos: number, aspect: number, room: Size, gaps: Gaps): Arrangement {
  const heightIn = (arrangement: Arrangement): number => {
    const { box } = cellGrid(arrangement, photos, room, gaps);
    return Math.min(box.height, box.width / aspect);
  };
  return arrangementsOf(photos).reduce((best, next) => (heightIn(next) > heightIn(best) + 0.5 ? next : best));
}
