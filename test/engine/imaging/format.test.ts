import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureCodes } from '../../../src-main/contract/model.ts';
import { detectFormat } from '../../../src-main/engine/imaging/format.ts';
import { cloud } from './pictures.ts';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

function refusal(bytes: Buffer): [code: string, reason: string] {
  const found = detectFormat(bytes);
  return typeof found === 'string' ? ['READABLE', found] : [found.code, found.reason];
}

describe('detectFormat', () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const) {
    test(`tells ${format} by its bytes`, async () => {
      expect(detectFormat(await cloud(1, 40, 30).toFormat(format).toBuffer())).toBe(format);
    });
  }

  test.each([
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['HEIC', '\0\0\0\x18ftypmif1\0\0\0\0mif1heic'],
    ['BMP', 'BM\x36\x10\0\0\0\0\0\0\x36\0\0\0'],
    ['JPEG XL', '\xff\x0a\xfa\x1f'],
    ['JPEG XL', '\0\0\0\x0cJXL \r\n\x87\n'],
    ['Canon CR2', 'II*\0\x10\0\0\0CR\x02\0'],
    ['Canon CR3', '\0\0\0\x18ftypcrx \0\0\0\x01crx isom'],
    ['Fujifilm RAF', 'FUJIFILMCCD-RAW 0201'],
    ['Olympus ORF', 'IIRO\x08\0\0\0'],
    ['Panasonic RW2', 'IIU\0\x08\0\0\0'],
    ['Photoshop', '8BPS\0\x01'],
  ])('%s is named as unsupported', (name, start) => {
    expect(refusal(latin(start + '\0'.repeat(40)))).toEqual([
      'UNSUPPORTED',
      `${name} pictures can't be read yet.`,
    ]);
  });

  test('a mif1 file that is AVIF is read', () => {
    expect(detectFormat(latin('\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf'))).toBe('avif');
  });

  test.each([
    ['<!DOCTYPE html><title>x</title>', 'A web page, not a photo.'],
    ['  <HTML><body>', 'A web page, not a photo.'],
    ['<svg xmlns="">', 'A drawing or a text in XML, not a photo.'],
    ['%PDF-1.7', 'A PDF document, not a photo.'],
    ['Dear diary, today\n', 'A text, not a photo.'],
    ['BMW and other cars', 'A text, not a photo.'],
    ['\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'A film, not a photo.'],
    ['\0'.repeat(64), 'Only zeros at its start: not a photo, or one that was never written.'],
  ])('%j is no photo', (start, reason) => {
    expect(refusal(latin(start))).toEqual(['NOT_A_PHOTO', reason]);
  });

  test('any bytes get an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const found = detectFormat(Buffer.from(bytes));
        return typeof found === 'string' || (failureCodes.includes(found.code) && found.reason.endsWith('.'));
      }),
      { seed: 3 },
    );
  });
});
