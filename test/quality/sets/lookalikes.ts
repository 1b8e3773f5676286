/**
 * @file Set L: pairs that look alike and are no copies (pages of one layout, frames of a burst, other viewpoints,
 * recoloured things), beside copies that are as hard to tell (local edits, copies of pages). `fit` and `test` share no
 * layout and no photo.
 */
import path from 'node:path';
import { splitPhotos } from '../../../scripts/head-data.ts';
import { open } from '../../../src-main/engine/damage/pixels.ts';
import type { Random } from '../../../src-main/engine/demo/random.ts';
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

const SOURCES = [
  'src-main/engine/damage',
  'src-main/engine/demo/random.ts',
  ...['bursts', 'local-edits', 'lookalikes', 'masks', 'source'].map((file) => `test/quality/sets/${file}.ts`),
  'test/quality/sets/pages',
];

const BURST_PHOTOS = 42;
const LOCAL_PHOTOS = 38;
const RECOLOURED_PHOTOS = 50;
const EDITED_PAIRS = 24;
/** Pages photos are shown in. */
const PAGE_PHOTOS = 40;
const BURST_QUALITY = 92;
const BASE_QUALITY = 92;
const COPY_QUALITY = 85;

/** How much of a half: every n-th layout, looks of each, photos of each family. */
interface Extent {
  layoutStep: number;
  looks: number;
  bursts: number;
  local: number;
  recoloured: number;
}

const WHOLE: Extent = {
  layoutStep: 1,
  looks: LOOKS,
  bursts: BURST_PHOTOS,
  local: LOCAL_PHOTOS,
  recoloured: RECOLOURED_PHOTOS,
};

/** Half a minute's worth of each: what the tests run on. */
const SAMPLE: Extent = { layoutStep: 4, looks: 1, bursts: 5, local: 2, recoloured: 3 };

/** All pairs of one half, or a sample of it. Files are made when first asked for, the half in some minutes. */
export async function lookalikes(split: Split, part: 'whole' | 'sample' = 'whole'): Promise<LookalikePair[]> {
  const isWhole = part === 'whole';
  const name = isWhole ? `lookalikes-${split}` : `lookalikes-${split}-sample`;
  const extent = isWhole ? WHOLE : SAMPLE;
  const { folder, list } = await madeOnce(name, SOURCES, (writer) => make(split, extent, writer));
  return list.map((pair) => ({ ...pair, a: path.join(folder, pair.a), b: path.join(folder, pair.b) }));
}

async function make(split: Split, extent: Extent, writer: PictureWriter): Promise<LookalikePair[]> {
  const { fit, heldOut } = splitPhotos();
  const photos = split === 'fit' ? fit : heldOut;
  const chosen = (count: number, what: string): string[] => draw(photos, count, randomOf(`${split}/${what}`));
  const pairs: LookalikePair[] = [];
  const own = layouts.filter((_, i) => (i % 2 === 0) === (split === 'fit'));
  for (const layout of own.filter((_, i) => i % extent.layoutStep === 0)) {
    const shown = await Promise.all(chosen(PAGE_PHOTOS, layout.name).map(pagePhoto));
    for (let look = 0; look < extent.looks; look++) {
      const key = `${layout.name}/${look}`;
      const content = layout.look(randomOf(key), shown);
      const pages: RgbImage[] = [];
      for (let k = 0; k < CONTENTS; k++) pages.push(await rendered(content(randomOf(`${key}/${k}`))));
      pairs.push(...(await pagePairs(layout.name, key, pages, writer)));
    }
  }
  for (const file of chosen(extent.bursts, 'burst')) {
    pairs.push(...(await burstPairs(file, chosen(1, `passer-by/${nameOf(file)}`), writer)));
  }
  for (const file of chosen(extent.local, 'local')) {
    pairs.push(...(await localPairs(file, chosen(1, `inset/${nameOf(file)}`), writer)));
  }
  for (const file of chosen(extent.recoloured, 'recoloured')) {
    pairs.push(...(await recolouredPairs(file, writer)));
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
  for (const [i, page] of pages.entries()) files.push(await writer.keep(`${key}/${i}`, () => asPng(page)));
  for (const [i, a] of files.entries()) {
    for (const b of files.slice(i + 1)) pairs.push({ a, b, label: 'layout', family: 'page', ...common });
  }
  const [first] = pages;
  if (first === undefined) return pairs;
  for (const { name, copy } of pageCopies) {
    const b = await writer.keep(`${key}/copy/${name}`, () => copy(first, randomOf(`${key}/${name}`)));
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
      const plain = await writer.keep(`${key}/near/${i} ${patch.name}`, () => asPng(near));
      pairs.push({ ...common, b: plain, family: 'near page' });
      const coded = open(near).jpeg({ quality: random.pick([75, 50, 30]) });
      const edited = await writer.keep(`${key}/near/${i} ${patch.name} coded`, () => coded.toBuffer());
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
  const base = (): Promise<Buffer> => captured(scene, randomOf(`${name}/base`), noise, BURST_QUALITY);
  const a = await writer.keep(`burst/${name}/base`, base);
  const pairs: LookalikePair[] = [];
  for (const { name: kind, label, frame } of burstKinds) {
    const b = await writer.keep(`burst/${name}/${kind}`, async () => {
      const random = randomOf(`${name}/${kind}`);
      return captured(await frame(scene, random, other), random, noise, BURST_QUALITY);
    });
    pairs.push({ a, b, label, family: 'burst', kind, source: name });
  }
  return pairs;
}

async function localPairs(file: string, insets: string[], writer: PictureWriter): Promise<LookalikePair[]> {
  const photo = await loadSource(file);
  const others = await Promise.all(insets.map((inset) => loadSource(inset)));
  return editedPairs(`local/${nameOf(file)}`, photo, writer, {
    label: 'copy',
    family: 'local edit',
    edits: localEdits.map(({ name, edit }) => ({ name, edit: (random) => edit(photo, random, others) })),
  });
}

async function recolouredPairs(file: string, writer: PictureWriter): Promise<LookalikePair[]> {
  const photo = await loadSource(file);
  return editedPairs(`recoloured/${nameOf(file)}`, photo, writer, {
    label: 'recoloured',
    family: 'recoloured',
    edits: recolourings.map(({ name, edit }) => ({ name, edit: (random) => edit(photo, random) })),
  });
}

interface Edited extends Pick<LookalikePair, 'label' | 'family'> {
  edits: { name: string; edit: (random: Random) => RgbImage | Promise<RgbImage> }[];
}

async function editedPairs(
  key: string,
  photo: RgbImage,
  writer: PictureWriter,
  { label, family, edits }: Edited,
): Promise<LookalikePair[]> {
  const source = nameOf(key);
  const coded = (image: RgbImage, quality: number): Promise<Buffer> =>
    open(image).jpeg({ quality }).toBuffer();
  const a = await writer.keep(`${key}/base`, () => coded(photo, BASE_QUALITY));
  const pairs: LookalikePair[] = [];
  for (const { name: kind, edit } of edits) {
    const b = await writer.keep(`${key}/${kind}`, async () =>
      coded(await edit(randomOf(`${source}/${kind}`)), COPY_QUALITY),
    );
    pairs.push({ a, b, label, family, kind, source });
  }
  return pairs;
}
