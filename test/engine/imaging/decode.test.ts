import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodePhoto, DEFAULT_LIMITS } from '../../../src-main/engine/imaging/decode.ts';
import { DecodeFailure } from '../../../src-main/engine/imaging/failure.ts';
import { fingerprintPicture, readJpegSegments } from '../../../src-main/engine/imaging/jpeg-segments.ts';
import { cloud, colourAt, cornerColours, corners, isNear } from './pictures.ts';

async function failureOf(bytes: Buffer, limits = DEFAULT_LIMITS): Promise<DecodeFailure> {
  const error: unknown = await decodePhoto(bytes, limits).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DecodeFailure)) throw new Error(`Expected a DecodeFailure, got ${String(error)}`);
  return error;
}

describe('orientation', () => {
  /** Which stored corner (0 left top, 1 right top, 2 left bottom, 3 right bottom) shows left top, and right top. */
  const shown = {
    1: [0, 1],
    2: [1, 0],
    3: [3, 2],
    4: [2, 3],
    5: [0, 2],
    6: [2, 0],
    7: [3, 1],
    8: [1, 3],
  } as const;

  for (const [tag, [leftTop, rightTop]] of Object.entries(shown)) {
    for (const format of ['jpeg', 'png', 'webp', 'tiff'] as const) {
      test(`EXIF orientation ${tag} of a ${format}`, async () => {
        const bytes = await corners()
          .withMetadata({ orientation: Number(tag) })
          .toFormat(format)
          .toBuffer();
        const photo = await decodePhoto(bytes);
        expect([photo.width, photo.height]).toEqual(Number(tag) >= 5 ? [40, 60] : [60, 40]);
        expect(photo.thumbnail.width).toBe(photo.width);
        expect(isNear(colourAt(photo.thumbnail, 0.2, 0.2), cornerColours[leftTop])).toBe(true);
        expect(isNear(colourAt(photo.thumbnail, 0.8, 0.2), cornerColours[rightTop])).toBe(true);
      });
    }
  }

  test('a square photo turned by a quarter keeps its size', async () => {
    const bytes = await corners(50, 50).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const photo = await decodePhoto(bytes);
    expect([photo.width, photo.height]).toEqual([50, 50]);
    expect(isNear(colourAt(photo.thumbnail, 0.2, 0.2), cornerColours[2])).toBe(true);
  });
});

