/** @file Pages as pictures, pages that differ in a patch only, and what happens to copies of pages. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { damages } from '../../../../src-main/engine/damage/damages.ts';
import type { Step } from '../../../../src-main/engine/damage/damage.ts';
import { lettered } from '../../../../src-main/engine/damage/lettering.ts';
import { draw, drawOver, finish, open, pasted } from '../../../../src-main/engine/damage/pixels.ts';
import * as step from '../../../../src-main/engine/damage/steps.ts';
import type { Random } from '../../../../src-main/engine/demo/random.ts';
import type { RgbImage } from '../../../../src-main/engine/imaging/image.ts';
import type { Page, PagePhoto } from './page.ts';

export const LOOKS = 3;
export const CONTENTS = 12;
/** Photos in pages are shown at about this longest side. */
const PHOTO_EDGE_PX = 960;

export async function pagePhoto(file: string): Promise<PagePhoto> {
  const { data, info } = await sharp(await readFile(file))
    .autoOrient()
    .resize(PHOTO_EDGE_PX, PHOTO_EDGE_PX, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 92 })
    .toBuffer({ resolveWithObject: true });
  return {
    href: `data:image/jpeg;base64,${data.toString('base64')}`,
    width: info.width,
    height: info.height,
  };
}

export function rendered({ width, height, body }: Page): Promise<RgbImage> {
  return draw(width, height, body);
}

/** As a screenshot is kept. */
export function asPng(image: RgbImage): Promise<Buffer> {
  return open(image).png({ compressionLevel: 4 }).toBuffer();
}

/** Sizes for pages of 1,000 px. */
export const patches = [
  { name: 'one digit', width: 14, height: 20 },
  { name: 'one word', width: 60, height: 24 },
  { name: 'one field', width: 170, height: 50 },
] as const;

const DIFFERENT_LEVELS = 60;
const DIFFERENT_SHARE = 0.12;

/**
 * `page` with one small patch of `other`, at a place where the two differ.
 * @returns undefined when they differ nowhere
 */
export async function nearPage(
  page: RgbImage,
  other: RgbImage,
  patch: { width: number; height: number },
  random: Random,
): Promise<RgbImage | undefined> {
  const scale = Math.max(page.width, page.height) / 1000;
  const width = Math.max(6, Math.round(patch.width * scale));
  const height = Math.max(6, Math.round(patch.height * scale));
  const sums = differenceSums(page, other);
  const stride = page.width + 1;
  const places: (readonly [left: number, top: number])[] = [];
  for (let top = 0; top + height <= page.height; top += 2) {
    for (let left = 0; left + width <= page.width; left += 2) {
      const at = top * stride + left;
      const below = at + height * stride;
      const count =
        (sums[below + width] ?? 0) - (sums[below] ?? 0) - (sums[at + width] ?? 0) + (sums[at] ?? 0);
      if (count > DIFFERENT_SHARE * width * height) places.push([left, top]);
    }
  }
  const place = places[random.integer(0, places.length - 1)];
  if (place === undefined) return undefined;
  const [left, top] = place;
  return pasted(page, await finish(open(other).extract({ left, top, width, height })), left, top);
}

/** Summed area table of the pixels that differ clearly. */
function differenceSums(a: RgbImage, b: RgbImage): Uint32Array {
  const stride = a.width + 1;
  const sums = new Uint32Array(stride * (a.height + 1));
  for (let y = 0; y < a.height; y++) {
    let row = 0;
    for (let x = 0; x < a.width; x++) {
      const i = (y * a.width + x) * 3;
      let difference = 0;
      for (let c = 0; c < 3; c++) difference += Math.abs((a.data[i + c] ?? 0) - (b.data[i + c] ?? 0));
      if (difference > 3 * DIFFERENT_LEVELS) row++;
      const at = (y + 1) * stride + x + 1;
      sums[at] = (sums[at - stride] ?? 0) + row;
    }
  }
  return sums;
}

const stamp: Step = (image) => {
  const { width, height } = image;
  const style = { x: width * 0.2, y: height * 0.55, size: height * 0.2, colour: '#c81e1e', weight: 0.14 };
  return drawOver(image, `<g opacity="0.85">${lettered('COPY', style)}</g>`);
};

function ofDamage(name: string): {
  name: string;
  copy: (image: RgbImage, random: Random) => Promise<Buffer>;
} {
  const damage = damages.find((one) => one.name === name);
  if (damage === undefined) throw new RangeError(`There is no damage "${name}".`);
  return { name, copy: (image, random) => damage.apply(image, random) };
}

function ofStep(name: string, change: Step): ReturnType<typeof ofDamage> {
  return {
    name,
    copy: async (image, random) =>
      open(await change(image, random, []))
        .jpeg({ quality: 85 })
        .toBuffer(),
  };
}

export const pageCopies = [
  ...['JPEG 75', 'JPEG 30', 'half size', 'grey', 'darker', 'sepia', 'black border', 'phone screenshot'].map(
    ofDamage,
  ),
  ...['photo of a print', 'sticker'].map(ofDamage),
  ofStep('200 px thumbnail', step.within(200)),
  ofStep('crop to 90 %', step.cropped(0.9)),
  ofStep('crop to 75 % off centre', step.cropped(0.75, 0.2, 0.8)),
  ofStep('contrast', step.contrast(1.4)),
  ofStep('tilt by 2°', step.tilted(2, 'filled')),
  ofStep('stamp', stamp),
];
