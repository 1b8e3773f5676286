/** @file What the second check calls made pairs, and its properties. */
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { finish, open } from '../../../../src-main/engine/damage/pixels.ts';
import { type RgbImage } from '../../../../src-main/engine/imaging/image.ts';
import { swapped } from '../../../../src-main/engine/similarity/second-check/checked-pair.ts';
import { createPlainKernels } from '../../../../src-main/engine/similarity/second-check/plain-kernels.ts';
import { checkPair } from '../../../../src-main/engine/similarity/second-check/second-check.ts';
import {
  check,
  firstCheck,
  moved,
  page,
  picture,
  type Side,
  side,
  thumbnail,
  toned,
  wasmKernels,
  withSquare,
} from './made-pairs.ts';

const SEEDS = [1, 2, 3, 5];

async function resized(image: RgbImage, width: number): Promise<RgbImage> {
  return finish(open(image).resize(width));
}

const copies: Record<string, (image: RgbImage) => RgbImage | Promise<RgbImage>> = {
  smaller: (image) => resized(image, 200),
  'cut to two thirds': (image) => finish(open(image).extract({ left: 60, top: 40, width: 390, height: 300 })),
  brighter: (image) => toned(image, (value) => value * 1.3),
  'less contrast': (image) => toned(image, (value) => 128 + 0.6 * (value - 128)),
  warmer: (image) => toned(image, (value, channel) => value * [1.1, 1, 0.8][channel]!),
  grey: (image) => finish(open(image).modulate({ saturation: 0 })),
  blurred: (image) => finish(open(image).blur(1.5)),
  mirrored: (image) => finish(open(image).flop()),
  negative: (image) => finish(open(image).negate({ alpha: false })),
  'turned by a quarter': (image) => finish(open(image).rotate(90)),
  bordered: (image) =>
    finish(open(image).extend({ left: 40, right: 40, top: 40, bottom: 40, background: '#111' })),
};

describe('copies that change the photo as a whole', () => {
  test('a photo against itself: nothing differs', () => {
    for (const seed of SEEDS) {
      const image = corner(picture(seed));
      const found = check(image, image);
      expect(found.kind).toBe('copy');
      expect(found.measures.differing).toBe(0);
      expect(found.differing).toEqual([]);
      expect(found.edits).toEqual([]);
      expect(found.chances).toBeNull();
    }
  });

  test('coded hard', async () => {
    for (const seed of SEEDS) {
      const image = picture(seed);
      const found = check(await thumbnail(image), await thumbnail(image, 25));
      expect([seed, found.kind]).toEqual([seed, 'copy']);
    }
  });

  test.each(Object.keys(copies))('%s', async (name) => {
    for (const seed of SEEDS) {
      const image = picture(seed);
      const found = check(await thumbnail(image), await thumbnail(await copies[name]!(image)));
      expect([name, seed, found.kind]).toEqual([name, seed, 'copy']);
    }
  });
});

/** As large as a thumbnail may be. */
function corner(image: RgbImage): RgbImage {
  const [width, height] = [320, 240];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = y * image.width * 3;
    data.set(image.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, data };
}

