/**
 * @file Set Q: photos that nothing was fitted on, each with a copy for every named damage, and the distractors. All
 * pairs of different photos are false, but the few distractors that are known to be one photo or one scene.
 */
import path from 'node:path';
import { isTrueDistractorPair, splitPhotos } from '../../../scripts/head-data.ts';
import { damages } from '../../../src-main/engine/damage/damages.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import { madeOnce } from './picture-folder.ts';
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

/** @param photos of the held-out ones, evenly taken; all without a number */
export async function copies(photos?: number): Promise<SetPicture[]> {
  const { fit, heldOut, distractors } = splitPhotos();
  const chosen = photos === undefined ? heldOut : heldOut.slice(0, photos);
  const name = `copies-${chosen.length}`;
  const { folder, list } = await madeOnce(name, SOURCES, async (writer) => {
    const made: SetPicture[] = [];
    for (const [i, file] of chosen.entries()) {
      made.push({ path: file, photo: nameOf(file), damage: CLEAN, others: [] });
      const picture = await loadSource(file);
      for (const damage of damages) {
        const random = randomOf(`${nameOf(file)}/${damage.name}`);
        const others = draw(fit, damage.others, random);
        const fillers: RgbImage[] = await Promise.all(others.map((other) => loadSource(other)));
        const bytes = await damage.apply(picture, random, fillers);
        const written = await writer.write(`${nameOf(file)}/${damage.name}`, bytes);
        made.push({ path: written, photo: nameOf(file), damage: damage.name, others: others.map(nameOf) });
      }
      if ((i + 1) % 50 === 0) console.log(`  copies of ${i + 1} of ${chosen.length} photos`);
    }
    return made;
  });
  return [
    ...list.map((picture) => ({ ...picture, path: path.resolve(folder, picture.path) })),
    ...distractors.map((file) => ({ path: file, photo: nameOf(file), damage: DISTRACTOR, others: [] })),
  ];
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
