/** @file Which of two copies was made from the other, and what says so. */
import type { PairMeasures, PhotoFormat } from '../../contract/model.ts';
import type { RgbImage } from '../imaging/image.ts';
import { pictureSigns } from './derivation/picture-signs.ts';
import { sign, type Sign } from './derivation/sign.ts';

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

export interface DerivationSide {
  facts: DerivationFacts;
  /** Longest side 320 px. */
  image: RgbImage;
}

type Measured = Pick<PairMeasures, 'alignment' | 'edits' | 'map' | 'differing' | 'turn'>;

/** The other has this many times as many pixels a side of the same picture. */
const FEWER_PIXELS_SCALE = 1.02;
const QUALITY_STEP = 3;
/** Bytes a pixel below which a PNG of a photo has a palette: of all colours they take 1 and more. */
const PALETTE_BYTES_A_PIXEL = 0.75;

/**
 * What is sure of the pictures comes first, then their sizes, then what the files tell, then what is likely of the
 * pictures, which takes longest; the first of these that says something has to say one thing, and those after it only add
 * to it. A crop of one that is larger than the other was not made from it.
 * @returns null when nothing says so, or signs contradict each other
 */
export function derivedOf(a: DerivationSide, b: DerivationSide, measures: Measured): PairMeasures['derived'] {
  const { sure, likely } = pictureSigns(a.image, b.image, measures);
  const pictured = [...sure, ...colourSigns(a.facts, b.facts)];
  const sized = sizeSigns(measures);
  if (pictured.some(({ isPart, side }) => isPart && sized.some((size) => size.side !== side))) return null;
  const ranks = [pictured, sized, metadataSigns(a.facts, b.facts), qualitySigns(a.facts, b.facts, measures)];
  if (ranks.every((signs) => signs.length === 0)) ranks.push(likely());
  const [first = []] = ranks.filter((signs) => signs.length > 0);
  const side = first[0]?.side;
  if (side === undefined || first.some((other) => other.side !== side)) return null;
  const because = ranks.flat().flatMap((one) => (one.side === side ? [one.because] : []));
  return { side, because };
}

function sizeSigns({ alignment: { scale } }: Measured): Sign[] {
  if (scale <= FEWER_PIXELS_SCALE && scale >= 1 / FEWER_PIXELS_SCALE) return [];
  return [sign(scale > 1 ? 'b' : 'a', (name) => `${name} has fewer pixels of the same picture`)];
}

/** Of formats or files that hold but a few colours. */
function colourSigns(a: DerivationFacts, b: DerivationFacts): Sign[] {
  const [fewA, fewB] = [hasFewColours(a), hasFewColours(b)];
  if (fewA === fewB) return [];
  return [sign(fewA ? 'a' : 'b', (name) => `${name} has few colours`)];
}

function hasFewColours({ format, bytes, width, height }: DerivationFacts): boolean {
  return format === 'gif' || (format === 'png' && bytes < PALETTE_BYTES_A_PIXEL * width * height);
}

function metadataSigns(a: DerivationFacts, b: DerivationFacts): Sign[] {
  const stripped = metadataOf(a) - metadataOf(b);
  if (stripped === 0) return [];
  return [sign(stripped > 0 ? 'b' : 'a', (name) => `${name} has lost its date or camera`)];
}

/** An edited copy is often saved better than what it was made from: quality tells only of what was not. */
function qualitySigns(a: DerivationFacts, b: DerivationFacts, measures: Measured): Sign[] {
  const quality = (a.jpegQuality ?? NaN) - (b.jpegQuality ?? NaN);
  if (isReworked(measures) || !(Math.abs(quality) >= QUALITY_STEP)) return [];
  return [sign(quality > 0 ? 'b' : 'a', (name) => `${name} is compressed more`)];
}

function isReworked({ edits, alignment: { quarterTurns, mirrored } }: Measured): boolean {
  return edits.length > 0 || quarterTurns !== 0 || mirrored;
}

function metadataOf({ takenAt, camera }: DerivationFacts): number {
  return Number(takenAt !== null) + Number(camera !== null);
}