describe('what was changed', () => {
  test('a square that was added: its place', async () => {
    for (const seed of SEEDS) {
      const image = picture(seed);
      const found = check(await thumbnail(image), await thumbnail(await withSquare(image, 300, 60, 60)));
      expect(found.kind).not.toBe('copy');
      const [region] = found.differing;
      // 8 px blocks of 320: the region holds the square and is little larger.
      expect(region!.left).toBeGreaterThan(300 / 480 - 0.06);
      expect(region!.left).toBeLessThan(300 / 480 + 0.01);
      expect(region!.left + region!.width).toBeGreaterThan(360 / 480 - 0.01);
      expect(region!.left + region!.width).toBeLessThan(360 / 480 + 0.06);
      expect(region!.top).toBeGreaterThan(60 / 360 - 0.08);
      expect(region!.top + region!.height).toBeLessThan(120 / 360 + 0.08);
    }
  });

  test('of a cropped copy with a square: the same place in either photo', async () => {
    const image = picture(2);
    const marked = await withSquare(image, 300, 160, 60);
    const cut = await finish(open(marked).extract({ left: 100, top: 60, width: 360, height: 270 }));
    const [a, b] = [await thumbnail(image), await thumbnail(cut)];
    const [inWhole] = check(a, b).differing;
    const [inCut] = check(b, a).differing;
    expect(inWhole!.left + inWhole!.width / 2).toBeCloseTo(330 / 480, 1);
    expect(inWhole!.top + inWhole!.height / 2).toBeCloseTo(190 / 360, 1);
    expect(inCut!.left + inCut!.width / 2).toBeCloseTo(230 / 360, 1);
    expect(inCut!.top + inCut!.height / 2).toBeCloseTo(130 / 270, 1);
  });

  test('tones: how much brighter, and less contrast', async () => {
    const image = picture(3);
    const darker = await thumbnail(toned(image, (value) => value * 0.7));
    const found = check(await thumbnail(image), darker);
    expect(found.tones.contrast).toBeCloseTo(0.7, 1);
    expect(found.tones.brightness).toBeLessThan(-15);
    expect(found.edits).toEqual(['brightness']);
    const back = check(darker, await thumbnail(image));
    expect(back.tones.brightness).toBeCloseTo(-found.tones.brightness, 6);
  });

  test.each([
    ['grey', 'grey'],
    ['warmer', 'colour'],
    ['negative', 'negative'],
    ['bordered', 'border'],
  ] as const)('%s: said so', async (name, edit) => {
    const image = picture(5);
    const found = check(await thumbnail(image), await thumbnail(await copies[name]!(image)));
    expect(found.edits).toContain(edit);
  });

  test('hues turned: recoloured, no copy', async () => {
    const image = await finish(open(picture(1)).modulate({ saturation: 1.6 }));
    const turned = await finish(open(image).modulate({ hue: 150 }));
    const found = check(await thumbnail(image), await thumbnail(turned));
    expect(found.tones.hueTurned).toBeGreaterThan(0.5);
    expect(found.kind).toBe('recoloured');
  });
});

describe('look-alikes', () => {
  test('what is near moved further than what is far: a scene', async () => {
    for (const seed of SEEDS) {
      const image = picture(seed);
      const { width, height } = image;
      // The lower the nearer: rows move by 0 to 9 px.
      const other = { width, height, data: new Uint8Array(image.data.length) };
      for (let y = 0; y < height; y++) {
        const shift = Math.round((9 * y * y) / (height * height));
        for (let x = 0; x < width; x++) {
          const from = (y * width + Math.min(width - 1, x + shift)) * 3;
          other.data.set(image.data.subarray(from, from + 3), (y * width + x) * 3);
        }
      }
      const found = check(await thumbnail(image), await thumbnail(other));
      expect([seed, found.kind]).toEqual([seed, 'scene']);
      expect(found.measures.coherence).toBeGreaterThan(0.22);
    }
  });

  test('a frame taken by hand sticks out on both sides', async () => {
    const image = picture(2);
    const frame = { left: 30, top: 24, width: 400, height: 300 };
    const first = await finish(open(image).extract(frame));
    const second = await finish(open(image).extract({ ...frame, left: 36, top: 30 }));
    const found = check(await thumbnail(first), await thumbnail(second));
    expect(found.measures.poke).toBeGreaterThan(3);
    expect(found.kind).toBe('scene');
  });

  test('a crop does not', async () => {
    const image = picture(2);
    const cut = await finish(open(image).extract({ left: 36, top: 30, width: 400, height: 300 }));
    expect(check(await thumbnail(image), await thumbnail(cut)).measures.poke).toBeLessThan(1.6);
  });

  test('pages of one layout with other words', async () => {
    const pages = await Promise.all([1, 2, 3].map(async (seed) => thumbnail(await page(seed))));
    for (const [i, b] of pages.entries()) {
      for (const a of pages.slice(0, i)) {
        const found = check(a, b);
        expect(['same-layout', 'doubt']).toContain(found.kind);
        expect(found.differing.length).toBeGreaterThan(0);
      }
      expect(check(b, b).kind).toBe('copy');
    }
  });

  test('captions in bars below one photo', async () => {
    const image = picture(3);
    const captioned = async (seed: number): Promise<RgbImage> => {
      const bars = Array.from({ length: 6 }, (_, i) => {
        const width = 20 + ((seed * 37 + i * 53) % 45);
        return `<rect x="${40 + i * 70}" y="30" width="${width}" height="14" fill="#000"/>`;
      });
      const bar = Buffer.from(`<svg width="480" height="80">${bars.join('')}</svg>`);
      const extended = await open(image).extend({ bottom: 80, background: '#fff' }).png().toBuffer();
      return finish(sharp(extended).composite([{ input: bar, left: 0, top: 360 }]));
    };
    const found = check(await thumbnail(await captioned(1)), await thumbnail(await captioned(4)));
    expect(['same-layout', 'doubt', 'scene']).toContain(found.kind);
    expect(found.differing[0]!.top).toBeGreaterThan(0.75);
  });
});

