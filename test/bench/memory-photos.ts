/** @file Many photos with their copies: real ones where they are at hand, made scenes for the rest. */
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { photosArePresent, splitPhotos } from '../../scripts/head-data.ts';
import { renderScene } from '../../src-main/engine/demo/index.ts';

/** About 1.2 million pixels. */
const EDGE_PX = 1_280;
const FIRST_SCENE = 500;
/** Scenes are drawn small and enlarged, to have many of them soon. */
const DRAWN = { width: 240, height: 180 };
const CROPPED_SHARE = 0.9;

type Size = Record<'width' | 'height', number>;

/** The photo itself, and what becomes of photos in libraries. */
const copies: readonly ((photo: Sharp, size: Size) => Sharp)[] = [
  (photo) => photo.jpeg({ quality: 90 }),
  (photo, { width }) => photo.resize({ width: Math.round(width * 0.75) }).jpeg({ quality: 80 }),
  (photo, { width, height }) =>
    photo
      .extract({
        left: 0,
        top: 0,
        width: Math.round(width * CROPPED_SHARE),
        height: Math.round(height * CROPPED_SHARE),
      })
      .jpeg({ quality: 88 }),
  (photo) => photo.modulate({ brightness: 1.2 }).jpeg({ quality: 85 }),
];

export interface WrittenPhotos {
  real: number;
  made: number;
}

/** Writes `count` JPEGs, a folder a photo with its copies. @returns how many photos are behind them */
export async function writePhotos(folder: string, count: number): Promise<WrittenPhotos> {
  const wanted = Math.ceil(count / copies.length);
  const files = realFiles().slice(0, wanted);
  for (let photo = 0; photo < wanted; photo++) {
    const file = files[photo];
    const source = file === undefined ? drawnScene(FIRST_SCENE + photo) : sharp(file);
    const room = Math.min(copies.length, count - photo * copies.length);
    await writeCopies(path.join(folder, String(photo)), source, room);
  }
  return { real: files.length, made: wanted - files.length };
}

function realFiles(): string[] {
  if (!photosArePresent()) return [];
  const { fit, calibration, heldOut, distractors } = splitPhotos();
  return [...fit, ...calibration, ...heldOut, ...distractors];
}

function drawnScene(seed: number): Sharp {
  const { data } = renderScene(seed, DRAWN);
  return sharp(data, { raw: { ...DRAWN, channels: 3 } });
}

async function writeCopies(folder: string, source: Sharp, count: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { data, info } = await source
    .rotate()
    .resize(EDGE_PX, EDGE_PX, { fit: 'inside' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  for (const [i, copy] of copies.slice(0, count).entries()) {
    const photo = sharp(data, { raw: { width, height, channels } });
    await writeFile(path.join(folder, `${i}.jpg`), await copy(photo, info).toBuffer());
  }
}
