/** @file Damaged views of a photo, as copies come about: what the head learns to see through. */
import sharp, { type Sharp } from 'sharp';
import type { Random } from '../demo/random.ts';
import type { RgbImage } from '../imaging/image.ts';

export type Damage = (image: RgbImage, random: Random) => Promise<RgbImage>;

function open({ width, height, data }: RgbImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function finish(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  if (data.length !== info.width * info.height * 3) throw new Error('A damage gave another kind of pixels.');
  return { width: info.width, height: info.height, data };
}

/** A damage that is one call to sharp. */
function edit(change: (picture: Sharp, random: Random, image: RgbImage) => Sharp): Damage {
  return (image, random) => finish(change(open(image), random, image));
}

function colour(random: Random): { r: number; g: number; b: number } {
  if (random.chance(0.6)) return random.pick([black, white]);
  return { r: random.integer(0, 255), g: random.integer(0, 255), b: random.integer(0, 255) };
}

const black = { r: 0, g: 0, b: 0 };
const white = { r: 255, g: 255, b: 255 };
const SEPIA: [[number, number, number], [number, number, number], [number, number, number]] = [
  [0.393, 0.769, 0.189],
  [0.349, 0.686, 0.168],
  [0.272, 0.534, 0.131],
];

async function recode(image: RgbImage, coded: (picture: Sharp) => Sharp): Promise<RgbImage> {
  return finish(sharp(await coded(open(image)).toBuffer()));
}

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

function scaled(image: RgbImage, x: number, y: number): Promise<RgbImage> {
  const width = Math.max(8, Math.round(image.width * x));
  const height = Math.max(8, Math.round(image.height * y));
  return finish(open(image).resize(width, height, { fit: 'fill' }));
}

function bordered(
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
function lettering(width: number, height: number, random: Random): string {
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

function sticker(width: number, height: number, random: Random): string {
  const radius = Math.min(width, height) * random.between(0.06, 0.2);
  const x = random.between(0.1, 0.9) * width;
  const y = random.between(0.1, 0.9) * height;
  const { r, g, b } = colour(random);
  const fill = `fill="rgb(${r},${g},${b})"`;
  return random.chance(0.5)
    ? `<circle cx="${x}" cy="${y}" r="${radius}" ${fill}/>`
    : `<rect x="${x - radius}" y="${y - radius / 2}" width="${radius * 2}" height="${radius}" ${fill}/>`;
}

function overlay(draw: (width: number, height: number, random: Random) => string): Damage {
  return edit((picture, random, { width, height }) => {
    const body = draw(width, height, random);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`;
    return picture.composite([{ input: Buffer.from(svg) }]);
  });
}

function vignette(width: number, height: number, random: Random): string {
  const dark = random.between(0.3, 0.8).toFixed(2);
  return (
    `<defs><radialGradient id="v" r="0.75"><stop offset="0.5" stop-opacity="0"/>` +
    `<stop offset="1" stop-opacity="${dark}"/></radialGradient></defs>` +
    `<rect width="${width}" height="${height}" fill="url(#v)"/>`
  );
}

/** Small change, large family: each draws its own strength. */
export const damages = {
  jpeg: (image, random) => recode(image, (picture) => picture.jpeg({ quality: random.integer(8, 60) })),
  webp: (image, random) => recode(image, (picture) => picture.webp({ quality: random.integer(10, 60) })),
  smaller: (image, random) => {
    const scale = random.between(0.15, 0.7);
    return scaled(image, scale, scale);
  },
  squash: (image, random) => scaled(image, random.between(0.65, 1), random.between(0.65, 1)),
  trim: (image, random) => crop(image, random, random.between(0.75, 0.97), 1.1),
  crop: (image, random) => crop(image, random, random.between(0.35, 0.75), 1.3),
  turn: edit((picture, random) => picture.rotate(random.pick([90, 180, 270]))),
  tilt: edit((picture, random) => picture.rotate(random.between(-12, 12), { background: colour(random) })),
  mirror: edit((picture) => picture.flop()),
  grey: edit((picture) => picture.modulate({ saturation: 0 })),
  sepia: edit((picture) => picture.recomb(SEPIA)),
  light: edit((picture, random) => picture.modulate({ brightness: random.between(0.55, 1.5) })),
  contrast: edit((picture, random) => {
    const slope = random.between(0.6, 1.5);
    return picture.linear(slope, 128 * (1 - slope));
  }),
  gamma: edit((picture, random) => picture.gamma(random.between(1.2, 2.4))),
  colours: edit((picture, random) =>
    picture.modulate({ saturation: random.between(0.2, 1.8), hue: random.integer(-25, 25) }),
  ),
  tint: edit((picture, random) =>
    picture.linear(
      [random.between(0.8, 1.2), random.between(0.8, 1.2), random.between(0.8, 1.2)],
      [random.between(-20, 20), random.between(-20, 20), random.between(-20, 20)],
    ),
  ),
  blur: edit((picture, random) => picture.blur(random.between(0.6, 3))),
  sharpen: edit((picture, random) => picture.sharpen({ sigma: random.between(0.8, 2.5) })),
  border: (image, random) => {
    const share = random.between(0.02, 0.12);
    return bordered(image, share, share * random.between(0.7, 1.3), colour(random));
  },
  bars: (image, random) => {
    const share = random.between(0.05, 0.25);
    return random.chance(0.5)
      ? bordered(image, 0, share, colour(random))
      : bordered(image, share, 0, colour(random));
  },
  lettering: overlay(lettering),
  sticker: overlay(sticker),
  vignette: overlay(vignette),
} as const satisfies Record<string, Damage>;

export type DamageName = keyof typeof damages;
export const damageNames = Object.keys(damages) as [DamageName, ...DamageName[]];

/** Those that happen most are drawn most. */
const COMMON: readonly [DamageName, ...DamageName[]] = ['jpeg', 'smaller', 'trim', 'crop', 'light'];
const COMMON_SHARE = 0.4;
const MAX_DAMAGES = 3;

/** One to three damages after each other, each at most once. */
export async function damagedView(image: RgbImage, random: Random): Promise<RgbImage> {
  const chosen = new Set<DamageName>();
  const count = random.integer(1, MAX_DAMAGES);
  while (chosen.size < count) chosen.add(random.pick(random.chance(COMMON_SHARE) ? COMMON : damageNames));
  let view = image;
  for (const name of chosen) view = await damages[name](view, random);
  return view;
}

/** The view as a file, coded as such copies mostly are. */
export function encodeView(view: RgbImage, random: Random): Promise<Buffer> {
  return open(view)
    .jpeg({ quality: random.integer(40, 95) })
    .toBuffer();
}
