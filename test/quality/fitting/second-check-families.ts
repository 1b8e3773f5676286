/**
 * @file Labelled pairs that the second check is fitted on: copies, bursts, recoloured things and pages of one layout, made
 * from photos that nothing else is measured with. The parts they are made of are those of the quality sets.
 */
import sharp from 'sharp';
import { damages } from '../../../src-main/engine/damage/damages.ts';
import { changesWhole, type Step } from '../../../src-main/engine/damage/damage.ts';
import { draw, open } from '../../../src-main/engine/damage/pixels.ts';
import * as step from '../../../src-main/engine/damage/steps.ts';
import * as overlays from '../../../src-main/engine/damage/overlay-steps.ts';
import { decodePhoto } from '../../../src-main/engine/imaging/decode.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import { burstKinds, captured } from '../sets/bursts.ts';
import { localEdits, recolourings } from '../sets/local-edits.ts';
import type { Layout, PagePhoto } from '../sets/pages/page.ts';
import { papers } from '../sets/pages/papers.ts';
import { pictures } from '../sets/pages/pictures.ts';
import { screens } from '../sets/pages/screens.ts';
import { loadSource, nameOf, randomOf } from '../sets/source.ts';

/** still: nothing in the scene moved, so no thumbnail can tell it from a copy. */
export type PairLabel = 'copy' | 'scene' | 'still' | 'layout' | 'recoloured';

/** Two thumbnails and what they are to each other. */
export interface LabelledPair {
  a: RgbImage;
  b: RgbImage;
  label: PairLabel;
  family: 'whole' | 'part' | 'local edit' | 'burst' | 'recoloured' | 'page' | 'page copy';
  /** Name of the damage, change or layout. */
  kind: string;
  /** Photo or layout: what pairs are held out by. */
  group: string;
}

export const layouts: readonly Layout[] = [...papers, ...pictures, ...screens];

async function thumbnailOf(file: Buffer): Promise<RgbImage> {
  return (await decodePhoto(file)).thumbnail;
}

/** As an editor saves it. */
const SAVED_QUALITY = 90;

async function saved(image: RgbImage): Promise<RgbImage> {
  return thumbnailOf(await open(image).jpeg({ quality: SAVED_QUALITY }).toBuffer());
}

/** @param others photos that collages and insets are filled with */
export async function* copiesOf(file: string, others: readonly string[]): AsyncGenerator<LabelledPair> {
  const picture = await loadSource(file);
  const fillers = await Promise.all(others.map((other) => loadSource(other)));
  const a = await saved(picture);
  for (const damage of damages) {
    const { name } = damage;
    const bytes = await damage.apply(picture, randomOf(`${file} ${name}`), fillers);
    const family = changesWhole(damage) ? 'whole' : 'part';
    yield { a, b: await thumbnailOf(bytes), label: 'copy', family, kind: name, group: nameOf(file) };
  }
}

export async function* locallyEdited(file: string, others: readonly string[]): AsyncGenerator<LabelledPair> {
  const picture = await loadSource(file);
  const fillers = await Promise.all(others.map((other) => loadSource(other)));
  const a = await saved(picture);
  for (const { name, edit } of localEdits) {
    const b = await saved(await edit(picture, randomOf(`${file} ${name}`), fillers));
    yield { a, b, label: 'copy', family: 'local edit', kind: name, group: nameOf(file) };
  }
  for (const { name, edit } of recolourings) {
    const b = await saved(edit(picture, randomOf(`${file} ${name}`)));
    yield { a, b, label: 'recoloured', family: 'recoloured', kind: name, group: nameOf(file) };
  }
}

const CAMERA_QUALITY = 92;

/** @param other photo that passers-by are cut from */
export async function* burstsOf(file: string, other: string): AsyncGenerator<LabelledPair> {
  const picture = await loadSource(file);
  const passing = await loadSource(other);
  const random = randomOf(`${file} first frame`);
  const noise = random.between(1, 3);
  const a = await thumbnailOf(await captured(picture, random, noise, CAMERA_QUALITY));
  for (const { name, label, frame } of burstKinds) {
    const own = randomOf(`${file} ${name}`);
    const b = await thumbnailOf(
      await captured(await frame(picture, own, passing), own, noise, CAMERA_QUALITY),
    );
    yield { a, b, label, family: 'burst', kind: name, group: nameOf(file) };
  }
}

const LOOKS = 2;
const PAGES_A_LOOK = 5;

const pageEdits: readonly (readonly [name: string, edit: Step])[] = [
  ['JPEG 75', step.jpeg(75)],
  ['JPEG 30', step.jpeg(30)],
  ['half size', step.scaledBy(0.5)],
  ['200 px', step.within(200)],
  ['crop to 90 %', step.cropped(0.9)],
  ['crop to 75 %', step.cropped(0.75, 0.2, 0.8)],
  ['grey', step.grey],
  ['darker', step.brightness(0.7)],
  ['more contrast', step.contrast(1.4)],
  ['sepia', step.sepia],
  ['border', overlays.bordered(0.08, [90, 90, 100])],
  ['tilted', step.tilted(2, 'filled')],
  [
    'photographed',
    step.chain(step.inPerspective(0.05, [110, 90, 70]), step.blurred(0.8), step.unevenLight, step.noisy(4)),
  ],
];

/** Pages of one look against each other, and copies of the first. */
export async function* pagesOf(layout: Layout, photos: readonly PagePhoto[]): AsyncGenerator<LabelledPair> {
  for (let look = 0; look < LOOKS; look++) {
    const key = `${layout.name} ${look}`;
    const page = layout.look(randomOf(key), photos);
    const pages: RgbImage[] = [];
    for (let i = 0; i < PAGES_A_LOOK; i++) {
      const { width, height, body } = page(randomOf(`${key} ${i}`));
      pages.push(await draw(width, height, body));
    }
    const thumbnails = await Promise.all(pages.map((image) => saved(image)));
    const common = { kind: layout.name, group: layout.name };
    for (const [i, b] of thumbnails.entries()) {
      for (const a of thumbnails.slice(0, i)) yield { a, b, label: 'layout', family: 'page', ...common };
    }
    const [first] = pages;
    const [a] = thumbnails;
    if (first === undefined || a === undefined) continue;
    for (const [kind, edit] of pageEdits) {
      const b = await saved(await edit(first, randomOf(`${key} ${kind}`), []));
      yield { a, b, label: 'copy', family: 'page copy', kind, group: layout.name };
    }
  }
}

const PAGE_PHOTO_EDGE_PX = 400;

export async function pagePhoto(file: string): Promise<PagePhoto> {
  const { width, height, data } = await loadSource(file, PAGE_PHOTO_EDGE_PX);
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: SAVED_QUALITY })
    .toBuffer();
  return { href: `data:image/jpeg;base64,${jpeg.toString('base64')}`, width, height };
}
