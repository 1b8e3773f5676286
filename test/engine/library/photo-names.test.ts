import { describe, expect, it } from 'vitest';
import { nameKind } from '../../../src-main/engine/library/photo-names.ts';

describe('what a name says', () => {
  it.each(['a.jpg', 'A.JPEG', 'b.c.webp', 'x.HeIc', 'raw.CR2', 'x.dng', 'x.tif', 'x.jfif'])(
    '%s: a photo',
    (name) => {
      expect(nameKind(name)).toBe('photo');
    },
  );
  it.each(['a.pdf', 'IMG_1.xmp', 'IMG_1.AAE', 'x.json', 'x.MOV', 'x.zip', 'x.ts', 'x.svg', 'jpg.txt'])(
    '%s: something else',
    (name) => {
      expect(nameKind(name)).toBe('other');
    },
  );
  it.each(['jpg', 'noext', '.jpg', 'a.', 'x.jpg~', 'photo.old', ''])('"%s": nothing', (name) => {
    expect(nameKind(name)).toBe('unknown');
  });
});
