/** @file The demo library: made photos in two folders, with the copies that real libraries gather. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { asCameraFile, damage, type DamageName } from './damages.ts';
import { renderScene } from './scene.ts';
import type { RgbImage } from '../imaging/image.ts';

export interface DemoOptions {
  seed?: number;
  /** Scenes; files come to about 1.8 times as many. */
  photos?: number;
  /** Longest side of the scenes, px. */
  edge?: number;
  signal?: AbortSignal;
}

const DEFAULT_PHOTOS = 20;
const DEFAULT_EDGE_PX = 960;
const FIRST_DAY = Date.UTC(2019, 6, 6, 9, 12, 5);
const DAY_MS = 86_400_000;

const trips = ['Coast', 'Mountains', 'City', 'Fields'] as const;
const cameras = ['Sunny 12', 'Pocket X'] as const;

/** Which copies the n-th photo has besides itself; photos beyond the list have none. */
const copiesOf: readonly (readonly (DamageName | 'same file')[])[] = [
  ['same file', 're-encoded', 'half size'],
  ['re-encoded'],
  [],
  ['turned', 'half size'],
  ['cropped'],
  [],
  ['grey', 'compressed'],
  ['as PNG', 'as WebP'],
  [],
  ['same file'],
  ['brighter'],
  ['mirrored'],
  [],
  ['thumbnail'],
];

/**
 * Writes the demo library below `directory` (made when missing). The same options write the same files, so a
 * second call changes nothing that matters.
 * @returns the directory and the number of files in it.
 */
export async function createDemoLibrary(
  directory: string,
  options: DemoOptions = {},
): Promise<{ directory: string; files: number }> {
  const edge = options.edge ?? DEFAULT_EDGE_PX;
  let files = 0;
  for (let i = 0; i < (options.photos ?? DEFAULT_PHOTOS); i++) {
    options.signal?.throwIfAborted();
    const shape = i % 4 === 3 ? { width: edge * 0.75, height: edge } : { width: edge, height: edge * 0.75 };
    const scene = renderScene((options.seed ?? 1) * 1000 + i, {
      width: Math.round(shape.width),
      height: Math.round(shape.height),
    });
    files += await writePhoto(directory, scene, i);
  }
  return { directory, files };
}

async function writePhoto(directory: string, scene: RgbImage, index: number): Promise<number> {
  const trip = trips[Math.floor(index / 5) % trips.length] ?? trips[0];
  const number = String(2801 + index * 7).padStart(4, '0');
  const original = await asCameraFile(scene, {
    takenAt: new Date(FIRST_DAY + index * DAY_MS * 1.3),
    camera: cameras[index % cameras.length] ?? cameras[0],
  });
  await write(path.join(directory, 'Family archive', trip, `IMG_${number}.jpg`), original);
  const copies = copiesOf[index % copiesOf.length] ?? [];
  for (const copy of copies) {
    if (copy === 'same file') {
      await write(path.join(directory, 'Old disk', 'To sort', `IMG_${number}.jpg`), original);
    } else {
      const { bytes, extension } = await damage(scene, copy);
      await write(path.join(directory, 'Phone backup', 'Sent', `IMG_${number} ${copy}.${extension}`), bytes);
    }
  }
  return 1 + copies.length;
}

async function write(file: string, bytes: Buffer): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
