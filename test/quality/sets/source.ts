/** @file Photos that the sets are made of, and the seeds of what is made of them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createRandom, type Random } from '../../../src-main/engine/demo/random.ts';
import { DEFAULT_LIMITS, openPhoto } from '../../../src-main/engine/imaging/decode.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';

/** Longest side of what damages and look-alikes are made from: web and chat pictures are hardly larger. */
export const SOURCE_EDGE_PX = 560;

export async function loadSource(file: string, edge = SOURCE_EDGE_PX): Promise<RgbImage> {
  const { data, info } = await openPhoto(await readFile(file), DEFAULT_LIMITS)
    .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Random numbers of their own for every picture: one that is added changes no other (FNV-1a of the key). */
export function randomOf(key: string): Random {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 0x01000193);
  return createRandom(hash);
}

export function nameOf(file: string): string {
  return path.parse(file).name;
}

/** `count` of the list, different ones. */
export function draw<T>(list: readonly T[], count: number, random: Random): T[] {
  const rest = [...list];
  return Array.from({ length: Math.min(count, rest.length) }, () =>
    rest.splice(random.integer(0, rest.length - 1), 1),
  ).flat();
}
