/** @file What was measured of a pair, seen from its other photo. */
import type { Alignment, PairMeasures, Region } from '../../contract/model.ts';
import { boundsUnder, invertMap } from './parts-map.ts';

/** Regions become the boxes around what they cover in the other photo. */
export function swapMeasures(measures: PairMeasures): PairMeasures | null {
  const { alignment, map, turn, differing, derived } = measures;
  const inverse = invertMap(map);
  if (inverse === null) return null;
  return {
    ...measures,
    alignment: swapAlignment(alignment),
    map: inverse,
    turn: alignment.mirrored ? turn : -turn,
    differing: differing.map((region): Region => boundsUnder(map, region)),
    derived: derived && {
      ...derived,
      side: derived.side === 'a' ? 'b' : 'a',
      because: derived.because.map(swapLetters),
    },
  };
}

/** Turned, then mirrored; backwards that is mirrored, then turned back, which is turned as before, then mirrored. */
function swapAlignment({ quarterTurns, mirrored, scale, overlapA, overlapB }: Alignment): Alignment {
  const back = quarterTurns === 1 ? 3 : quarterTurns === 3 ? 1 : quarterTurns;
  return {
    quarterTurns: mirrored ? quarterTurns : back,
    mirrored,
    scale: 1 / scale,
    overlapA: overlapB,
    overlapB: overlapA,
  };
}

export function swapLetters(sentence: string): string {
  return withLetters(sentence, 'B', 'A');
}

/** Sentences name the photos A and B: the same by other names. */
export function withLetters(sentence: string, a: string, b: string): string {
  return sentence.replace(/\b[AB]\b/g, (letter) => (letter === 'A' ? a : b));
}
