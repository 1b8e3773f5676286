import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { LibraryMap } from '../../src-main/contract/model.ts';
import { chooseColors, NEUTRAL_COLOR } from '../../src-main/shells/cli/map-colors.ts';
import { boundsOf, niceTicks, projection } from '../../src-main/shells/cli/map-projection.ts';
import { liveText, ProgressReport, RateMeter, stageText } from '../../src-main/shells/cli/progress-report.ts';
import { mapSvg } from '../../src-main/shells/cli/render-map-svg.ts';
import {
  alignColumns,
  countOf,
  formatBytes,
  formatDuration,
  formatMegapixels,
  formatPercent,
  printable,
  wrapWords,
} from '../../src-main/shells/cli/render-text.ts';
import { chanceWords } from '../../src-main/shells/cli/words.ts';
import { progress } from './helpers/photos.ts';

describe('numbers', () => {
  it('have thousands with commas and one decimal at most', () => {
    expect(countOf(1, 'photo')).toBe('1 photo');
    expect(countOf(48210, 'photo')).toBe('48,210 photos');
    expect([0, 1, 999, 1000, 18_400, 999_499, 999_500, 4_900_000, 291e9, 1.4e15].map(formatBytes)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1 KB',
      '18 KB',
      '999 KB',
      '1.0 MB',
      '4.9 MB',
      '291 GB',
      '1.4 PB',
    ]);
    expect([0, 0.44, 9.96, 42, 79, 7500].map(formatDuration)).toEqual([
      '0.0 s',
      '0.4 s',
      '10.0 s',
      '42 s',
      '1 min 19 s',
      '2 h 5 min',
    ]);
    expect([formatMegapixels(4000, 3050), formatMegapixels(4000, 3000), formatMegapixels(100, 100)]).toEqual([
      '12.2 MP',
      '12 MP',
      '0.01 MP',
    ]);
  });

  it('never make a certainty of what is none', () => {
    expect([1, 0.99999, 0.9998, 0.994, 0.5, 0].map(formatPercent)).toEqual([
      '100 %',
      '99.99 %',
      '99.98 %',
      '99.4 %',
      '50 %',
      '0 %',
    ]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (share) => {
        // Within a millionth of a percent of it, a double is as good as certain.
        fc.pre(share < 1 - 1e-8);
        expect(formatPercent(share)).not.toBe('100 %');
      }),
      { seed: 3 },
    );
  });

  it('say a chance as a word, too', () => {
    expect(chanceWords({ tier: 'safe', probability: 0.9995 })).toBe('Certain, 99.95 %');
    expect(chanceWords({ tier: 'check', probability: 0.9995 })).toBe('Check, 99.95 %');
  });
});

describe('lines', () => {
  it('align', () => {
    expect(
      alignColumns(
        [
          ['a', '1', 'x'],
          ['bbb', '100', ''],
        ],
        { indent: 1, right: [1] },
      ),
    ).toEqual([' a      1  x', ' bbb  100']);
  });
  it('wrap within their width and lose no word', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(words, fc.integer({ min: 16, max: 60 }), (list, width) => {
        const lines = wrapWords(list, width, 3);
        expect(lines.join(' ').split(/ +/)).toEqual(list);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      }),
      { seed: 4 },
    );
  });
  it('show control characters as escapes', () => {
    expect(printable('a\u001b[2J\tb\u007f\u0085')).toBe('a\\x1b[2J\\x09b\\x7f\\x85');
  });
});

