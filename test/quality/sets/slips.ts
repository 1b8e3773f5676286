/**
 * @file Pairs that the generator of set L makes by mistake, left out of it: the picture under a caption bar that was cropped
 * off, which is a copy, and photos without colour "in other colours", which are the same.
 */
import sharp from 'sharp';
import type { LookalikePair } from './lookalikes.ts';

export async function withoutSlips(pairs: readonly LookalikePair[]): Promise<LookalikePair[]> {
  const colourless = new Set<string>();
  for (const a of new Set(pairs.filter(({ label }) => label === 'recoloured').map((pair) => pair.a))) {
    if (await hasNoColour(a)) colourless.add(a);
  }
  return pairs.filter((pair) => !colourless.has(pair.a) && !isCaptionCroppedOff(pair));
}

const CROPPED = 'crop_to_75';

function isCaptionCroppedOff({ kind, label, b }: LookalikePair): boolean {
  return label === 'layout' && kind === 'caption bar' && b.includes(CROPPED);
}

/** Mean distance of the strongest from the weakest of the three colours, in levels. */
const NO_COLOUR_MAX = 4;

async function hasNoColour(file: string): Promise<boolean> {
  const { data } = await sharp(file)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let sum = 0;
  for (let i = 0; i + 2 < data.length; i += 3) {
    const [red, green, blue] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
    sum += Math.max(red, green, blue) - Math.min(red, green, blue);
  }
  return (3 * sum) / data.length < NO_COLOUR_MAX;
}
