/** @file What was done to a picture, in the words of the contract, from what was measured of the pair. */
import { type Edit, edits } from '../../../contract/model.ts';
import { type SecondCheckKind } from './decision.ts';
import { type Overlaid } from './overlaid.ts';
import {
  BRIGHTNESS_CHANGE_MIN,
  CAST_MIN,
  CHROMA_CHANGE_MIN,
  COLOURFUL_CHROMA_MIN,
  CONTRAST_CHANGE_MIN,
  GREY_CHROMA_MAX,
  HUE_TURNED_SHARE_MIN,
  ONE_HUE_MIN,
} from './parameters.ts';
import { surroundingsOf } from './surroundings.ts';
import { type ToneChange } from './tone-change.ts';

/** In the order of the contract; the same for a pair and its swap. */
export function editsOf(pair: Overlaid, kind: SecondCheckKind, differs: boolean, tones: ToneChange): Edit[] {
  const found = new Set<Edit>();
  if (isBrightnessChanged(tones)) found.add('brightness');
  const colour = colourEdit(tones);
  if (colour !== null) found.add(colour);
  if (tones.negative) found.add('negative');
  // A copy in doubt must not pass as merely saved again either.
  if ((kind === 'copy-changed' || kind === 'doubt') && differs) found.add('overlay');
  for (const around of surroundingsOf(pair)) found.add(around);
  return edits.filter((edit) => found.has(edit));
}

function isBrightnessChanged({ brightness, contrast }: ToneChange): boolean {
  return (
    Math.abs(brightness) > BRIGHTNESS_CHANGE_MIN ||
    Math.abs(Math.log(contrast)) > Math.log(CONTRAST_CHANGE_MIN)
  );
}

function colourEdit(tones: ToneChange): 'grey' | 'colour' | null {
  const { contrast, chromaA, chromaB, oneHueA, oneHueB, hueTurned, cast } = tones;
  const [less, more] = [Math.min(chromaA, chromaB), Math.max(chromaA, chromaB)];
  if (more < COLOURFUL_CHROMA_MIN) return null;
  if (less < GREY_CHROMA_MAX) return 'grey';
  const isToned = Math.max(oneHueA, oneHueB) > ONE_HUE_MIN && Math.min(oneHueA, oneHueB) < ONE_HUE_MIN;
  // Colours fade with contrast: that alone is no change of colour.
  const saturation = Math.abs(Math.log(chromaB / chromaA / contrast));
  const isCast = cast > CAST_MIN + Math.abs(1 - contrast) * more;
  return isToned || saturation > Math.log(CHROMA_CHANGE_MIN) || isCast || hueTurned > HUE_TURNED_SHARE_MIN
    ? 'colour'
    : null;
}
