/**
 * @file Set L: pairs that look alike and are no copies (pages of one layout, frames of a burst, other viewpoints,
 * recoloured things), beside copies that are as hard to tell (local edits, copies of pages). `fit` and `test` share no
 * layout and no photo.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { PHOTOS, splitPhotos } from '../../../scripts/head-data.ts';
import { finish, open } from '../../../src-main/engine/damage/pixels.ts';
import type { Step } from '../../../src-main/engine/damage/damage.ts';
import * as step from '../../../src-main/engine/damage/steps.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import { burstKinds, captured } from './bursts.ts';
import { localEdits, recolourings } from './local-edits.ts';
import {
  asPng,
  CONTENTS,
  layouts,
  LOOKS,
  nearPage,
  pageCopies,
  pagePhoto,
  patches,
  rendered,
} from './pages/index.ts';
import { madeOnce, type PictureWriter } from './picture-folder.ts';
import { draw, loadSource, nameOf, randomOf } from './source.ts';

export type Split = 'fit' | 'test';

/**
 * copy: one photo, something done to it; layout: pages of one layout with other content; scene: one scene, something in
 * it or the viewpoint changed; still: one scene in which nothing moved, photographed twice; recoloured: one photo, its
 * things in other colours.
 */
export type LookalikeLabel = 'copy' | 'layout' | 'scene' | 'still' | 'recoloured';

export interface LookalikePair {
  /** Paths of the two files. */
  a: string;
  b: string;
  label: LookalikeLabel;
  /** Group of the tables: "page", "near page", "burst", "burst, large", "local edit" and so on. */
  family: string;
  /** Layout or kind within the family. */
  kind: string;
  /** What it was made of: pairs of one source are not independent of each other. */
  source: string;
}

const SOURCES = ['src-main/engine/damage', 'src-main/engine/demo/random.ts', 'test/quality/sets'];

const BURST_PHOTOS = 42;
const LOCAL_PHOTOS = 38;
const RECOLOURED_PHOTOS = 50;
const EDITED_PAIRS = 24;
/** Pages photos are shown in. */
const PAGE_PHOTOS = 40;
const LARGE_EDGE_PX = 2000;

/** All pairs of one half. Files are made when first asked for, in some minutes. */
export async function lookalikes(split: Split): Promise<LookalikePair[]> {
  const { folder, list } = await madeOnce(`lookalikes-${split}`, SOURCES, (writer) => make(split, writer));
  return list.map((pair) => ({ ...pair, a: path.join(folder, pair.a), b: path.join(folder, pair.b) }));
}

async function make(split: Split, writer: PictureWriter): Promise<LookalikePair[]> {
  const { fit, heldOut } = splitPhotos();
  const photos = split === 'fit' ? fit : heldOut;
  const chosen = (count: number, what: string): string[] => draw(photos, count, randomOf(`${split}/${what}`));
  const pairs: LookalikePair[] = [];
  for (const [i, layout] of layouts.entries()) {
    if ((i % 2 === 0) !== (split === 'fit')) continue;
    const shown = await Promise.all(chosen(PAGE_PHOTOS, layout.name).map(pagePhoto));
    for (let look = 0; look < LOOKS; look++) {
      const key = `${layout.name}/${look}`;
      const content = layout.look(randomOf(key), shown);
      const pages: RgbImage[] = [];
      for (let k = 0; k < CONTENTS; k++) pages.push(await rendered(content(randomOf(`${key}/${k}`))));
      pairs.push(...(await pagePairs(layout.name, key, pages, writer)));
    }
    console.log(`  pages: ${layout.name}`);
  }
  for (const file of chosen(BURST_PHOTOS, 'burst')) {
    pairs.push(...(await burstPairs(file, chosen(1, `passer-by/${file}`), writer)));
  }
  for (const file of chosen(LOCAL_PHOTOS, 'local')) {
    pairs.push(...(await localPairs(file, chosen(1, `inset/${file}`), writer)));
  }
  for (const file of chosen(RECOLOURED_PHOTOS, 'recoloured'))
    pairs.push(...(await recolouredPairs(file, writer)));
  for (const file of largePhotos(split)) {
    pairs.push(...(await largePairs(file, chosen(1, `passer-by/${file}`), writer)));
    console.log(`  large: ${nameOf(file)}`);
  }
  return pairs;
}

