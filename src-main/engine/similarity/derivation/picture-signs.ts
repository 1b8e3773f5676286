/** @file What the two pictures themselves say of which was made from the other. */
import type { PairMeasures } from '../../../contract/model.ts';
import type { RgbImage } from '../../imaging/image.ts';
import { roughnessOf, standsOut, type Roughness } from './detail-signs.ts';
import { layPictures, type LaidPicture } from './laid-picture.ts';
import { otherOf, sign, type Side, type Sign } from './sign.ts';
import { surroundOf, type Surround } from './surround-signs.ts';
import { tonesOf, type Tones } from './tone-signs.ts';

type Measured = Pick<PairMeasures, 'edits' | 'map' | 'differing' | 'turn'>;
interface Laid {
  a: LaidPicture;
  b: LaidPicture;
}

interface PictureSigns {
  /** What one has and the other can't have lost, or the other way round. */
  sure: Sign[];
  /** What mostly is so; asked for only where nothing else tells. */
  likely: () => Sign[];
}

export function pictureSigns(a: RgbImage, b: RgbImage, measures: Measured): PictureSigns {
  const laid = layPictures(a, b, measures);
  if (laid === null) return { sure: [], likely: () => [] };
  const tones = tonesOf(laid.a, laid.b);
  return {
    sure: [
      ...frameSigns({ a: surroundOf(laid.a), b: surroundOf(laid.b) }, measures),
      ...(tones === null ? [] : eachSide((side) => colourSign(side, tones[side], tones[otherOf(side)]))),
      ...overlaySigns(laid, measures),
    ],
    likely: () => [...(tones === null ? [] : toneSigns(tones)), ...roughnessSigns(laid, measures)],
  };
}

function eachSide(signOf: (side: Side) => Sign | undefined): Sign[] {
  return (['a', 'b'] as const).flatMap((side) => signOf(side) ?? []);
}

/** Part of a frame beyond the other that is more than what registration is off by. */
const BEYOND_MIN = 0.02;
/** Step across the edge, in usual steps, from which on something was put around; of pictures turned by a few degrees more. */
const SEAM_MIN = 1.5;
const SEAM_OF_TURNED_MIN = 1.8;
/** Around a photo that has the tone of the fill here and there. */
const SEAM_OF_FILL_MIN = 1.15;
const PLAIN_MIN = 0.85;
/** All of it has one tone: only a seam tells a border from a ground. */
const ONE_TONE_MIN = 0.985;
const TURN_MIN = 0.026;
/** What lies on all sides varies by less than this part of what it lies around. */
const GROUND_VARIETY_MAX = 0.35;
/** A tile of a collage may be cut: what is beyond it is by far more. */
const TILE_BEYOND_MIN = 0.3;
const TILE_BEYOND_TIMES = 3;

type Around = 'around' | 'cut' | 'unknown';

function frameSigns(surrounds: Record<Side, Surround>, measures: Measured): Sign[] {
  const found = (['a', 'b'] as const).flatMap((side) => {
    const [own, other] = [surrounds[side], surrounds[otherOf(side)]];
    return own.beyond < BEYOND_MIN ? [] : [{ side, is: whatIsBeyond(own, other, measures) }];
  });
  const around = found.filter(({ is }) => is === 'around');
  // A part of the photo with something around it was made from the whole.
  if (around.length > 0) {
    return around.map(({ side }) => sign(side, (name) => `${name} has something around the photo`));
  }
  return found.flatMap(({ side, is }) =>
    is === 'cut'
      ? [{ ...sign(otherOf(side), (name, other) => `${name} is a part of ${other}`), isPart: true }]
      : [],
  );
}

function whatIsBeyond(own: Surround, other: Surround, { turn, edits }: Measured): Around {
  const { beyond, plain, seam, edges, variety } = own;
  const isTurned = Math.abs(turn) >= TURN_MIN;
  if (seam > (isTurned ? SEAM_OF_TURNED_MIN : SEAM_MIN)) return 'around';
  if (plain > PLAIN_MIN && seam > SEAM_OF_FILL_MIN) return 'around';
  if (plain > ONE_TONE_MIN) return isTurned ? 'around' : 'unknown';
  if (edges === 4 && variety < GROUND_VARIETY_MAX) return 'around';
  const isTile = beyond > TILE_BEYOND_MIN && beyond > TILE_BEYOND_TIMES * other.beyond;
  if (isTile && (other.beyond >= BEYOND_MIN || edits.includes('collage'))) return 'around';
  return 'cut';
}