describe('kinds of pictures', () => {
  const expectCorners = async (bytes: Buffer): Promise<void> => {
    const { thumbnail } = await decodePhoto(bytes);
    expect(thumbnail.data.length).toBe(thumbnail.width * thumbnail.height * 3);
    const places = [
      [0.2, 0.2],
      [0.8, 0.2],
      [0.2, 0.8],
      [0.8, 0.8],
    ] as const;
    for (const [i, [x, y]] of places.entries()) {
      expect([i, isNear(colourAt(thumbnail, x, y), cornerColours[i]!)]).toEqual([i, true]);
    }
  };

  test('16-bit PNG', async () => expectCorners(await corners().toColourspace('rgb16').png().toBuffer()));
  test('CMYK JPEG', async () => {
    const bytes = await corners().toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe('cmyk');
    const { thumbnail } = await decodePhoto(bytes);
    // A printer's colours are duller, but red stays the reddest.
    const strongest = (x: number, y: number): number => {
      const colour = colourAt(thumbnail, x, y);
      return colour.indexOf(Math.max(...colour));
    };
    expect([strongest(0.2, 0.2), strongest(0.8, 0.2), strongest(0.2, 0.8)]).toEqual([0, 1, 2]);
    expect(Math.min(...colourAt(thumbnail, 0.8, 0.8))).toBeGreaterThan(200);
  });
  test('AVIF', async () => expectCorners(await corners().avif({ quality: 80 }).toBuffer()));
  test('TIFF', async () => expectCorners(await corners().tiff().toBuffer()));
  test('progressive JPEG', async () => expectCorners(await corners().jpeg({ progressive: true }).toBuffer()));
  test('PNG with a palette', async () => expectCorners(await corners().png({ palette: true }).toBuffer()));

  test('grey JPEG of one channel becomes three equal ones', async () => {
    const bytes = await cloud(1).toColourspace('b-w').jpeg().toBuffer();
    expect((await sharp(bytes).metadata()).channels).toBe(1);
    const { thumbnail } = await decodePhoto(bytes);
    const [red, green, blue] = colourAt(thumbnail, 0.3, 0.6);
    expect(red).toBe(green);
    expect(green).toBe(blue);
  });

  test('what is transparent becomes white', async () => {
    const bytes = await sharp({
      create: { width: 50, height: 50, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect(colourAt((await decodePhoto(bytes)).thumbnail, 0.5, 0.5)).toEqual([255, 255, 255]);
  });

  for (const format of ['gif', 'webp'] as const) {
    test(`of an animated ${format} the first frame`, async () => {
      const frames = await Promise.all(
        ['#d02020', '#2020d0'].map((background) =>
          sharp({ create: { width: 40, height: 30, channels: 3, background } })
            .png()
            .toBuffer(),
        ),
      );
      const bytes = await sharp(frames, { join: { animated: true } })
        .toFormat(format)
        .toBuffer();
      expect((await sharp(bytes).metadata()).pages).toBe(2);
      const photo = await decodePhoto(bytes);
      expect([photo.format, photo.width, photo.height]).toEqual([format, 40, 30]);
      expect(isNear(colourAt(photo.thumbnail, 0.5, 0.5), [0xd0, 0x20, 0x20])).toBe(true);
    });
  }
});

describe('thumbnail', () => {
  test('its longest side is 320 px', async () => {
    const { thumbnail, width, height } = await decodePhoto(await cloud(2, 800, 500).jpeg().toBuffer());
    expect([width, height]).toEqual([800, 500]);
    expect([thumbnail.width, thumbnail.height]).toEqual([320, 200]);
  });

  test('a small photo is not enlarged', async () => {
    const { thumbnail } = await decodePhoto(await cloud(3, 90, 70).jpeg().toBuffer());
    expect([thumbnail.width, thumbnail.height]).toEqual([90, 70]);
  });

  test('its JPEG shows the same', async () => {
    const photo = await decodePhoto(await corners(700, 500).jpeg().toBuffer());
    const { data, info } = await sharp(photo.thumbnailJpeg).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([photo.thumbnail.width, photo.thumbnail.height]);
    expect(isNear(colourAt({ ...info, data }, 0.2, 0.8), cornerColours[2])).toBe(true);
  });

  test('a panorama of one pixel height can be read', async () => {
    const photo = await decodePhoto(await cloud(4, 3000, 1).png().toBuffer());
    expect(photo.thumbnail.height).toBe(1);
  });
});

function streamHash(jpeg: Buffer): Buffer {
  return fingerprintPicture(readJpegSegments(jpeg).picture!);
}

describe('hashes', () => {
  test('metadata change the file, not the picture', async () => {
    const plain = await cloud(5).jpeg().toBuffer();
    const comment = Buffer.concat([
      plain.subarray(0, 2),
      Buffer.from([0xff, 0xfe, 0, 7]),
      Buffer.from('hello'),
      plain.subarray(2),
    ]);
    const [a, b] = [await decodePhoto(plain), await decodePhoto(comment)];
    expect(b.streamHash).toEqual(a.streamHash);
    expect(b.thumbnailHash).toEqual(a.thumbnailHash);
    expect(a.streamHash).toHaveLength(16);
  });

  test('one changed byte in the scan changes the stream', async () => {
    const plain = await cloud(6, 900, 700).jpeg({ quality: 95 }).toBuffer();
    const changed = Buffer.from(plain);
    const middle = Math.floor(plain.length / 2);
    changed[middle] = changed[middle]! ^ 1;
    expect(streamHash(changed)).not.toEqual(streamHash(plain));
  });

  test('what lies behind the end of the picture does not count, a colour profile does', async () => {
    const plain = await cloud(8).jpeg().toBuffer();
    expect(streamHash(Buffer.concat([plain, Buffer.from('a film')]))).toEqual(streamHash(plain));
    const profiled = await cloud(8).withIccProfile('p3').jpeg().toBuffer();
    expect(streamHash(profiled)).not.toEqual(streamHash(plain));
  });

  test('only JPEG has a stream hash', async () => {
    expect((await decodePhoto(await cloud(7).png().toBuffer())).streamHash).toBeNull();
  });
});

describe('metadata', () => {
  const tagged = (ifd2: Record<string, string>): Promise<Buffer> =>
    cloud(8)
      .withExif({ IFD0: { Make: 'Canon', Model: 'Canon EOS 5D' }, IFD2: ifd2 })
      .jpeg()
      .toBuffer();

  test('time with its offset, and the camera without saying the maker twice', async () => {
    const photo = await decodePhoto(
      await tagged({ DateTimeOriginal: '2016:06:23 16:31:59', OffsetTimeOriginal: '+02:00' }),
    );
    expect(photo.takenAt).toBe('2016-06-23T16:31:59+02:00');
    expect(photo.camera).toBe('Canon EOS 5D');
  });

  test('time without an offset stays local', async () => {
    const photo = await decodePhoto(await tagged({ DateTimeOriginal: '2016:06:23 16:31:59' }));
    expect(photo.takenAt).toBe('2016-06-23T16:31:59');
  });

  test('a time that is none is not told', async () => {
    expect((await decodePhoto(await tagged({ DateTimeOriginal: '0000:00:00 00:00:00' }))).takenAt).toBeNull();
    expect((await decodePhoto(await tagged({ DateTimeOriginal: '2023:02:31 10:00:00' }))).takenAt).toBeNull();
  });

  test('WebP, PNG and AVIF tell them too', async () => {
    for (const format of ['webp', 'png', 'avif'] as const) {
      const bytes = await cloud(9)
        .withExif({ IFD0: { Model: 'Pinhole' }, IFD2: { DateTimeOriginal: '2020:01:02 03:04:05' } })
        .toFormat(format)
        .toBuffer();
      const photo = await decodePhoto(bytes);
      expect([format, photo.takenAt, photo.camera]).toEqual([format, '2020-01-02T03:04:05', 'Pinhole']);
    }
  });

  test('a broken EXIF block never fails the photo', async () => {
    const plain = await cloud(10).jpeg().toBuffer();
    const junk = Buffer.concat([
      Buffer.from('Exif\0\0'),
      Buffer.from('II*\0\xff\xff\xff\x7fjunkjunk', 'latin1'),
    ]);
    const segment = Buffer.alloc(4);
    segment.writeUInt16BE(0xffe1);
    segment.writeUInt16BE(junk.length + 2, 2);
    const photo = await decodePhoto(Buffer.concat([plain.subarray(0, 2), segment, junk, plain.subarray(2)]));
    expect([photo.width, photo.takenAt, photo.camera]).toEqual([400, null, null]);
  });
});

describe('what gives no photo', () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const) {
    test(`a ${format} that is cut off`, async () => {
      const whole = await cloud(11, 200, 150).toFormat(format).toBuffer();
      for (const part of [0.3, 0.6, 0.9]) {
        const failure = await failureOf(whole.subarray(0, Math.floor(whole.length * part)));
        expect([part, failure.code]).toEqual([part, 'CUT_OFF']);
      }
    });
  }

  test('a JPEG that lacks only its last bytes is cut off too', async () => {
    const whole = await cloud(12).jpeg().toBuffer();
    expect((await failureOf(whole.subarray(0, -30))).code).toBe('CUT_OFF');
  });

  test('a picture damaged inside, whole at its end', async () => {
    const bytes = await cloud(13).png().toBuffer();
    bytes.fill(0x55, 60, bytes.length - 200);
    const failure = await failureOf(bytes);
    expect(failure.code).toBe('DAMAGED');
    expect(failure.reason).toContain('PNG');
  });

  test('one with too many pixels', async () => {
    const bytes = await cloud(14, 300, 300).png().toBuffer();
    const failure = await failureOf(bytes, { ...DEFAULT_LIMITS, maxPixels: 10_000 });
    expect(failure.code).toBe('TOO_LARGE');
  });

  test('an empty file, and a web page', async () => {
    expect((await failureOf(Buffer.alloc(0))).code).toBe('EMPTY');
    const page = await failureOf(Buffer.from('<!DOCTYPE html><html></html>'));
    expect([page.code, page.reason]).toEqual(['NOT_A_PHOTO', 'A web page, not a photo.']);
  });
});