describe('progress', () => {
  it('is worded with rate and time left', () => {
    const reading = progress({ done: 31_406, total: 48_210, failed: 3 });
    expect(liveText(reading, 212)).toBe(
      'Read photos 65 %, 31,406 of 48,210 photos, 212 photos/s, about 1 min 19 s left, 3 unreadable',
    );
    expect(liveText(progress({ done: 96, total: 100 }), 2)).toContain('about 2 s left');
    expect(liveText(progress({ stage: 'find', done: 7, total: null }), undefined)).toBe(
      'Find files: 7 files',
    );
    expect(stageText(progress({ done: 40, total: 100, known: 12, stageSeconds: 2 }))).toBe(
      'Read photos: 40 of 100 photos, 12 known already, 2.0 s',
    );
  });

  it('measures the rate over the last seconds only, stage by stage', () => {
    const meter = new RateMeter();
    const at = (stageSeconds: number, done: number, stage: 'read' | 'compare' = 'read') =>
      meter.add(progress({ stage, stageSeconds, done }));
    expect(at(0, 0)).toBeUndefined();
    expect(at(0.5, 50)).toBeUndefined();
    expect(at(2, 200)).toBe(100);
    for (let s = 3; s <= 20; s++) at(s, 200 + (s - 2) * 10);
    expect(at(21, 390)).toBe(10);
    expect(at(0, 0, 'compare')).toBeUndefined();
  });

  function report(columns?: number): { report: ProgressReport; written: () => string } {
    let text = '';
    const live = columns === undefined ? undefined : () => columns;
    return { report: new ProgressReport((part) => (text += part), live), written: () => text };
  }

  it('is a line a stage where there is no terminal', () => {
    const { report: lines, written } = report();
    lines.show(progress({ stage: 'find', done: 3, total: null }));
    lines.show(progress({ done: 1, total: 3 }));
    expect(written()).toBe('Find files: 3 files, 0.0 s\n');
    lines.show(progress({ done: 3, total: 3, stageSeconds: 1 }));
    lines.end();
    lines.end();
    expect(written()).toBe('Find files: 3 files, 0.0 s\nRead photos: 3 photos, 1.0 s\n');
  });

  it('is one line that is rewritten on a terminal, never wider than it', () => {
    const { report: live, written } = report(20);
    live.show(progress({ done: 1, total: 3 }));
    live.show(progress({ done: 2, total: 3 }));
    expect(written()).not.toContain('\n');
    for (const part of written().split('\r\u001b[2K')) expect(part.length).toBeLessThan(20);
    live.end();
    expect(written().endsWith('\r\u001b[2KRead photos: 2 of 3 photos, 0.0 s\n')).toBe(true);
  });

  it('leaves the line to the result when other work than a scan ends', () => {
    const { report: live, written } = report(20);
    live.showText('1 of 3');
    live.end();
    expect(written()).toBe('\r\u001b[2K1 of 3\r\u001b[2K');
  });
});