test('tiles of a collage without gaps: neighbours do not count', async () => {
  const image = picture(2);
  const tile = await open(image).extract({ left: 60, top: 0, width: 360, height: 360 }).png().toBuffer();
  const neighbour = await open(picture(7))
    .extract({ left: 60, top: 0, width: 360, height: 360 })
    .png()
    .toBuffer();
  const sheet = { width: 720, height: 360, channels: 3, background: '#fff' } as const;
  const collage = sharp({ create: sheet }).composite([
    { input: neighbour, left: 0, top: 0 },
    { input: tile, left: 360, top: 0 },
  ]);
  const found = check(await thumbnail(image), await thumbnail(await finish(collage)));
  expect(['copy', 'copy-changed']).toContain(found.kind);
  expect(found.measures.differing).toBe(0);
});

describe('a pair and its swap', () => {
  let sides: Side[];
  beforeAll(async () => {
    const images = [1, 2].flatMap((seed) => {
      const image = picture(seed);
      const changed = Object.values(copies).map((change) => change(image));
      return [image, ...changed, withSquare(image, 200, 100, 70), moved(image, { x: 9, y: 4, degrees: 1 })];
    });
    sides = await Promise.all(images.map(async (image) => side(await thumbnail(await image))));
  });

  test('get the same kind and measures, and maps that undo each other', () => {
    const half = sides.length / 2;
    const anyOf = fc.nat(half - 1);
    fc.assert(
      fc.property(fc.boolean(), anyOf, anyOf, (isSecond, i, j) => {
        const [a, b] = [sides[i + (isSecond ? half : 0)]!, sides[j + (isSecond ? half : 0)]!];
        const first = firstCheck(a, b);
        const forth = checkPair(wasmKernels, a, b, first);
        const back = checkPair(wasmKernels, b, a, swapped(first));
        expect(back?.kind).toBe(forth?.kind);
        expect(back?.edits).toEqual(forth?.edits);
        if (forth === null || back === null) return;
        for (const [name, value] of Object.entries<number>({ ...forth.measures })) {
          expect([name, back.measures[name as keyof typeof back.measures]]).toEqual([
            name,
            expect.closeTo(value, 3),
          ]);
        }
        const [m, n] = [forth.map, back.map];
        expect(n.xx * m.xx + n.xy * m.yx).toBeCloseTo(1, 2);
        expect(n.xx * m.x0 + n.xy * m.y0 + n.x0).toBeCloseTo(0, 2);
        expect(back.differing.length).toBe(forth.differing.length);
      }),
      { seed: 4, numRuns: 40 },
    );
  });

  test('plain TypeScript and WASM agree', () => {
    const plain = createPlainKernels();
    const [a] = sides;
    for (const b of sides.slice(1, sides.length / 2)) {
      const first = firstCheck(a!, b);
      const [slow, fast] = [checkPair(plain, a!, b, first), checkPair(wasmKernels, a!, b, first)];
      expect(fast?.kind).toBe(slow?.kind);
      expect(Math.abs(fast!.measures.differing - slow!.measures.differing)).toBeLessThanOrEqual(2);
      expect(fast!.measures.coherence).toBeCloseTo(slow!.measures.coherence, 2);
    }
  });
});
