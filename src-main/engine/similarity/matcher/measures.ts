/** @file What both checks measured of two photos, in the terms of the contract: parts of each photo, pixels of the files. */
import type { Alignment, PairMeasures } from '../../../contract/model.ts';
import { determinant } from '../verification/affine-map.ts';
import type { FittedMap } from '../verification/fitted-map.ts';
import { overlapOf } from '../verification/overlap.ts';
import type { Verification } from '../verification/verify.ts';

/** Pixels of a whole photo, orientation applied. */
interface Size {
  width: number;
  height: number;
}

/** [left, top, right, bottom] in parts. */
const WHOLE = [0, 0, 1, 1] as const;
const QUARTER_TURN = Math.PI / 2;

/** @param found what the second check adds: a finer map, and what differs */
export function measuresOf(
  a: Size,
  b: Size,
  { map, inliers, good }: Verification,
  found: Pick<PairMeasures, 'map' | 'edits' | 'differing'>,
): PairMeasures {
  return {
    alignment: alignmentOf(map, a, b),
    turn: map.turn - QUARTER_TURN * Math.round(map.turn / QUARTER_TURN),
    places: inliers,
    agreement: good,
    ...found,
    derived: null,
    looked: 'thumbnails',
  };
}

/** Parts of both frames that lie on each other, content boxes aside. */
export function sharedFrames(map: PairMeasures['map']): Pick<Alignment, 'overlapA' | 'overlapB'> {
  const overlapB = overlapOf(WHOLE, map, WHOLE).area;
  return { overlapA: Math.min(1, overlapB / Math.abs(determinant(map))), overlapB };
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
