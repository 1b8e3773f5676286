/** @file Made scenes and edits of them as the second check sees them: two thumbnails, both checked once already. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { draw, drawOver, finish, open } from '../../../../src-main/engine/damage/pixels.ts';
import { type RgbImage } from '../../../../src-main/engine/imaging/image.ts';
import { decodePhoto } from '../../../../src-main/engine/imaging/decode.ts';
import {
  type CheckedPhoto,
  type FirstCheck,
  firstCheckOf,
} from '../../../../src-main/engine/similarity/second-check/checked-pair.ts';
import { type Kernels } from '../../../../src-main/engine/similarity/second-check/kernels.ts';
import {
  checkPair,
  type SecondCheck,
} from '../../../../src-main/engine/similarity/second-check/second-check.ts';
import {
  createWasmKernels,
  SECOND_CHECK_WASM,
} from '../../../../src-main/engine/similarity/second-check/wasm-kernels.ts';
import { findContentBoxes } from '../../../../src-main/engine/features/content-boxes.ts';
import { type VerifiablePhoto } from '../../../../src-main/engine/similarity/verification/verifiable-photo.ts';
import { verifyPair } from '../../../../src-main/engine/similarity/verification/verify.ts';
import { buildWasm } from '../../features/built-wasm.ts';
import { scene, verifiable } from '../verification/made-photos.ts';

export const wasmKernels: Kernels = await createWasmKernels(
  await readFile(join(await buildWasm(), SECOND_CHECK_WASM)),
);

/** Large enough that the thumbnail is made smaller, as of any photo. */
export function picture(seed: number): RgbImage {
  return scene(seed, 480, 360);
}

export async function thumbnail(image: RgbImage, quality = 92): Promise<RgbImage> {
  return (await decodePhoto(await open(image).jpeg({ quality }).toBuffer())).thumbnail;
}

export interface Side extends CheckedPhoto {
  verifiable: VerifiablePhoto;
}

export function side(image: RgbImage): Side {
  return { image, boxes: findContentBoxes(image), verifiable: verifiable(image) };
}

/** @throws Error when the first check does not find the pair: then there is nothing to check again */
export function firstCheck(a: Side, b: Side): FirstCheck {
  const found = verifyPair(a.verifiable, b.verifiable);
  if (found === null || found.score < 4) throw new Error('The first check does not find this pair.');
  return firstCheckOf(found, a.verifiable.features, b.verifiable.features);
}

export function check(a: RgbImage, b: RgbImage, kernels = wasmKernels): SecondCheck {
  const [first, second] = [side(a), side(b)];
  const found = checkPair(kernels, first, second, firstCheck(first, second));
  if (found === null) throw new Error('The two share too little.');
  return found;
}

/** Shifted, turned about its middle and enlarged, by interpolation; what comes from outside is the rim's colour. */
export function moved(
  image: RgbImage,
  { x = 0, y = 0, degrees = 0, zoom = 1 }: { x?: number; y?: number; degrees?: number; zoom?: number },
): RgbImage {
  const { width, height, data } = image;
  const out = new Uint8Array(data.length);
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180) / zoom, Math.sin((degrees * Math.PI) / 180) / zoom];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [dx, dy] = [column - x - width / 2, row - y - height / 2];
      const u = Math.min(width - 1.001, Math.max(0, cos * dx + sin * dy + width / 2));
      const v = Math.min(height - 1.001, Math.max(0, -sin * dx + cos * dy + height / 2));
      for (let c = 0; c < 3; c++) {
        const at = (i: number, j: number): number =>
          data[((Math.floor(v) + j) * width + Math.floor(u) + i) * 3 + c]!;
        const [f, g] = [u % 1, v % 1];
        const upper = at(0, 0) * (1 - f) + at(1, 0) * f;
        const lower = at(0, 1) * (1 - f) + at(1, 1) * f;
        out[(row * width + column) * 3 + c] = Math.round(upper * (1 - g) + lower * g);
      }
    }
  }
  return { width, height, data: out };
}

export function toned(image: RgbImage, tone: (value: number, channel: number) => number): RgbImage {
  return { ...image, data: image.data.map((value, i) => Math.min(255, Math.max(0, tone(value, i % 3)))) };
}

export function withSquare(image: RgbImage, left: number, top: number, edge: number): Promise<RgbImage> {
  return drawOver(image, `<rect x="${left}" y="${top}" width="${edge}" height="${edge}" fill="#e02020"/>`);
}

/** A page: heading, a picture of its own that stays, and bars for lines of text drawn from the seed. */
export async function page(seed: number): Promise<RgbImage> {
  const logo = await sharp(picture(91).data, { raw: { width: 480, height: 360, channels: 3 } })
    .resize(200, 150)
    .png()
    .toBuffer();
  let state = seed * 7919 + 1;
  const next = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  const words = Array.from({ length: 14 }, (_, line) =>
    Array.from({ length: 6 }, (_, word) => {
      const width = 15 + 45 * next();
      return `<rect x="${30 + word * 70}" y="${190 + line * 12}" width="${width}" height="6" fill="#333"/>`;
    }).join(''),
  ).join('');
  const blank = await draw(480, 360, `<rect width="480" height="20" y="10" fill="#285078"/>${words}`);
  return finish(open(blank).composite([{ input: logo, left: 20, top: 36 }]));
}
