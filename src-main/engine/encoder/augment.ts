/** @file Damaged views of a photo, as copies come about: what the head learns to see through. */
import {
  bordered,
  colour,
  crop,
  lettering,
  overlay,
  scaled,
  SEPIA,
  sticker,
  vignette,
} from '../damage/edits.ts';
import { edit, open, recode } from '../damage/pixels.ts';
import type { Random } from '../demo/random.ts';
import type { RgbImage } from '../imaging/image.ts';

export type Damage = (image: RgbImage, random: Random) => Promise<RgbImage>;

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
