/** @file Which of two copies was made from the other, and what says so. */
import type { PairMeasures, PhotoFormat } from '../../contract/model.ts';
import { isCropped } from './relation.ts';

export interface DerivationFacts {
  width: number;
  height: number;
  format: PhotoFormat;
  bytes: number;
  takenAt: string | null;
  camera: string | null;
  /** 1..100, of a JPEG. */
  jpegQuality: number | null;
}

type Measured = Pick<PairMeasures, 'alignment' | 'edits'>;
type Side = 'a' | 'b';

/** The other has this many times as many pixels a side of the same picture. */
const FEWER_PIXELS_SCALE = 1.02;
const QUALITY_STEP = 3;

interface Sign {
  side: Side;
  because: string;
}

/**
 * Every sign has to point to the same side: a crop of one that is larger than the other was not made from it.
 * @returns null when nothing says so, or signs contradict each other
 */
export function derivedOf(
  a: DerivationFacts,
  b: DerivationFacts,
  measures: Measured,
): PairMeasures['derived'] {
  const signs = [...frameSigns(measures), ...sizeSigns(measures), ...fileSigns(a, b)];
  const [first] = signs;
  if (first === undefined || signs.some(({ side }) => side !== first.side)) return null;
  return { side: first.side, because: signs.map(({ because }) => because) };
}

function frameSigns(measures: Measured): Sign[] {
  const { overlapA, overlapB } = measures.alignment;
  if (!isCropped(measures)) return [];
  const around = measures.edits.some(
    (edit) => edit === 'border' || edit === 'screenshot' || edit === 'collage',
  );
  // With something around it, the one that shows more is the later one.
  if (around) {
    return [
      overlapA < overlapB
        ? { side: 'a', because: 'A has something around the photo' }
        : { side: 'b', because: 'B has something around the photo' },
    ];
  }
  return [
    overlapA < overlapB
      ? { side: 'b', because: 'B is a part of A' }
      : { side: 'a', because: 'A is a part of B' },
  ];
}

function sizeSigns({ alignment: { scale } }: Measured): Sign[] {
  if (scale > FEWER_PIXELS_SCALE) return [{ side: 'b', because: 'B has fewer pixels of the same picture' }];
  if (scale < 1 / FEWER_PIXELS_SCALE) {
    return [{ side: 'a', because: 'A has fewer pixels of the same picture' }];
  }
  return [];
}

function fileSigns(a: DerivationFacts, b: DerivationFacts): Sign[] {
  const signs: Sign[] = [];
  const add = (side: Side, says: (name: string) => string): void => {
    signs.push({ side, because: says(side.toUpperCase()) });
  };
  const quality = (a.jpegQuality ?? NaN) - (b.jpegQuality ?? NaN);
  if (Math.abs(quality) >= QUALITY_STEP) {
    add(quality > 0 ? 'b' : 'a', (name) => `${name} is compressed more`);
  }
  const stripped = metadataOf(a) - metadataOf(b);
  if (stripped !== 0) add(stripped > 0 ? 'b' : 'a', (name) => `${name} has lost its date or camera`);
  return signs;
}

function metadataOf({ takenAt, camera }: DerivationFacts): number {
  return Number(takenAt !== null) + Number(camera !== null);
}
