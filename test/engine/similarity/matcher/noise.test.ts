import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src-main/engine/demo/random.ts';
import type { RgbImage } from '../../../../src-main/engine/imaging/image.ts';
import { sharedNoise } from '../../../../src-main/engine/similarity/matcher/noise.ts';

const SAME = { xx: 1, xy: 0, yx: 0, yy: 1, x0: 0, y0: 0 };
const WHOLE = { left: 0, top: 0, width: 1, height: 1 };
const [WIDTH, HEIGHT] = [256, 192];

/** A soft slope with the noise of one exposure. */
function exposure(seed: number, deviation = 6): RgbImage {
  const random = createRandom(seed);
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < data.length; i++) {
    const noise = (random.next() + random.next() + random.next() - 1.5) * 2 * deviation;
    data[i] = 80 + ((i / 3) % WIDTH) / 4 + noise;
  }
  return { width: WIDTH, height: HEIGHT, data };
}

describe('shared noise', () => {
  it('is that of one exposure, also brighter, and not that of two', () => {
    const one = exposure(1);
    const brighter = { ...one, data: one.data.map((level) => level * 1.2) };
    const same = sharedNoise(one, brighter, SAME, []);
    expect(Math.min(same?.luminance ?? 0, same?.redGreen ?? 0, same?.blueGreen ?? 0)).toBeGreaterThan(0.95);
    const other = sharedNoise(one, exposure(2), SAME, []);
    expect(Math.abs(other?.luminance ?? 1)).toBeLessThan(0.1);
    expect(Math.abs(other?.redGreen ?? 1)).toBeLessThan(0.1);
    expect(other?.unshared ?? 0).toBeGreaterThan(20 * (same?.unshared ?? Infinity));
  });

  it('says nothing where no noise is to be seen, or all of it differs', () => {
    const flat = { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT * 3).fill(255) };
    expect(sharedNoise(flat, flat, SAME, [])).toBeNull();
    expect(sharedNoise(exposure(1), exposure(1), SAME, [WHOLE])).toBeNull();
  });
});
