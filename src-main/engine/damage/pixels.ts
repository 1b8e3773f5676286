/** @file Raw pixels and sharp: open, finish, code and decode again. */
import sharp, { type Sharp } from 'sharp';
import type { Random } from '../demo/random.ts';
import type { RgbImage } from '../imaging/image.ts';

export function open({ width, height, data }: RgbImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

export async function finish(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  if (data.length !== info.width * info.height * 3) throw new Error('A damage gave another kind of pixels.');
  return { width: info.width, height: info.height, data };
}

/** An edit that is one call to sharp. */
export function edit(
  change: (picture: Sharp, random: Random, image: RgbImage) => Sharp,
): (image: RgbImage, random: Random) => Promise<RgbImage> {
  return (image, random) => finish(change(open(image), random, image));
}

/** Through a file and back. */
export async function recode(image: RgbImage, coded: (picture: Sharp) => Sharp): Promise<RgbImage> {
  return finish(sharp(await coded(open(image)).toBuffer()).toColourspace('srgb'));
}

/** An SVG drawing of the picture's own size over it. */
export function drawOver(image: RgbImage, body: string): Promise<RgbImage> {
  const { width, height } = image;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`;
  return finish(open(image).composite([{ input: Buffer.from(svg) }]));
}

/** A drawing without a picture below it. */
export function draw(width: number, height: number, body: string): Promise<RgbImage> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`;
  return finish(sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).toColourspace('srgb'));
}

export function blank(width: number, height: number, [red, green, blue]: readonly number[]): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 3) {
    data[i] = red ?? 0;
    data[i + 1] = green ?? 0;
    data[i + 2] = blue ?? 0;
  }
  return { width, height, data };
}

/** `part` with its corner at (left, top) of `image`, cut at its frame. */
export function pasted(image: RgbImage, part: RgbImage, left: number, top: number): RgbImage {
  const data = new Uint8Array(image.data);
  const from = Math.max(0, -left);
  const count = Math.min(part.width, image.width - left) - from;
  if (count <= 0) return { ...image, data };
  for (let y = Math.max(0, -top); y < Math.min(part.height, image.height - top); y++) {
    const source = (y * part.width + from) * 3;
    data.set(part.data.subarray(source, source + count * 3), ((top + y) * image.width + left + from) * 3);
  }
  return { ...image, data };
}

export function resized(image: RgbImage, width: number, height: number): Promise<RgbImage> {
  const size = [width, height].map((side) => Math.max(8, Math.round(side)));
  return finish(open(image).resize(size[0], size[1], { fit: 'fill' }));
}

/** Within width x height, its shape kept. */
export function contained(image: RgbImage, width: number, height: number): Promise<RgbImage> {
  const factor = Math.min(width / image.width, height / image.height);
  return resized(image, image.width * factor, image.height * factor);
}

/** All of width x height, what sticks out cut off evenly. */
export function covering(image: RgbImage, width: number, height: number): Promise<RgbImage> {
  return finish(open(image).resize(Math.round(width), Math.round(height), { fit: 'cover' }));
}

/** Samples `image` at a place (px, 0 is the centre of the first) into `into`; outside it the outermost pixel counts. */
export function sampleInto(
  { width, height, data }: RgbImage,
  x: number,
  y: number,
  into: Float32Array | number[],
): void {
  const cx = Math.max(0, Math.min(width - 1, x));
  const cy = Math.max(0, Math.min(height - 1, y));
  const x0 = Math.min(width - 2, Math.floor(cx));
  const y0 = Math.min(height - 2, Math.floor(cy));
  const fx = cx - x0;
  const fy = cy - y0;
  const at = (y0 * width + x0) * 3;
  const below = at + width * 3;
  for (let c = 0; c < 3; c++) {
    const top = (data[at + c] ?? 0) * (1 - fx) + (data[at + 3 + c] ?? 0) * fx;
    const bottom = (data[below + c] ?? 0) * (1 - fx) + (data[below + 3 + c] ?? 0) * fx;
    into[c] = top * (1 - fy) + bottom * fy;
  }
}

/** Each pixel anew; `change` gets its place and its colour and writes the new colour (0 to 255, clamped) into it. */
export function eachPixel(
  image: RgbImage,
  change: (colour: [number, number, number], x: number, y: number) => void,
): RgbImage {
  const { width, height } = image;
  const data = new Uint8ClampedArray(image.data);
  const colour: [number, number, number] = [0, 0, 0];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      colour[0] = data[i] ?? 0;
      colour[1] = data[i + 1] ?? 0;
      colour[2] = data[i + 2] ?? 0;
      change(colour, x, y);
      data.set(colour, i);
    }
  }
  return { width, height, data: new Uint8Array(data.buffer) };
}

/** Normally distributed, mean 0, deviation 1 (Box and Muller 1958). */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