async function pagePairs(
  layout: string,
  key: string,
  pages: readonly RgbImage[],
  writer: PictureWriter,
): Promise<LookalikePair[]> {
  const pairs: LookalikePair[] = [];
  const common = { kind: layout, source: key };
  const files: string[] = [];
  for (const [i, page] of pages.entries()) files.push(await writer.write(`${key}/${i}`, await asPng(page)));
  for (const [i, a] of files.entries()) {
    for (const b of files.slice(i + 1)) pairs.push({ a, b, label: 'layout', family: 'page', ...common });
  }
  const [first] = pages;
  if (first === undefined) return pairs;
  for (const { name, copy } of pageCopies) {
    const b = await writer.write(`${key}/copy/${name}`, await copy(first, randomOf(`${key}/${name}`)));
    pairs.push({ a: files[0] ?? '', b, label: 'copy', family: 'page copy', kind: name, source: key });
    // The copied page against pages of other content; a screenshot in a screenshot is left out.
    if (name === 'phone screenshot') continue;
    for (const a of draw(
      files.slice(1),
      EDITED_PAIRS / pageCopies.length + 1,
      randomOf(`${key}/${name}/other`),
    )) {
      pairs.push({ a, b, label: 'layout', family: 'page, edited', ...common });
    }
  }
  return [...pairs, ...(await nearPairs(key, pages, files, writer))];
}

async function nearPairs(
  key: string,
  pages: readonly RgbImage[],
  files: readonly string[],
  writer: PictureWriter,
): Promise<LookalikePair[]> {
  const pairs: LookalikePair[] = [];
  for (const i of [0, 1, 2]) {
    const [page, other] = [pages[i], pages[(i + 5) % pages.length]];
    if (page === undefined || other === undefined) continue;
    for (const patch of patches) {
      const random = randomOf(`${key}/${i}/${patch.name}`);
      const near = await nearPage(page, other, patch, random);
      if (near === undefined) continue;
      const common = { a: files[i] ?? '', label: 'layout', kind: patch.name, source: key } as const;
      const plain = await writer.write(`${key}/near/${i} ${patch.name}`, await asPng(near));
      pairs.push({ ...common, b: plain, family: 'near page' });
      const coded = await open(near)
        .jpeg({ quality: random.pick([75, 50, 30]) })
        .toBuffer();
      const edited = await writer.write(`${key}/near/${i} ${patch.name} coded`, coded);
      pairs.push({ ...common, b: edited, family: 'near page, coded' });
    }
  }
  return pairs;
}

async function burstPairs(file: string, passers: string[], writer: PictureWriter): Promise<LookalikePair[]> {
  const name = nameOf(file);
  const scene = await loadSource(file);
  const other = await loadSource(passers[0] ?? file);
  const noise = randomOf(`${name}/noise`).between(1, 3);
  const a = await writer.write(
    `burst/${name}/base`,
    await captured(scene, randomOf(`${name}/base`), noise, 92),
  );
  const pairs: LookalikePair[] = [];
  for (const { name: kind, label, frame } of burstKinds) {
    const random = randomOf(`${name}/${kind}`);
    const bytes = await captured(await frame(scene, random, other), random, noise, 92);
    const b = await writer.write(`burst/${name}/${kind}`, bytes);
    pairs.push({ a, b, label, family: 'burst', kind, source: name });
  }
  return pairs;
}

