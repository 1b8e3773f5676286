/** @file Edits that draw their own strength: parts of damaged copies, for the fit of the head and for named damages. */
import type { Random } from '../demo/random.ts';
import type { RgbImage } from '../imaging/image.ts';
import { edit, finish, open } from './pixels.ts';

type DrawnEdit = (image: RgbImage, random: Random) => Promise<RgbImage>;

export function colour(random: Random): { r: number; g: number; b: number } {
  if (random.chance(0.6)) return random.pick([black, white]);
  return { r: random.integer(0, 255), g: random.integer(0, 255), b: random.integer(0, 255) };
}

const black = { r: 0, g: 0, b: 0 };
const white = { r: 255, g: 255, b: 255 };
export const SEPIA: [[number, number, number], [number, number, number], [number, number, number]] = [
  [0.393, 0.769, 0.189],
  [0.349, 0.686, 0.168],
  [0.272, 0.534, 0.131],
];

/** Cuts out a part of `area` (0..1) of the picture, somewhere, its shape changed by up to `stretch`. */
export function crop(image: RgbImage, random: Random, area: number, stretch: number): Promise<RgbImage> {
  const shape = random.between(1 / stretch, stretch);
  const width = Math.max(8, Math.round(image.width * Math.min(1, Math.sqrt(area * shape))));
  const height = Math.max(8, Math.round(image.height * Math.min(1, Math.sqrt(area / shape))));
  const left = random.integer(0, Math.max(0, image.width - width));
  const top = random.integer(0, Math.max(0, image.height - height));
  const bounds = {
    left,
    top,
    width: Math.min(width, image.width - left),
    height: Math.min(height, image.height - top),
  };
  return finish(open(image).extract(bounds));
}

export function scaled(image: RgbImage, x: number, y: number): Promise<RgbImage> {
  const width = Math.max(8, Math.round(image.width * x));
  const height = Math.max(8, Math.round(image.height * y));
  return finish(open(image).resize(width, height, { fit: 'fill' }));
}

export function bordered(
  image: RgbImage,
  x: number,
  y: number,
  background: ReturnType<typeof colour>,
): Promise<RgbImage> {
  const horizontal = Math.round(image.width * x);
  const vertical = Math.round(image.height * y);
  return finish(
    open(image).extend({ left: horizontal, right: horizontal, top: vertical, bottom: vertical, background }),
  );
}

/** Strokes of made-up letters: the same on every machine, whatever fonts it has. */
export function lettering(width: number, height: number, random: Random): string {
  const size = height * random.between(0.05, 0.15);
  const letters = random.integer(5, 20);
  const left = random.between(0, 0.4) * width;
  const top = random.between(0, 0.85) * height;
  let path = '';
  for (let i = 0; i < letters; i++) {
    if (random.chance(0.15)) continue;
    const x = left + i * size * 0.7;
    const point = (): string =>
      `${(x + random.integer(0, 2) * size * 0.25).toFixed(1)} ${(top + random.integer(0, 2) * size * 0.5).toFixed(1)}`;
    path += `M${point()}L${point()}L${point()}L${point()}`;
  }
  const { r, g, b } = colour(random);
  return `<path d="${path}" fill="none" stroke="rgb(${r},${g},${b})" stroke-width="${(size * 0.12).toFixed(1)}"/>`;
}

export function sticker(width: number, height: number, random: Random): string {
  const radius = Math.min(width, height) * random.between(0.06, 0.2);
  const x = random.between(0.1, 0.9) * width;
  const y = random.between(0.1, 0.9) * height;
  const { r, g, b } = colour(random);
  const fill = `fill="rgb(${r},${g},${b})"`;
  return random.chance(0.5)
    ? `<circle cx="${x}" cy="${y}" r="${radius}" ${fill}/>`
    : `<rect x="${x - radius}" y="${y - radius / 2}" width="${radius * 2}" height="${radius}" ${fill}/>`;
}

export function overlay(draw: (width: number, height: number, random: Random) => string): DrawnEdit {
  return edit((picture, random, { width, height }) => {
    const body = draw(width, height, random);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`;
    return picture.composite([{ input: Buffer.from(svg) }]);
  });
}

export function vignette(width: number, height: number, random: Random): string {
  const dark = random.between(0.3, 0.8).toFixed(2);
  return (
    `<defs><radialGradient id="v" r="0.75"><stop offset="0.5" stop-opacity="0"/>` +
    `<stop offset="1" stop-opacity="${dark}"/></radialGradient></defs>` +
    `<rect width="${width}" height="${height}" fill="url(#v)"/>`
  );
}
