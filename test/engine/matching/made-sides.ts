/** @file Pictures as a reader makes them, ready to be judged; the embedding stands for nothing. */
import sharp from 'sharp';
import { createFeatureExtractor } from '../../../src-main/engine/features/extractor.ts';
import { decodePhoto } from '../../../src-main/engine/imaging/decode.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import { sideOfRecord, type MatchSide } from '../../../src-main/engine/matching/side.ts';
import { lookOf } from '../../../src-main/engine/reader/look.ts';
import { content } from '../store/temporary-store.ts';
import { buildWasm } from '../features/built-wasm.ts';

const extractor = await createFeatureExtractor(await buildWasm());
let ids = 0;

export async function sideOf(
  file: Buffer,
  changes: Partial<Parameters<typeof content>[1]> = {},
): Promise<MatchSide> {
  const photo = await decodePhoto(file);
  const { thumbnail, thumbnailJpeg, width, height, format, jpegQuality, jpegWriter } = photo;
  const id = ++ids;
  const record = content(id, {
    width,
    height,
    format,
    jpegQuality,
    jpegWriter,
    thumbnail: thumbnailJpeg,
    look: lookOf(thumbnail, extractor),
    ...changes,
  });
  return sideOfRecord(record, id);
}

export function asJpeg({ width, height, data }: RgbImage, quality = 90): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}
