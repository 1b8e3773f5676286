/** @file What happens to copies of photos on their way through chats, phones, editors and printers: the shape of one. */
import type { Random } from '../demo/random.ts';
import type { RgbImage } from '../imaging/image.ts';

/** What a damage changes, in the order of tables. */
export const damageKinds = [
  'coding',
  'size',
  'crop',
  'turn',
  'tone',
  'detail',
  'overlay',
  'frame',
  'collage',
  'mixed',
] as const;
export type DamageKind = (typeof damageKinds)[number];

/** A picture after a step of damage. `others` are photos that collages and insets are filled with. */
export type Step = (
  image: RgbImage,
  random: Random,
  others: readonly RgbImage[],
) => RgbImage | Promise<RgbImage>;

export interface Damage {
  /** Plain words, unique: tables and the self-test show it. */
  name: string;
  kind: DamageKind;
  /** Other photos that it puts beside or onto this one. */
  others: number;
  /**
   * The damaged copy as the bytes of a file (JPEG, WebP, PNG or GIF). The same photo, seed and others give the same
   * bytes.
   * @param image longest side some 500 px or more; what is measured in pixels (blur, noise) is meant for that size
   * @throws RangeError when there are fewer `others` than it needs
   */
  apply(image: RgbImage, random: Random, others?: readonly RgbImage[]): Promise<Buffer>;
}

/** Re-encoded, resized, cropped, turned, globally edited: the whole photo changed alike, nothing was put onto it. */
export function changesWhole({ kind }: Pick<Damage, 'kind'>): boolean {
  return kind !== 'overlay' && kind !== 'frame' && kind !== 'collage' && kind !== 'mixed';
}
