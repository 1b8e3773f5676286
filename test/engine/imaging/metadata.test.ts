import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cropImage } from '../../../src-main/engine/imaging/crop.ts';
import { decodePhoto } from '../../../src-main/engine/imaging/decode.ts';
import { readIptc } from '../../../src-main/engine/imaging/iptc.ts';
import { estimateJpegQuality } from '../../../src-main/engine/imaging/jpeg-quality.ts';
import { readJpegSegments } from '../../../src-main/engine/imaging/jpeg-segments.ts';
import { readMetadata } from '../../../src-main/engine/imaging/metadata.ts';
import { readXmp } from '../../../src-main/engine/imaging/xmp.ts';

const picture = sharp({ create: { width: 32, height: 24, channels: 3, background: '#852' } });

/** An XMP packet with this inside its description, and these attributes on it. */
function packet(inside: string, attributes = ''): Buffer {
  return Buffer.from(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description rdf:about="" ${attributes}>
    ${inside}</rdf:Description></rdf:RDF></x:xmpmeta>`);
}

function record(kind: number, value: Buffer | string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.of(0x1c, 2, kind, bytes.length >> 8, bytes.length & 0xff), bytes]);
}

describe('facts of a photo', () => {
  it('are read from EXIF and XMP of a JPEG, what people wrote first', async () => {
    const bytes = await picture
      .clone()
      .jpeg()
      .withExif({
        IFD0: { Make: 'Sunny', Model: 'Sunny 12', Software: 'v1.2', ImageDescription: 'DCIM\\100' },
        IFD2: { ExposureTime: '1/250', FNumber: '28/10', ISOSpeedRatings: '200', FocalLength: '50/1' },
        IFD3: {
          GPSLatitudeRef: 'S',
          GPSLatitude: '33/1 30/1 0/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '151/1 0/1 36/1',
        },
      })
      .withXmp(
        packet(
          '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">By the sea</rdf:li></rdf:Alt></dc:description>',
        ).toString(),
      )
      .toBuffer();
    const { facts, camera } = await decodePhoto(bytes);
    expect(camera).toBe('Sunny 12');
    expect(facts).toEqual({
      software: 'v1.2',
      exposure: 1 / 250,
      aperture: 2.8,
      iso: 200,
      focalLengthMm: 50,
      place: { latitude: -33.5, longitude: expect.closeTo(151.01, 8) as number },
      caption: 'By the sea',
    });
  });

  it('are read from a PNG and a WebP as well', async () => {
    const xmp = packet('', 'xmp:Rating="5"').toString();
    for (const format of ['png', 'webp'] as const) {
      const bytes = await picture.clone().toFormat(format).withXmp(xmp).toBuffer();
      expect((await decodePhoto(bytes)).facts).toEqual({ rating: 5 });
    }
  });

  it('are nothing where nothing is told, or where it is broken', async () => {
    const nothing = { exif: null, xmp: null, iptc: null };
    expect((await readMetadata(nothing)).facts).toEqual({});
    const garbage = Buffer.from('II*\0 not what it seems', 'latin1');
    const broken = {
      exif: garbage,
      xmp: Buffer.from('<x:xmpmeta <dc:subject>'),
      iptc: Buffer.of(0x1c, 2, 25, 0x7f),
    };
    expect((await readMetadata(broken)).facts).toEqual({});
  });

  it('are kept within bounds', async () => {
    const keywords = Array.from({ length: 150 }, (_, i) => `<rdf:li>word ${i}</rdf:li>`).join('');
    const xmp = packet(
      `<dc:subject><rdf:Bag>${keywords}</rdf:Bag></dc:subject><xmp:Rating>99</xmp:Rating>
      <dc:description><rdf:Alt><rdf:li>${'long '.repeat(1_000)}</rdf:li></rdf:Alt></dc:description>`,
    );
    const { facts } = await readMetadata({ exif: null, xmp, iptc: null });
    expect(facts.keywords).toHaveLength(100);
    expect(facts.caption).toHaveLength(1_000);
    expect(facts.rating).toBeUndefined();
  });
});

describe('XMP', () => {
  it('is read from attributes and from elements, with its entities', () => {
    const bag =
      '<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>M&#xF6;we &amp; Co</rdf:li></rdf:Bag></dc:subject>';
    const expected = {
      rating: 4,
      keywords: ['sea', 'Möwe & Co'],
      software: 'A "program"',
      changedAt: '2020-01-02T03:04:05+01:00',
    };
    const attributes =
      'xmp:Rating="4" xmp:ModifyDate=\'2020-01-02T03:04:05+01:00\' xmp:CreatorTool="A &quot;program&quot;"';
    expect(readXmp(packet(bag, attributes))).toEqual(expected);
    const elements = `<xmp:Rating>4</xmp:Rating><xmp:ModifyDate>2020-01-02T03:04:05+01:00</xmp:ModifyDate>
      <xmp:CreatorTool>A "program"</xmp:CreatorTool>`;
    expect(readXmp(packet(bag + elements))).toEqual(expected);
  });

  it('leaves out a time that is none', () => {
    expect(readXmp(packet('', 'xmp:ModifyDate="yesterday" xmp:Rating="many"'))).toEqual({});
  });
});

describe('IPTC', () => {
  it('gives caption and keywords, in UTF-8 or Latin-1', () => {
    const head = Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\0', 'latin1');
    const block = Buffer.concat([
      head,
      record(0, Buffer.of(0, 2)),
      record(25, 'sea'),
      record(25, 'Möwe'),
      record(25, Buffer.from('Möwe', 'latin1')),
      record(120, 'By the sea'),
    ]);
    expect(readIptc(block)).toEqual({ caption: 'By the sea', keywords: ['sea', 'Möwe', 'Möwe'] });
    expect(readIptc(block.subarray(0, -3))).toEqual({ keywords: ['sea', 'Möwe', 'Möwe'] });
    expect(readIptc(head)).toEqual({});
  });
});

describe('quality of a JPEG', () => {
  it('is what it was written with', async () => {
    for (const quality of [1, 5, 20, 49, 50, 51, 75, 90, 98, 99, 100]) {
      const bytes = await picture.clone().jpeg({ quality }).toBuffer();
      expect((await decodePhoto(bytes)).jpegQuality).toBe(quality);
    }
  });

  it('is that of a table as coarse, for programs with tables of their own', async () => {
    const qualities = await Promise.all(
      [40, 60, 80, 95].map(async (quality) => {
        const bytes = await picture.clone().jpeg({ quality, mozjpeg: true }).toBuffer();
        return estimateJpegQuality(readJpegSegments(bytes).picture!)!;
      }),
    );
    expect(qualities).toEqual(qualities.toSorted((a, b) => a - b));
    expect(new Set(qualities).size).toBe(4);
  });

  it('is not told without a table, or for other formats', async () => {
    expect(estimateJpegQuality([])).toBeNull();
    expect(estimateJpegQuality([Buffer.of(0xff, 0xdb, 0, 10, 0, 1, 2, 3)])).toBeNull();
    expect((await decodePhoto(await picture.clone().png().toBuffer())).jpegQuality).toBeNull();
  });
});

describe('cropImage', () => {
  it('takes the pixels of the rectangle, with memory of their own', () => {
    const data = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => i);
    const image = { width: 4, height: 3, data };
    const part = cropImage(image, { left: 1, top: 1, width: 2, height: 2 });
    expect(part).toMatchObject({ width: 2, height: 2 });
    expect([...part.data]).toEqual([15, 16, 17, 18, 19, 20, 27, 28, 29, 30, 31, 32]);
    expect(cropImage(image, { left: 0, top: 0, width: 4, height: 3 }).data).toEqual(data);
    expect(part.data.buffer).not.toBe(data.buffer);
  });
});
