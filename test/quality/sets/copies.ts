/**
 * @file Set Q: photos that nothing was fitted on, each with a copy for every named damage, and the distractors. All
 * pairs of different photos are false, but the few distractors that are known to be one photo or one scene.
 */
import path from 'node:path';
import { isTrueDistractorPair, splitPhotos } from '../../../scripts/head-data.ts';
import { damages } from '../../../src-main/engine/damage/damages.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import type { Split } from './lookalikes.ts';
import { madeOnce, type PictureWriter } from './picture-folder.ts';
import { draw, loadSource, nameOf, randomOf } from './source.ts';

export const CLEAN = 'clean';
export const DISTRACTOR = 'distractor';

export interface SetPicture {
  path: string;
  /** Which photo it shows. */
  photo: string;
  /** Name of the damage, CLEAN or DISTRACTOR. */
  damage: string;
  /** Photos beside it in a collage. */
  others: string[];
}

const SOURCES = [
  'src-main/engine/damage',
  'src-main/engine/demo/random.ts',
  'test/quality/sets/copies.ts',
  'test/quality/sets/source.ts',
];

/** Photos whose copies are made, read and judged together: a run that was stopped goes on with the next. */
export const PHOTOS_A_PART = 20;

/**
 * Parts of at most PHOTOS_A_PART photos, each with all its copies; the same whatever the number of photos.
 * @param photos the first so many of the split; all without a number
 * @param split `test`: held out from every fit; `fit`: those that heads, vocabularies and matchers may learn from
 */
export async function copies(photos?: number, split: Split = 'test'): Promise<SetPicture[][]> {
  const { fit, calibration, heldOut } = splitPhotos();
  // The head knows those it was fitted on too well: their cosines are higher than those of any other photo.
  const chosen = (split === 'fit' ? calibration : heldOut).slice(0, photos);
  const parts: SetPicture[][] = [];
  for (let from = 0; from < chosen.length; from += PHOTOS_A_PART) {
    const part = chosen.slice(from, from + PHOTOS_A_PART);
    const name = `copies-${split}-${from}-${from + part.length}`;
    const { folder, list } = await madeOnce(name, SOURCES, (writer) => makeCopies(part, fit, writer));
    parts.push(list.map((picture) => ({ ...picture, path: path.resolve(folder, picture.path) })));
  }
  return parts;
}

export function distractors(): SetPicture[] {
  return splitPhotos().distractors.map((file) => ({
    path: file,
    photo: nameOf(file),
    damage: DISTRACTOR,
    others: [],
  }));
}

async function makeCopies(
  photos: readonly string[],
  fillers: readonly string[],
  writer: PictureWriter,
): Promise<SetPicture[]> {
  const made: SetPicture[] = [];
  for (const file of photos) {
    made.push({ path: file, photo: nameOf(file), damage: CLEAN, others: [] });
    const picture = await loadSource(file);
    for (const damage of damages) {
      const random = randomOf(`${nameOf(file)}/${damage.name}`);
      const others = draw(fillers, damage.others, random);
      const written = await writer.keep(`${nameOf(file)}/${damage.name}`, async () => {
        const tiles: RgbImage[] = await Promise.all(others.map((other) => loadSource(other)));
        return damage.apply(picture, random, tiles);
      });
      made.push({ path: written, photo: nameOf(file), damage: damage.name, others: others.map(nameOf) });
    }
  }
  return made;
}

export type Truth = 'copy' | 'other' | 'not counted';

/** Two copies of one photo and two collages (they may share a filler) are not counted. */
export function truthOf(a: SetPicture, b: SetPicture): Truth {
  if (a.photo === b.photo) {
    return (a.damage === CLEAN) === (b.damage === CLEAN) ? 'not counted' : 'copy';
  }
  if (a.others.length > 0 && b.others.length > 0) return 'not counted';
  if (a.damage === DISTRACTOR && b.damage === DISTRACTOR && isTrueDistractorPair(a.photo, b.photo)) {
    return 'not counted';
  }
  return 'other';
}