async function localPairs(file: string, insets: string[], writer: PictureWriter): Promise<LookalikePair[]> {
  const name = nameOf(file);
  const photo = await loadSource(file);
  const others = await Promise.all(insets.map((inset) => loadSource(inset)));
  const a = await writer.write(`local/${name}/base`, await open(photo).jpeg({ quality: 92 }).toBuffer());
  const pairs: LookalikePair[] = [];
  for (const { name: kind, edit } of localEdits) {
    const edited = await edit(photo, randomOf(`${name}/${kind}`), others);
    const b = await writer.write(
      `local/${name}/${kind}`,
      await open(edited).jpeg({ quality: 85 }).toBuffer(),
    );
    pairs.push({ a, b, label: 'copy', family: 'local edit', kind, source: name });
  }
  return pairs;
}

async function recolouredPairs(file: string, writer: PictureWriter): Promise<LookalikePair[]> {
  const name = nameOf(file);
  const photo = await loadSource(file);
  const a = await writer.write(`recoloured/${name}/base`, await open(photo).jpeg({ quality: 92 }).toBuffer());
  const pairs: LookalikePair[] = [];
  for (const { name: kind, edit } of recolourings) {
    const edited = edit(photo, randomOf(`${name}/${kind}`));
    const b = await writer.write(
      `recoloured/${name}/${kind}`,
      await open(edited).jpeg({ quality: 85 }).toBuffer(),
    );
    pairs.push({ a, b, label: 'recoloured', family: 'recoloured', kind, source: name });
  }
  return pairs;
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

const largeCopies: readonly { name: string; edit: Step; quality: number }[] = [
  { name: 'JPEG 85', edit: (image) => image, quality: 85 },
  { name: 'JPEG 60', edit: (image) => image, quality: 60 },
  { name: 'JPEG 30', edit: (image) => image, quality: 30 },
  { name: '1,600 px, JPEG 70', edit: step.within(1600), quality: 70 },
  { name: '640 px, JPEG 75', edit: step.within(640), quality: 75 },
  { name: 'crop to 90 %', edit: step.cropped(0.9, 0.4, 0.6), quality: 90 },
  { name: 'photo filter', edit: step.photoFilter, quality: 88 },
  { name: 'brighter', edit: step.brightness(1.25), quality: 90 },
];
const LARGE_LOCAL_EDITS = ['text', 'sticker, small', 'retouched', 'object removed', 'red eye'];

async function largePairs(file: string, passers: string[], writer: PictureWriter): Promise<LookalikePair[]> {
  const name = nameOf(file);
  const key = `large/${name}`;
  const scene = await loadSource(file, LARGE_EDGE_PX);
  const other = await loadSource(passers[0] ?? file);
  const noise = randomOf(`${key}/noise`).pick([1.5, 5]);
  const base = await captured(scene, randomOf(`${key}/base`), noise, 93);
  const a = await writer.write(`${key}/base`, base);
  const pairs: LookalikePair[] = [];
  for (const { name: kind, label, frame } of burstKinds) {
    if (!LARGE_BURSTS.includes(kind)) continue;
    const random = randomOf(`${key}/${kind}`);
    const b = await writer.write(
      `${key}/${kind}`,
      await captured(await frame(scene, random, other), random, noise, 93),
    );
    pairs.push({ a, b, label, family: 'burst, large', kind, source: name });
  }
  const taken = await finish(sharp(base));
  const edits = [
    ...largeCopies,
    ...localEdits
      .filter((edit) => LARGE_LOCAL_EDITS.includes(edit.name))
      .map((edit) => ({ ...edit, quality: 88 })),
  ];
  for (const { name: kind, edit, quality } of edits) {
    const edited = await edit(taken, randomOf(`${key}/copy/${kind}`), []);
    const b = await writer.write(`${key}/copy ${kind}`, await open(edited).jpeg({ quality }).toBuffer());
    pairs.push({ a, b, label: 'copy', family: 'copy, large', kind, source: name });
  }
  return pairs;
}
