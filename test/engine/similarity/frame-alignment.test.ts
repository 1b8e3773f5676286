import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import {
  alignFrames,
  frameOf,
  squash,
  wholeFrameAlignment,
} from '../../../src-main/engine/similarity/frame-alignment.ts';
import { randomFrom } from './made-vectors.ts';

type Pixel = (x: number, y: number) => number;

function image(width: number, height: number, pixel: Pixel): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.fill(pixel(x, y), (y * width + x) * 3, (y * width + x) * 3 + 3);
  }
  return { width, height, data };
}

/** A picture without any symmetry: soft blobs from a seed. */
function scene(width: number, height: number): RgbImage {
  const random = randomFrom(5);
  const blobs = Array.from(
    { length: 9 },
    () => [random(), random(), 0.05 + 0.2 * random(), random()] as const,
  );
  return image(width, height, (x, y) => {
    const light = blobs.reduce(
      (sum, [bx, by, size, strength]) =>
        sum + strength * Math.exp(-(((x / width - bx) ** 2 + (y / height - by) ** 2) / (2 * size * size))),
      0,
    );
    return Math.min(255, light * 120);
  });
}

const at = (source: RgbImage, x: number, y: number): number => source.data[(y * source.width + x) * 3]!;
/** As a print is turned: its left edge comes to the top. */
const clockwise = (source: RgbImage): RgbImage =>
  image(source.height, source.width, (x, y) => at(source, y, source.height - 1 - x));
const mirrored = (source: RgbImage): RgbImage =>
  image(source.width, source.height, (x, y) => at(source, source.width - 1 - x, y));

const a = scene(96, 64);

describe('alignment of frames', () => {
  it('finds the turn and the mirror that lay B on A, for all eight', () => {
    for (const quarterTurns of [0, 1, 2, 3] as const) {
      for (const mirror of [false, true]) {
        // B is made so that turning it, then mirroring it, gives A: the mirror is undone first.
        let b = mirror ? mirrored(a) : a;
        for (let turn = 0; turn < (4 - quarterTurns) % 4; turn++) b = clockwise(b);
        const found = alignFrames(frameOf(a), frameOf(b));
        expect(found).toMatchObject({ quarterTurns, mirrored: mirror });
        expect(found.correlation).toBeGreaterThan(0.95);
      }
    }
  });

  it('leaves a picture upright that looks the same both ways', () => {
    const stripes = image(60, 60, (_, y) => (y % 20 < 10 ? 200 : 30));
    expect(alignFrames(frameOf(stripes), frameOf(stripes))).toMatchObject({
      quarterTurns: 0,
      mirrored: false,
    });
  });

  it('says nothing about a flat frame or strangers', () => {
    const flat = frameOf(image(40, 40, () => 128));
    expect(alignFrames(flat, frameOf(clockwise(a)))).toEqual({
      quarterTurns: 0,
      mirrored: false,
      correlation: 0,
    });
    const random = randomFrom(9);
    const noise = frameOf(image(32, 32, () => 255 * random()));
    expect(alignFrames(frameOf(a), noise)).toMatchObject({ quarterTurns: 0, mirrored: false });
  });

  it('averages cells of large pictures and repeats pixels of small ones', () => {
    expect(squash(image(64, 64, (x) => (x % 2 === 0 ? 0 : 100)))).toEqual(new Float32Array(1024).fill(50));
    const tiny = squash(image(1, 1, () => 77));
    for (const value of tiny) expect(value).toBeCloseTo(77, 4);
  });

  it('counts the scale after the turn', () => {
    const turn = { quarterTurns: 1, mirrored: false, correlation: 1 } as const;
    expect(wholeFrameAlignment({ width: 400, height: 300 }, { width: 150, height: 200 }, turn)).toEqual({
      quarterTurns: 1,
      mirrored: false,
      scale: 2,
      overlapA: 1,
      overlapB: 1,
    });
  });
});
