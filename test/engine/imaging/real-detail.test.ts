import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { renderScene } from '../../../src-main/engine/demo/index.ts';
import { detailShare, realDetail } from '../../../src-main/engine/imaging/real-detail.ts';
import { ROW_PX, Spectrum } from '../../../src-main/engine/imaging/spectrum.ts';
import { createRandom } from '../../../src-main/engine/demo/random.ts';

const scene = renderScene(11, { width: 640, height: 480 });
const raw = { width: scene.width, height: scene.height, channels: 3 as const };
const picture = () => sharp(scene.data, { raw });

describe('real detail', () => {
  test('fills a photo that was not enlarged, also a compressed one', async () => {
    expect(await realDetail(await picture().jpeg({ quality: 90 }).toBuffer())).toBeGreaterThan(0.85);
    expect(await realDetail(await picture().jpeg({ quality: 50 }).toBuffer())).toBeGreaterThan(0.85);
  });

  test('fills half and a third of one that was enlarged so', async () => {
    const enlarged = (times: number) => picture().resize({ width: 640 * times });
    const twice = await realDetail(await enlarged(2).jpeg({ quality: 90 }).toBuffer());
    expect(twice).toBeGreaterThan(0.35);
    expect(twice).toBeLessThan(0.7);
    expect(await realDetail(await enlarged(3).jpeg({ quality: 90 }).toBuffer())).toBeLessThan(twice);
  });

  test('says nothing against a picture too small or too flat to tell', () => {
    expect(detailShare(new Uint8Array(64 * 64).fill(90), 64, 64)).toBe(1);
    expect(detailShare(new Uint8Array(256 * 256).fill(90), 256, 256)).toBe(1);
  });

  test('fails as any reading does where there is no photo', async () => {
    await expect(realDetail(Buffer.from('no photo'))).rejects.toMatchObject({ code: 'NOT_A_PHOTO' });
  });
});

describe('the spectrum', () => {
  test('has white noise of one variance at every frequency', () => {
    const random = createRandom(3);
    const noise = Uint8Array.from({ length: ROW_PX * 2_000 }, () => 128 + (random.chance(0.5) ? 10 : -10));
    const spectrum = new Spectrum();
    for (let row = 0; row < 2_000; row++) spectrum.add(noise, row * ROW_PX, 1);
    const middle = spectrum.power().subarray(4, -2);
    for (const power of middle) expect(Math.abs(power - 100)).toBeLessThan(15);
  });

  test('has a wave where the wave is', () => {
    const wave = Uint8Array.from(
      { length: ROW_PX },
      (_, i) => 128 + 100 * Math.cos((2 * Math.PI * 20 * i) / ROW_PX),
    );
    const spectrum = new Spectrum();
    spectrum.add(wave, 0, 1);
    const power = spectrum.power();
    expect(power.indexOf(Math.max(...power))).toBe(20);
  });
});
