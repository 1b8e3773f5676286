/**
 * @file Set L at a camera's size: frames of a burst and copies, 2,000 px, whose thumbnails are alike and whose files are
 * not. What a second look at the files is measured with.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { PHOTOS, splitPhotos } from '../../../scripts/head-data.ts';
import type { Step } from '../../../src-main/engine/damage/damage.ts';
import { finish, open } from '../../../src-main/engine/damage/pixels.ts';
import * as step from '../../../src-main/engine/damage/steps.ts';
import { burstKinds, captured } from './bursts.ts';
import { localEdits } from './local-edits.ts';
import type { LookalikePair, Split } from './lookalikes.ts';
import { madeOnce, type PictureWriter } from './picture-folder.ts';
import { draw, loadSource, nameOf, randomOf } from './source.ts';

const SOURCES = [
  'src-main/engine/damage',
  'src-main/engine/demo/random.ts',
  ...['bursts', 'large-lookalikes', 'local-edits', 'masks', 'source'].map(
    (file) => `test/quality/sets/${file}.ts`,
  ),
];
const LARGE_EDGE_PX = 2000;
const BURST_QUALITY = 93;

/** Empty where shared/photos/large is not there. */
export async function largeLookalikes(split: Split): Promise<LookalikePair[]> {
  const { folder, list } = await madeOnce(`large-${split}`, SOURCES, async (writer) => {
    const { fit, heldOut } = splitPhotos();
    const pairs: LookalikePair[] = [];
    for (const file of largePhotos(split)) {
      const passers = draw(split === 'fit' ? fit : heldOut, 1, randomOf(`passer-by/${nameOf(file)}`));
      pairs.push(...(await largePairs(file, passers, writer)));
    }
    return pairs;
  });
  return list.map((pair) => ({ ...pair, a: path.join(folder, pair.a), b: path.join(folder, pair.b) }));
}

/** Files of a camera's size: what a second look at the files can see and thumbnails cannot. */
function largePhotos(split: Split): string[] {
  const folder = path.join(PHOTOS, 'large');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).sort();
  return files.filter((_, i) => (i % 2 === 0) === (split === 'fit')).map((file) => path.join(folder, file));
}

const LARGE_BURSTS = [
  ...['still', 'still, other exposure', 'hand-held, hardly moved', 'hand-held', 'blink', 'moved, small'],
  ...['body, small', 'passer-by, small', 'wind', 'viewpoint, near'],
];

const LARGE_LOCAL_EDITS = ['text', 'sticker, small', 'retouched', 'object removed', 'red eye'];
const LOCAL_QUALITY = 88;

const largeCopies: readonly { name: string; edit: Step; quality: number }[] = [
  { name: 'JPEG 85', edit: (image) => image, quality: 85 },
  { name: 'JPEG 60', edit: (image) => image, quality: 60 },
  { name: 'JPEG 30', edit: (image) => image, quality: 30 },
  { name: '1,600 px, JPEG 70', edit: step.within(1600), quality: 70 },
  { name: '640 px, JPEG 75', edit: step.within(640), quality: 75 },
  { name: 'crop to 90 %', edit: step.cropped(0.9, 0.4, 0.6), quality: 90 },
  { name: 'photo filter', edit: step.photoFilter, quality: 88 },
  { name: 'brighter', edit: step.brightness(1.25), quality: 90 },
  ...localEdits
    .filter(({ name }) => LARGE_LOCAL_EDITS.includes(name))
    .map((edit) => ({ ...edit, quality: LOCAL_QUALITY })),
];

async function largePairs(file: string, passers: string[], writer: PictureWriter): Promise<LookalikePair[]> {
  const source = nameOf(file);
  const scene = await loadSource(file, LARGE_EDGE_PX);
  const other = await loadSource(passers[0] ?? file);
  const noise = randomOf(`large/${source}/noise`).pick([1.5, 5]);
  const base = await captured(scene, randomOf(`large/${source}/base`), noise, BURST_QUALITY);
  const a = await writer.keep(`${source}/base`, () => base);
  const pairs: LookalikePair[] = [];
  for (const { name: kind, label, frame } of burstKinds) {
    if (!LARGE_BURSTS.includes(kind)) continue;
    const b = await writer.keep(`${source}/${kind}`, async () => {
      const random = randomOf(`large/${source}/${kind}`);
      return captured(await frame(scene, random, other), random, noise, BURST_QUALITY);
    });
    pairs.push({ a, b, label, family: 'burst, large', kind, source });
  }
  const taken = await finish(sharp(base));
  for (const { name: kind, edit, quality } of largeCopies) {
    const b = await writer.keep(`${source}/copy ${kind}`, async () =>
      open(await edit(taken, randomOf(`large/${source}/copy/${kind}`), []))
        .jpeg({ quality })
        .toBuffer(),
    );
    pairs.push({ a, b, label: 'copy', family: 'copy, large', kind, source });
  }
  return pairs;
}
