/** @file What verification measured of two photos, in the terms of the contract: parts of each photo, pixels of the files. */
import type { Alignment, Edit, PairMeasures, Region } from '../../../contract/model.ts';
import type { FittedMap } from '../verification/fitted-map.ts';
import type { Verification } from '../verification/verify.ts';

/** Pixels of a whole photo, orientation applied. */
interface Size {
  width: number;
  height: number;
}

const QUARTER_TURN = Math.PI / 2;

/** @param greyA, greyB sizes of the grey pictures that the map was fitted in */
export function measuresOf(
  a: Size,
  b: Size,
  grey: { a: Size; b: Size },
  { map, inliers, good }: Verification,
  found: { edits: Edit[]; differing: Region[] },
): PairMeasures {
  return {
    alignment: alignmentOf(map, a, b),
    map: partsMap(map, grey.a, grey.b),
    turn: map.turn - QUARTER_TURN * Math.round(map.turn / QUARTER_TURN),
    places: inliers,
    agreement: good,
    ...found,
    derived: null,
    looked: 'thumbnails',
  };
}

function alignmentOf(map: FittedMap, a: Size, b: Size): Alignment {
  const turns = ((Math.round(map.turn / QUARTER_TURN) % 4) + 4) % 4;
  return {
    quarterTurns: turns === 1 ? 1 : turns === 2 ? 2 : turns === 3 ? 3 : 0,
    mirrored: map.mirrored,
    scale: (map.scale * Math.max(a.width, a.height)) / Math.max(b.width, b.height),
    overlapA: map.overlapA,
    overlapB: map.overlapB,
  };
}

/** From pixels, counted from the centre of the first, to parts of width and height, counted from the edge. */
function partsMap({ matrix }: FittedMap, a: Size, b: Size): PairMeasures['map'] {
  const { xx, xy, yx, yy, x0, y0 } = matrix;
  return {
    xx: (xx * a.width) / b.width,
    xy: (xy * a.height) / b.width,
    yx: (yx * a.width) / b.height,
    yy: (yy * a.height) / b.height,
    x0: (x0 + 0.5 - 0.5 * (xx + xy)) / b.width,
    y0: (y0 + 0.5 - 0.5 * (yx + yy)) / b.height,
  };
}
