/** @file Pictures made for the tests of this room: textures that no row or column of is of one colour, and frames. */
import { type ContentBox } from '../../../src-main/engine/features/content-boxes.ts';
import { type RgbImage } from '../../../src-main/engine/imaging/image.ts';

export type Colour = [red: number, green: number, blue: number];

/** Uniform numbers 0 up to 1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function plain(width: number, height: number, [red, green, blue]: Colour): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at += 3) {
    data[at] = red;
    data[at + 1] = green;
    data[at + 2] = blue;
  }
  return { width, height, data };
}

/** A picture by its grey levels; they are rounded and kept within 0..255. */
export function greyPicture(
  width: number,
  height: number,
  level: (x: number, y: number) => number,
): RgbImage {
  const image = plain(width, height, [0, 0, 0]);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const value = Math.max(0, Math.min(255, Math.round(level(x, y))));
      image.data[at] = image.data[at + 1] = image.data[at + 2] = value;
    }
  }
  return image;
}

/** Discs of many sizes over slow waves and a little noise: has points at all scales. */
export function photo(width: number, height: number, seed: number): RgbImage {
  const random = randomNumbers(seed);
  const longest = Math.max(width, height);
  const [a, b] = [6 * random(), 6 * random()];
  const levels = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return 128 + 40 * Math.sin(a + (x / longest) * 9) + 40 * Math.cos(b + (y / longest) * 7) + 10 * random();
  });
  for (let disc = 0; disc < 250; disc++) {
    const [middleX, middleY, level] = [random() * width, random() * height, 160 * (random() - 0.5)];
    const radius = longest * (0.008 + 0.07 * random() ** 3);
    for (let y = Math.max(0, Math.floor(middleY - radius)); y < Math.min(height, middleY + radius + 1); y++) {
      for (
        let x = Math.max(0, Math.floor(middleX - radius));
        x < Math.min(width, middleX + radius + 1);
        x++
      ) {
        const edge = radius + 0.5 - Math.sqrt((x - middleX) ** 2 + (y - middleY) ** 2);
        levels[y * width + x]! += level * Math.max(0, Math.min(1, edge));
      }
    }
  }
  return greyPicture(width, height, (x, y) => levels[y * width + x]!);
}

export function paste(picture: RgbImage, on: RgbImage, left: number, top: number): ContentBox {
  const { width, height, data } = picture;
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width * 3, (y + 1) * width * 3);
    on.data.set(row, ((top + y) * on.width + left) * 3);
  }
  return { left, top, width, height };
}

/** Another picture of the same pixels: `from` says which pixel of the old one lies at a place of the new one. */
export function rearranged(
  image: RgbImage,
  width: number,
  height: number,
  from: (x: number, y: number) => [x: number, y: number],
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [oldX, oldY] = from(x, y);
      const at = (oldY * image.width + oldX) * 3;
      data.set(image.data.subarray(at, at + 3), (y * width + x) * 3);
    }
  }
  return { width, height, data };
}
