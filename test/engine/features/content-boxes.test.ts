import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ContentBox, findContentBoxes } from '../../../src-main/engine/features/content-boxes.ts';
import { type Colour, paste, photo, plain, rearranged } from './made-pictures.ts';

const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];
const cream: Colour = [240, 232, 214];

const byPlace = (a: ContentBox, b: ContentBox): number => a.top - b.top || a.left - b.left;

describe('no box', () => {
  test('a plain photo', () => {
    for (const seed of [1, 2, 3]) expect(findContentBoxes(photo(320, 240, seed))).toEqual([]);
  });

  test('a picture of one colour', () => {
    expect(findContentBoxes(plain(320, 200, cream))).toEqual([]);
    expect(findContentBoxes(plain(1, 1, white))).toEqual([]);
  });

  test('a frame so thin that the photo is nearly all', () => {
    const picture = plain(320, 240, black);
    paste(photo(314, 236, 4), picture, 3, 2);
    expect(findContentBoxes(picture)).toEqual([]);
  });

  test('what is too small: less than 5 % of the area, or a strip', () => {
    const picture = plain(320, 240, white);
    paste(photo(60, 60, 5), picture, 20, 30);
    paste(photo(300, 26, 6), picture, 10, 200);
    expect(findContentBoxes(picture)).toEqual([]);
  });
});

describe('one box, to the pixel', () => {
  test('a border of one width', () => {
    const picture = plain(320, 240, cream);
    const box = paste(photo(270, 190, 7), picture, 25, 25);
    expect(findContentBoxes(picture)).toEqual([box]);
  });

  test('letterbox bars', () => {
    const picture = plain(320, 320, black);
    const box = paste(photo(320, 180, 8), picture, 0, 70);
    expect(findContentBoxes(picture)).toEqual([box]);
  });

  test('pillarbox bars', () => {
    const picture = plain(320, 180, black);
    const box = paste(photo(180, 180, 9), picture, 70, 0);
    expect(findContentBoxes(picture)).toEqual([box]);
  });

  test('a polaroid: the wide margin below', () => {
    const picture = plain(260, 320, cream);
    const box = paste(photo(230, 230, 10), picture, 15, 15);
    expect(findContentBoxes(picture)).toEqual([box]);
  });

  test('a border with a little noise, as a JPEG leaves it', () => {
    const picture = plain(320, 240, white);
    const box = paste(photo(250, 180, 11), picture, 35, 30);
    picture.data.forEach((value, i) => {
      if (value === 255) picture.data[i] = 255 - ((i * 7919) % 5);
    });
    expect(findContentBoxes(picture)).toEqual([box]);
  });
});

test('a bar with a few specks is a bar; with more of them it is content', () => {
  const boxesWith = (specks: number): ContentBox[] => {
    const picture = plain(320, 240, [60, 60, 60]);
    paste(photo(320, 180, 17), picture, 0, 60);
    for (let row = 0; row < 60; row++) {
      for (let speck = 0; speck < specks; speck++) {
        const at = (row * 320 + ((row * 37 + speck * 53) % 320)) * 3;
        picture.data.fill(95, at, at + 3);
      }
    }
    return findContentBoxes(picture);
  };
  expect(boxesWith(4)).toEqual([{ left: 0, top: 60, width: 320, height: 180 }]);
  expect(boxesWith(6)).toEqual([]);
});

test('a screenshot: lines of text in the bars are no photos', () => {
  const picture = plain(180, 320, white);
  const box = paste(photo(180, 150, 12), picture, 0, 60);
  for (const top of [8, 20, 32]) paste(photo(90, 7, top), picture, 12, top);
  for (const top of [225, 240, 255, 270]) paste(photo(150, 7, top), picture, 10, top);
  expect(findContentBoxes(picture)).toEqual([box]);
});

describe('collages', () => {
  test('2 x 2 with gaps: four boxes', () => {
    const picture = plain(320, 320, white);
    const boxes = [
      paste(photo(150, 140, 13), picture, 6, 6),
      paste(photo(152, 140, 14), picture, 162, 6),
      paste(photo(150, 162, 15), picture, 6, 152),
      paste(photo(152, 162, 16), picture, 162, 152),
    ];
    expect(findContentBoxes(picture).toSorted(byPlace)).toEqual(boxes);
  });

  test('the largest four of six, the largest first', () => {
    const picture = plain(320, 320, black);
    const sizes = [100, 90, 95, 85, 80, 99];
    const boxes = sizes.map((size, i) =>
      paste(photo(size, size, 20 + i), picture, 4 + (i % 3) * 105, 4 + Math.floor(i / 3) * 160),
    );
    expect(findContentBoxes(picture)).toEqual([boxes[0], boxes[5], boxes[2], boxes[1]]);
  });

  test('columns of tiles of unlike heights: cut again within each column', () => {
    const picture = plain(320, 300, white);
    const boxes = [
      paste(photo(150, 90, 30), picture, 5, 5),
      paste(photo(150, 290, 31), picture, 165, 5),
      paste(photo(150, 190, 32), picture, 5, 105),
    ];
    expect(findContentBoxes(picture).toSorted(byPlace)).toEqual(boxes.toSorted(byPlace));
  });

  test('a gap of two lines that photos on both sides show through', () => {
    const picture = plain(320, 240, white);
    paste(photo(159, 240, 34), picture, 0, 0);
    paste(photo(159, 240, 35), picture, 161, 0);
    // As a resized JPEG leaves it: too far from one colour to be taken for a plain line, but for the photos beside it.
    for (let y = 0; y < 240; y++) {
      for (const x of [159, 160]) {
        const at = (y * 320 + x) * 3;
        picture.data.fill(228 + ((y * 7919 + x) % 20), at, at + 3);
      }
    }
    expect(findContentBoxes(picture).toSorted(byPlace)).toEqual([
      { left: 0, top: 0, width: 159, height: 240 },
      { left: 161, top: 0, width: 159, height: 240 },
    ]);
  });

  test('one line of one colour does not part a photo in two', () => {
    const picture = photo(320, 240, 33);
    picture.data.fill(200, 120 * 320 * 3, 121 * 320 * 3);
    expect(findContentBoxes(picture)).toEqual([]);
  });
});

test('a turned picture has the turned boxes', () => {
  const picture = plain(320, 240, white);
  const boxes = [paste(photo(140, 200, 40), picture, 10, 20), paste(photo(150, 180, 41), picture, 160, 30)];
  const turned = rearranged(picture, 240, 320, (x, y) => [y, x]);
  const expected = boxes.map(({ left, top, width, height }) => ({
    left: top,
    top: left,
    width: height,
    height: width,
  }));
  expect(findContentBoxes(turned).toSorted(byPlace)).toEqual(expected.toSorted(byPlace));
});

test('a photo anywhere on a ground of any colour is found to the pixel', () => {
  const size = fc.integer({ min: 110, max: 200 });
  const level = fc.integer({ min: 0, max: 255 });
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(size, size, place, place, fc.tuple(level, level, level), fc.integer(), (...made) => {
      const [width, height, across, down, colour, seed] = made;
      const picture = plain(320, 240, colour);
      const left = Math.round(across * (320 - width));
      const top = Math.round(down * (240 - height));
      const box = paste(photo(width, height, seed), picture, left, top);
      expect(findContentBoxes(picture)).toEqual([box]);
    }),
    { seed: 10, numRuns: 60 },
  );
});
