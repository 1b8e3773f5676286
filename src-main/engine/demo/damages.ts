/** @file What happens to photos on their way through phones, chats and back-ups: made copies of a picture. */
import { type Sharp } from 'sharp';
import { open } from '../damage/pixels.ts';
import type { RgbImage } from '../imaging/image.ts';

export type DamageName =
  | 're-encoded'
  | 'compressed'
  | 'half size'
  | 'thumbnail'
  | 'cropped'
  | 'turned'
  | 'mirrored'
  | 'grey'
  | 'brighter'
  | 'as PNG'
  | 'as WebP';

export interface DamagedFile {
  extension: 'jpg' | 'png' | 'webp';
  bytes: Buffer;
}

/** Part of the width and height that a crop keeps: 0.9 squared is 81 percent of the area. */
const CROP_SIDE = 0.9;

const pipelines: Record<
  DamageName,
  (image: RgbImage) => { pipeline: Sharp; extension: DamagedFile['extension'] }
> = {
  're-encoded': (image) => ({ pipeline: open(image).jpeg({ quality: 70 }), extension: 'jpg' }),
  compressed: (image) => ({ pipeline: open(image).jpeg({ quality: 30 }), extension: 'jpg' }),
  'half size': (image) => ({
    pipeline: open(image)
      .resize(Math.round(image.width / 2))
      .jpeg({ quality: 85 }),
    extension: 'jpg',
  }),
  thumbnail: (image) => ({
    pipeline: open(image).resize(160, 160, { fit: 'inside' }).jpeg({ quality: 80 }),
    extension: 'jpg',
  }),
  cropped: (image) => {
    const width = Math.round(image.width * CROP_SIDE);
    const height = Math.round(image.height * CROP_SIDE);
    const left = Math.round((image.width - width) * 0.3);
    const top = Math.round((image.height - height) * 0.6);
    return {
      pipeline: open(image).extract({ left, top, width, height }).jpeg({ quality: 88 }),
      extension: 'jpg',
    };
  },
  turned: (image) => ({ pipeline: open(image).rotate(90).jpeg({ quality: 88 }), extension: 'jpg' }),
  mirrored: (image) => ({ pipeline: open(image).flop().jpeg({ quality: 88 }), extension: 'jpg' }),
  grey: (image) => ({ pipeline: open(image).greyscale().jpeg({ quality: 88 }), extension: 'jpg' }),
  brighter: (image) => ({
    pipeline: open(image).modulate({ brightness: 1.2 }).jpeg({ quality: 88 }),
    extension: 'jpg',
  }),
  'as PNG': (image) => ({ pipeline: open(image).png({ compressionLevel: 4 }), extension: 'png' }),
  'as WebP': (image) => ({ pipeline: open(image).webp({ quality: 75 }), extension: 'webp' }),
};

export const damageNames = Object.keys(pipelines) as DamageName[];

/** Makes the damaged copy of a picture as a file's bytes. */
export async function damage(image: RgbImage, name: DamageName): Promise<DamagedFile> {
  const { pipeline, extension } = pipelines[name](image);
  return { extension, bytes: await pipeline.toBuffer() };
}

/** The picture as a camera would have stored it: JPEG with time and camera in EXIF. */
export async function asCameraFile(
  image: RgbImage,
  facts: { takenAt: Date; camera: string; quality?: number },
): Promise<Buffer> {
  const stamp = facts.takenAt.toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
  return open(image)
    .jpeg({ quality: facts.quality ?? 93 })
    .withExif({
      IFD0: { Make: 'Lookalike', Model: facts.camera },
      IFD2: { DateTimeOriginal: stamp },
    })
    .toBuffer();
}