/** Mean chroma of what is grey, and of what is clearly not. */
const GREY_MAX = 1.2;
const NOT_GREY_MIN = 2.4;
const COLOURED_MIN = 5;
/** Toned in one colour, while the other has more. */
const ONE_HUE_MIN = 0.94;
const MORE_HUES_BY = 0.15;

function colourSign(side: Side, own: Tones, other: Tones): Sign | undefined {
  if (own.chroma < GREY_MAX && other.chroma > NOT_GREY_MIN) {
    return sign(side, (name) => `${name} is in black and white`);
  }
  const isToned = own.oneHue > ONE_HUE_MIN && own.oneHue - other.oneHue > MORE_HUES_BY;
  return isToned && Math.min(own.chroma, other.chroma) > COLOURED_MIN
    ? sign(side, (name) => `${name} is toned in one colour`)
    : undefined;
}

/** Part of the tones that got lost at the ends of the scale, beyond what the other lost. */
const CLIPPED_MIN = 0.02;
/** Tones or colours of the copy, as a part of those of the other. */
const DULL_RANGE_MAX = 0.75;
const PALE_CHROMA_MAX = 0.47;
/** A cast over everything adds colour. */
const CAST_ONE_HUE = 0.05;

function toneSigns(tones: Record<Side, Tones>): Sign[] {
  const clipped = eachSide((side) =>
    tones[side].clipped - tones[otherOf(side)].clipped > CLIPPED_MIN
      ? sign(side, (name) => `${name} has lost its lightest or darkest tones`)
      : undefined,
  );
  if (clipped.length > 0) return clipped;
  return eachSide((side) => dullSign(side, tones[side], tones[otherOf(side)]));
}

function dullSign(side: Side, own: Tones, other: Tones): Sign | undefined {
  if (own.range < DULL_RANGE_MAX * other.range) return sign(side, (name) => `${name} has fewer tones`);
  const isCast = other.oneHue > own.oneHue + CAST_ONE_HUE;
  return !isCast && other.chroma > COLOURED_MIN && own.chroma < PALE_CHROMA_MAX * other.chroma
    ? sign(side, (name) => `${name} has paler colours`)
    : undefined;
}

/** By which the one with the overlay stands out more, in logarithms. */
const STANDS_OUT_MORE_MIN = 0.12;
/** Where the difference passes for noise. */
const STANDS_OUT_ALONE_MIN = 0.3;

function overlaySigns({ a, b }: Laid, { differing, edits }: Measured): Sign[] {
  const [ofA, ofB] = [standsOut(a, differing, null), standsOut(b, differing, a.toOther)];
  const least = edits.includes('overlay') ? STANDS_OUT_MORE_MIN : STANDS_OUT_ALONE_MIN;
  if (Math.abs(ofA - ofB) < least) return [];
  return [sign(ofA > ofB ? 'a' : 'b', (name) => `${name} was changed in places`)];
}

/** Sizes of the thumbnails' pictures that can be compared pixel by pixel. */
const SAME_SIZE_TOLERANCE = 0.08;
/** Edges of a blurred picture, and as a part of those of the other. */
const BLURRED_EDGES_MAX = 0.6;
const BLURRED_PART_MAX = 0.3;
/** Ground of a noisy picture, and by the other's; its edges are no weaker. */
const NOISY_GROUND_MIN = 0.07;
const NOISY_TIMES = 3;
const NOISY_EDGES_MIN = 1.1;

function roughnessSigns({ a, b }: Laid, { map }: Measured): Sign[] {
  const pixels = (b.image.width * b.image.height) / (a.image.width * a.image.height);
  const scale = Math.sqrt(Math.abs(map.xx * map.yy - map.xy * map.yx) * pixels);
  if (Math.abs(scale - 1) > SAME_SIZE_TOLERANCE) return [];
  const found = { a: roughnessOf(a), b: roughnessOf(b) };
  return eachSide((side) => roughnessSign(side, found[side], found[otherOf(side)]));
}

function roughnessSign(side: Side, own: Roughness, other: Roughness): Sign | undefined {
  if (own.edges < BLURRED_EDGES_MAX && own.edges < BLURRED_PART_MAX * other.edges) {
    return sign(side, (name) => `${name} is blurred`);
  }
  const isNoisy = own.ground > NOISY_GROUND_MIN && own.ground > NOISY_TIMES * other.ground;
  return isNoisy && own.edges > NOISY_EDGES_MIN * other.edges && other.edges > BLURRED_EDGES_MAX
    ? sign(side, (name) => `${name} is noisier`)
    : undefined;
}
