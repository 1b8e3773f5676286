/** @file What was done to a picture beside coding, size, frame and turn, from what both checks measured of a pair. */
import { edits, type Edit } from '../../../contract/model.ts';
import type { ContentBox } from '../../features/content-boxes.ts';
import type { RgbImage } from '../../imaging/image.ts';
import type { SecondCheck } from '../second-check/second-check.ts';
import type { ToneChange } from '../second-check/tone-change.ts';

/** Changes of tone that coding or scaling alone make are smaller. */
const BRIGHTNESS_LEVELS = 7;
const CONTRAST_RATIO = 1.12;
/** Mean chroma, Cb and Cr: below the first a picture is grey, above the second it has colours. */
const GREY_CHROMA_MAX = 2.5;
const COLOURED_CHROMA_MIN = 6;
const CHROMA_RATIO = 1.3;
/** All chroma in one direction, where the other side has several: a tone over everything. */
const ONE_HUE_MIN = 0.93;
const ONE_HUE_GAIN = 0.15;
const HUE_TURNED_MIN = 0.1;

/** Part of a frame that the other does not show, from which on something was put around the picture. */
const AROUND_SHARE_MIN = 0.04;
/** What is around is a border when this part of it is near one tone. */
const BORDER_SHARE = 0.97;
const BORDER_TONE_LEVELS = 14;

export interface EditedSide {
  thumbnail: RgbImage;
  boxes: readonly ContentBox[];
  /** Part of this photo that the other shows. */
  overlap: number;
}

/** In the contract's order. */
export function editsOf(a: EditedSide, b: EditedSide, { kind, tones, differing }: SecondCheck): Edit[] {
  const found = new Set<Edit>([...toneEdits(tones), ...aroundEdits(a, b), ...aroundEdits(b, a)]);
  if (kind !== 'copy' && differing.length > 0) found.add('overlay');
  return edits.filter((edit) => found.has(edit));
}

function toneEdits(tones: ToneChange): Edit[] {
  const found: Edit[] = [];
  if (tones.negative) found.push('negative');
  const contrast = Math.max(tones.contrast, 1 / Math.max(tones.contrast, 1e-6));
  if (Math.abs(tones.brightness) > BRIGHTNESS_LEVELS || contrast > CONTRAST_RATIO) found.push('brightness');
  const [less, more] = [Math.min(tones.chromaA, tones.chromaB), Math.max(tones.chromaA, tones.chromaB)];
  if (less < GREY_CHROMA_MAX && more > COLOURED_CHROMA_MIN) found.push('grey');
  else if (hasOtherColours(tones, less, more)) found.push('colour');
  return found;
}

function hasOtherColours({ oneHueA, oneHueB, hueTurned }: ToneChange, less: number, more: number): boolean {
  if (more < COLOURED_CHROMA_MIN) return false;
  const toned = Math.max(oneHueA, oneHueB) > ONE_HUE_MIN && Math.abs(oneHueA - oneHueB) > ONE_HUE_GAIN;
  return toned || hueTurned > HUE_TURNED_MIN || more > CHROMA_RATIO * Math.max(less, 1);
}

/** What this photo has around the picture that the other is: only where its content boxes show it. */
function aroundEdits({ thumbnail, boxes, overlap }: EditedSide, other: EditedSide): Edit[] {
  const isInside = boxes.length > 0 && overlap < other.overlap - AROUND_SHARE_MIN;
  if (!isInside) return [];
  if (boxes.length > 1) return ['collage'];
  return [isOneTone(thumbnail, boxes) ? 'border' : 'screenshot'];
}

function isOneTone({ width, height, data }: RgbImage, boxes: readonly ContentBox[]): boolean {
  const levels: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = boxes.some(
        (box) => x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height,
      );
      if (!inside) levels.push(data[(y * width + x) * 3 + 1] ?? 0);
    }
  }
  if (levels.length === 0) return false;
  const median = levels.toSorted((p, q) => p - q)[levels.length >> 1] ?? 0;
  const near = levels.filter((level) => Math.abs(level - median) <= BORDER_TONE_LEVELS).length;
  return near >= BORDER_SHARE * levels.length;
}
