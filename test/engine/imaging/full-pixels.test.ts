import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { samePixels } from '../../../src-main/engine/imaging/full-pixels.ts';
import { makePicture } from '../../../src-main/engine/imaging/picture.ts';
import { cloud, colourAt, cornerColours, corners, isNear } from './pictures.ts';

/** An EXIF segment that says the orientation and nothing else. */
function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x0112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(orientation, 18);
  const head = Buffer.from([0xff, 0xe1, 0, 2 + 6 + tiff.length]);
  return Buffer.concat([head, Buffer.from('Exif\0\0', 'latin1'), tiff]);
}

describe('samePixels', () => {
  test('PNG, TIFF and lossless WebP of one picture show the same', async () => {
    const png = await cloud(1).png().toBuffer();
    expect(await samePixels(png, await sharp(png).tiff({ compression: 'lzw' }).toBuffer())).toBe(true);
    expect(await samePixels(png, await sharp(png).webp({ lossless: true }).toBuffer())).toBe(true);
  });

  test('a turn by EXIF equals a turn of the pixels', async () => {
    const tagged = await corners().withMetadata({ orientation: 6 }).png().toBuffer();
    expect(await samePixels(tagged, await sharp(tagged).rotate().png().toBuffer())).toBe(true);
    expect(await samePixels(tagged, await corners().png().toBuffer())).toBe(false);
  });

  test('JPEG files that differ in metadata alone show the same; turned by their tag, another picture', async () => {
    const plain = await corners().jpeg().toBuffer();
    expect(await samePixels(plain, Buffer.concat([plain, Buffer.from('appended')]))).toBe(true);
    const upsideDown = Buffer.concat([plain.subarray(0, 2), orientationSegment(3), plain.subarray(2)]);
    expect(await samePixels(plain, upsideDown)).toBe(false);
    const upright = Buffer.concat([plain.subarray(0, 2), orientationSegment(1), plain.subarray(2)]);
    expect(await samePixels(plain, upright)).toBe(true);
  });

  test('one pixel changed by one step is seen', async () => {
    const { data, info } = await cloud(2).raw().toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const before = await sharp(data, { raw }).png().toBuffer();
    const last = data.length - 1;
    data[last] = data[last]! ^ 1;
    expect(await samePixels(before, await sharp(data, { raw }).png().toBuffer())).toBe(false);
  });

  test('another quality of JPEG, another size, another depth, other transparency differ', async () => {
    const png = await cloud(3).png().toBuffer();
    expect(await samePixels(png, await sharp(png).jpeg({ quality: 95 }).toBuffer())).toBe(false);
    expect(await samePixels(png, await sharp(png).resize(200).png().toBuffer())).toBe(false);
    expect(await samePixels(png, await sharp(png).toColourspace('rgb16').png().toBuffer())).toBe(false);
    expect(await samePixels(png, await sharp(png).ensureAlpha(0.5).png().toBuffer())).toBe(false);
  });

  test('of an animation every frame counts', async () => {
    const film = async (colours: string[]): Promise<Buffer> => {
      const frames = colours.map((background) =>
        sharp({ create: { width: 20, height: 10, channels: 3, background } })
          .png()
          .toBuffer(),
      );
      return sharp(await Promise.all(frames), { join: { animated: true } })
        .gif()
        .toBuffer();
    };
    const both = await film(['#f00', '#00f']);
    expect(await samePixels(both, await film(['#f00', '#00f']))).toBe(true);
    expect(await samePixels(both, await film(['#f00', '#0f0']))).toBe(false);
    expect(await samePixels(both, await film(['#f00', '#00f', '#0f0']))).toBe(false);
  });

  test('a picture of several strips is compared to its end', async () => {
    const edge = 4200; // 70 MB decoded: two strips
    const blank = sharp({ create: { width: edge, height: edge, channels: 3, background: '#456' } });
    const spot = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const plain = await blank.clone().png().toBuffer();
    const spotted = await blank
      .composite([{ input: spot, left: edge - 1, top: edge - 1 }])
      .png()
      .toBuffer();
    expect(await samePixels(plain, plain)).toBe(true);
    expect(await samePixels(plain, spotted)).toBe(false);
  });

  test('a file that can not be read says so', async () => {
    const whole = await cloud(4).jpeg().toBuffer();
    await expect(samePixels(whole, whole.subarray(0, 2000))).rejects.toMatchObject({ code: 'CUT_OFF' });
  });
});

describe('makePicture', () => {
  test('is a turned JPEG of the edge that is asked for', async () => {
    const bytes = await cloud(5, 900, 600).withMetadata({ orientation: 8 }).png().toBuffer();
    const picture = await makePicture(bytes, 300);
    const { format, width, height } = await sharp(picture.data).metadata();
    expect([picture.mime, format, width, height]).toEqual(['image/jpeg', 'jpeg', 200, 300]);
  });

  test('of a region shows that part as one sees it, in all its pixels', async () => {
    for (const [orientation, colour] of [
      [1, cornerColours[1]],
      [3, cornerColours[2]],
      [6, cornerColours[0]],
    ] as const) {
      const bytes = await corners(600, 400).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
      const region = { left: 0.6, top: 0.1, width: 0.3, height: 0.25 };
      const { data, info } = await sharp((await makePicture(bytes, 2048, region)).data)
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual(orientation === 6 ? [120, 150] : [180, 100]);
      expect(isNear(colourAt({ ...info, data }, 0.5, 0.5), colour)).toBe(true);
    }
    const tiny = { left: 0.9999, top: 0.9999, width: 0.0001, height: 0.0001 };
    const { width, height } = await sharp(
      (await makePicture(await cloud(7, 90, 60).png().toBuffer(), 300, tiny)).data,
    ).metadata();
    expect([width, height]).toEqual([1, 1]);
  });

  test('is not enlarged, and says why there is none', async () => {
    const { width } = await sharp(
      (await makePicture(await cloud(6, 90, 60).png().toBuffer(), 300)).data,
    ).metadata();
    expect(width).toBe(90);
    await expect(makePicture(Buffer.from('hello'), 300)).rejects.toMatchObject({ code: 'NOT_A_PHOTO' });
  });
});