describe('the map as a picture', () => {
  const WHITE = 255;

  /** Two clusters far apart on the first axis, under two labels. */
  function clusters(count: number, dims: 2 | 3, label: (i: number) => string): LibraryMap {
    const coordinates = Float32Array.from({ length: count * dims }, (_, index) => {
      const photo = Math.floor(index / dims);
      const side = index % dims === 0 ? (photo % 2 === 0 ? -1 : 1) : 0;
      return side + Math.sin(index * 12.9898) * 0.2;
    });
    const all = Array.from({ length: count }, (_, i) => label(i));
    const labels = [...new Set(all)];
    const explainedVariance = [0.189, 0.1, 0.07].slice(0, dims);
    return {
      ...{ source: '', dims, axes: [0, 1, 2].slice(0, dims), explainedVariance, coordinates, labels },
      components: explainedVariance,
      labelOf: Int32Array.from(all, (name) => labels.indexOf(name)),
      ids: Int32Array.from(all, (_, i) => i + 1),
      paths: all.map((_, i) => `/${i}`),
    };
  }

  async function pixels(svg: string): Promise<{ at: (x: number, y: number) => number[] }> {
    const { data, info } = await sharp(Buffer.from(svg))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { at: (x, y) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)] };
  }

  it('says in words how much of the variance it shows', () => {
    const svg = mapSvg(
      clusters(2000, 2, () => 'One'),
      'folder',
    );
    for (const words of [
      'Map of 2,000 photos',
      'Near means alike. 28.9 % of what tells them apart is in this view.',
      '1st axis, 18.9 % of the variance',
      '2nd axis, 10 % of the variance',
      'Folder',
      'One',
    ])
      expect(svg).toContain(words);
    expect(
      mapSvg(
        clusters(20, 3, () => 'One'),
        'folder',
      ),
    ).toContain('3rd axis, 7 % of the variance');
  });

  it('draws each cluster in the colour that the legend gives its label', async () => {
    const map = clusters(400, 2, (i) => (i % 2 === 0 ? 'Left' : 'Right'));
    const colors = chooseColors(
      Array.from(map.labelOf, (label) => map.labels[label] ?? ''),
      'folder',
    );
    const [left, right] = ['Left', 'Right'].map((label) => colors.colorOf(label));
    expect(left).not.toBe(right);
    const picture = await pixels(mapSvg(map, 'folder'));
    const place = projection(2, boundsOf(map.coordinates, 2), {
      left: 84,
      top: 104,
      width: 800,
      height: 720,
    });
    for (const [index, color] of [
      [0, left],
      [1, right],
    ] as const) {
      const { x, y } = place(map.coordinates.subarray(index * 2, index * 2 + 2));
      const drawn = picture.at(Math.round(x), Math.round(y));
      const wanted = [1, 3, 5].map((start) => Number.parseInt(color!.slice(start, start + 2), 16));
      // Three quarters opaque over nearly white.
      drawn.forEach((value, channel) =>
        expect(Math.abs(value - (wanted[channel]! * 0.75 + WHITE * 0.25))).toBeLessThan(50),
      );
    }
  });

  it.each([0, 1, 2, 3000])('can be drawn with %i photos in two and three dimensions', async (count) => {
    for (const dims of [2, 3] as const) {
      const svg = mapSvg(
        clusters(count, dims, (i) => `Folder ${i % 11}`),
        'folder',
      );
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect((await sharp(Buffer.from(svg)).metadata()).width).toBe(1200);
    }
  });

  it('stays a small file with many photos', () => {
    const svg = mapSvg(
      clusters(50_000, 2, (i) => `Folder ${i % 3}`),
      'folder',
    );
    expect(svg.length / 50_000).toBeLessThan(20);
  });

  it('takes any label', async () => {
    const svg = mapSvg(
      clusters(4, 2, () => '<script>"&\u0000\u001b</script>'),
      'camera',
    );
    expect(svg).not.toContain('<script>');
    await expect(sharp(Buffer.from(svg)).png().toBuffer()).resolves.toBeDefined();
  });

  it('names the eight largest categories, counts the others, and keeps what is unknown grey', () => {
    const labels = Array.from({ length: 12 }, (_, i) => Array<string>(20 - i).fill(`Camera ${i}`)).flat();
    const { legend, colorOf } = chooseColors([...labels, 'No camera'], 'camera');
    expect(legend.map(({ text }) => text)).toEqual([
      ...Array.from({ length: 8 }, (_, i) => `Camera ${i}`),
      '4 more',
      'No camera',
    ]);
    expect(legend.reduce((sum, { photos }) => sum + photos, 0)).toBe(labels.length + 1);
    expect(new Set(legend.slice(0, 8).map(({ color }) => color)).size).toBe(8);
    expect(colorOf('No camera')).toBe(NEUTRAL_COLOR);
    expect(colorOf('Camera 11')).not.toBe(NEUTRAL_COLOR);
    expect(colorOf('Camera 11')).toBe(legend[8]?.color);
  });

  it('puts years on a ramp and those without a date beside it', () => {
    const { ramp, colorOf, legend } = chooseColors(['2003', '2010', '2024', 'No date'], 'year');
    expect(ramp).toMatchObject({ from: 2003, to: 2024 });
    expect(new Set(['2003', '2010', '2024'].map(colorOf)).size).toBe(3);
    expect(legend).toEqual([{ color: NEUTRAL_COLOR, text: 'No date', photos: 1 }]);
    expect(chooseColors(['No date'], 'year').ramp).toBeUndefined();
    expect(chooseColors(['2003'], 'year').colorOf('2003')).not.toBe(NEUTRAL_COLOR);
  });

  it('keeps all points inside the frame and distances in proportion', () => {
    const area = { left: 10, top: 20, width: 300, height: 100 };
    const point = fc.float({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.array(point, { minLength: 6, maxLength: 60 }), fc.constantFrom(2, 3), (values, dims) => {
        const coordinates = Float32Array.from(values.slice(0, values.length - (values.length % dims)));
        const project = projection(dims, boundsOf(coordinates, dims), area);
        for (let i = 0; i < coordinates.length; i += dims) {
          const { x, y, nearness } = project(coordinates.subarray(i, i + dims));
          expect(x).toBeGreaterThanOrEqual(10 - 1e-3);
          expect(x).toBeLessThanOrEqual(310 + 1e-3);
          expect(y).toBeGreaterThanOrEqual(20 - 1e-3);
          expect(y).toBeLessThanOrEqual(120 + 1e-3);
          expect(nearness).toBeGreaterThanOrEqual(-1e-6);
          expect(nearness).toBeLessThanOrEqual(1 + 1e-6);
        }
      }),
      { seed: 5 },
    );
    const square = projection(2, boundsOf(Float32Array.of(0, 0, 2, 1), 2), area);
    const [o, right, up] = [
      [0, 0],
      [1, 0],
      [0, 1],
    ].map((p) => square(p));
    expect(right!.x - o!.x).toBeCloseTo(o!.y - up!.y, 6);
    expect(up!.y).toBeLessThan(o!.y);
  });

  it('has round ticks', () => {
    expect(niceTicks(-0.93, 1.1)).toEqual([-0.5, 0, 0.5, 1]);
    expect(niceTicks(0, 60)).toEqual([0, 10, 20, 30, 40, 50, 60]);
  });
});
