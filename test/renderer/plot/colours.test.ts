import { describe, expect, it } from 'vitest';
import {
  CATEGORIES,
  coloursOfLabels,
  legendOf,
  rampColour,
  type Rgb,
} from '../../../src-renderer/plot/colours.ts';

const palette = {
  categories: Array.from({ length: CATEGORIES }, (_, i): Rgb => [i, i, i]),
  ramp: [
    [0, 0, 0],
    [100, 200, 50],
  ] as Rgb[],
  none: [7, 7, 7] as Rgb,
  others: [9, 9, 9] as Rgb,
};

describe('the legend of the map', () => {
  it('lists folders by their photos, and what is beyond the colours as one', () => {
    const labels = Array.from({ length: 11 }, (_, i) => `Folder ${i}`);
    const labelOf = Int32Array.from(labels.flatMap((_, i) => Array<number>(20 - i).fill(i)));
    const legend = legendOf(labels, labelOf, 'folder');
    expect(legend.entries).toHaveLength(CATEGORIES + 1);
    expect(legend.entries[0]).toMatchObject({ text: 'Folder 0', photos: 20, colour: 0 });
    expect(legend.entries.at(-1)).toMatchObject({ text: '3 more', photos: 12 + 11 + 10, colour: 'others' });
    expect([...legend.entryOf.subarray(8)]).toEqual([8, 8, 8]);
    expect(coloursOfLabels(legend, 'folder', palette)[9]).toEqual([9, 9, 9]);
  });

  it('puts what is not known last, in grey', () => {
    const legend = legendOf(['No camera', 'Pixel'], Int32Array.of(0, 0, 1), 'camera');
    expect(legend.entries.map(({ text }) => text)).toEqual(['Pixel', 'No camera']);
    expect(coloursOfLabels(legend, 'camera', palette)[0]).toEqual(palette.none);
  });

  it('runs years along a ramp; no date is never on it', () => {
    const legend = legendOf(['2020', 'No date', '2010', '2015'], Int32Array.of(0, 1, 2, 2, 3), 'year');
    expect(legend.years).toEqual({ from: 2010, to: 2020, counts: [2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] });
    expect(coloursOfLabels(legend, 'year', palette)).toEqual([
      [100, 200, 50],
      [7, 7, 7],
      [0, 0, 0],
      [50, 100, 25],
    ]);
    expect(legend.entries.map(({ key }) => key)).toEqual(['2010', '2015', '2020', 'No date']);
    expect(rampColour(palette.ramp, 2)).toEqual([100, 200, 50]);
  });

  it('names no single group', () => {
    const legend = legendOf(['No group', 'Group 4', 'Group 8'], Int32Array.of(0, 1, 1, 2, 2), 'group');
    expect(legend.entries).toMatchObject([{ text: 'In a group of copies', photos: 4 }, { text: 'No group' }]);
    const colours = coloursOfLabels(legend, 'group', palette);
    expect(colours[1]).not.toEqual(colours[2]);
  });
});
