import { describe, expect, it } from 'vitest';
import { identity, scaling } from '../../../../src-renderer/geometry/affine.ts';
import { recoloured, type Rgba } from '../../../../src-renderer/views/compare/colour-fit.ts';
import {
  differenceMap,
  differingShare,
  paintedDifference,
} from '../../../../src-renderer/views/compare/difference.ts';
import { gridFor } from '../../../../src-renderer/views/compare/pixels.ts';

const WIDTH = 64;
const HEIGHT = 48;
type Colour = readonly [number, number, number];

function picture(
  colourAt: (x: number, y: number) => Colour,
  alpha: (x: number, y: number) => number = () => 255,
): Rgba {
  const rgba = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) rgba.set([...colourAt(x, y), alpha(x, y)], (y * WIDTH + x) * 4);
  }
  return rgba;
}

/** Smooth, with every channel of its own. */
const scene = (x: number, y: number): Colour => [
  40 + x * 3,
  200 - y * 3 - x,
  120 + 60 * Math.sin(x / 9) * Math.cos(y / 7),
];
const inSpot = (x: number, y: number): boolean => x >= 20 && x < 30 && y >= 10 && y < 20;

function shareOf(a: Rgba, b: Rgba, threshold = 0.08): number {
  return differingShare(differenceMap(a, b, WIDTH, HEIGHT), threshold);
}

describe('the difference of two pictures', () => {
  it('is none between a picture and itself, nor where an edge lies a pixel aside', () => {
    const edge = (at: number) => picture((x) => (x < at ? [20, 20, 20] : [230, 230, 230]));
    expect(shareOf(picture(scene), picture(scene))).toBe(0);
    expect(shareOf(edge(30), edge(31), 0.35)).toBe(0);
    expect(shareOf(edge(30), edge(36), 0.35)).toBeGreaterThan(0.03);
  });

  it('is where something was put in, and only there', () => {
    const b = picture((x, y) => (inSpot(x, y) ? [250, 20, 250] : scene(x, y)));
    const { values } = differenceMap(picture(scene), b, WIDTH, HEIGHT);
    expect(values[15 * WIDTH + 25]).toBeGreaterThan(80);
    expect(values[15 * WIDTH + 50]).toBe(0);
    expect(shareOf(picture(scene), b)).toBeCloseTo(100 / (WIDTH * HEIGHT), 1);
  });

  it('sees a line that only one has, whichever it is', () => {
    const lined = picture((x, y) => (y === 24 ? [255, 255, 255] : scene(x, y)));
    expect(shareOf(picture(scene), lined)).toBeGreaterThan(0.01);
    expect(shareOf(lined, picture(scene))).toBeGreaterThan(0.01);
  });

  it('is nothing where one photo does not reach', () => {
    const half = picture(
      () => [0, 0, 0],
      (x) => (x < WIDTH / 2 ? 255 : 0),
    );
    const map = differenceMap(
      picture(() => [0, 0, 0]),
      half,
      WIDTH,
      HEIGHT,
    );
    expect(map.shared).toBe((WIDTH * HEIGHT) / 2);
    const other = differenceMap(
      picture(() => [90, 90, 90]),
      half,
      WIDTH,
      HEIGHT,
    );
    expect(differingShare(other, 0.08)).toBe(1);
    expect(other.values[WIDTH - 1]).toBe(0);
  });

  it('is painted from the threshold on, in amber', () => {
    const map = { width: 3, height: 1, values: Uint8Array.of(10, 40, 255), shared: 3 };
    const painted = paintedDifference(map, 0.1);
    expect([...painted.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    const [red = 0, green = 0, blue = 0, alpha = 0] = painted.subarray(4, 8);
    expect(red).toBeGreaterThan(green);
    expect(green).toBeGreaterThan(blue);
    expect(alpha).toBeGreaterThan(128);
    expect(painted[11]).toBe(255);
    expect(differingShare(map, 0.1)).toBeCloseTo(2 / 3);
  });
});

describe('colours that an edit changed', () => {
  const edits: [string, (colour: Colour) => Colour][] = [
    ['brighter', ([r, g, b]) => [r * 1.2 + 10, g * 1.2 + 10, b * 1.2 + 10]],
    ['darker by gamma', (colour) => colour.map((value) => 255 * (value / 255) ** 1.5) as unknown as Colour],
    ['a negative', ([r, g, b]) => [255 - r, 255 - g, 255 - b]],
    [
      'with less colour',
      ([r, g, b]) => {
        const grey = (r + g + b) / 3;
        return [(r + grey) / 2, (g + grey) / 2, (b + grey) / 2];
      },
    ],
  ];

  it.each(edits)('%s: are taken back, and what else was changed stays to be seen', (_, edit) => {
    const a = picture(scene);
    const plain = picture((x, y) => edit(scene(x, y)));
    const spotted = picture((x, y) => (inSpot(x, y) ? [0, 0, 0] : edit(scene(x, y))));
    expect(shareOf(a, plain)).toBeGreaterThan(0.1);
    expect(shareOf(a, recoloured(a, plain))).toBeLessThan(0.01);
    const map = differenceMap(a, recoloured(a, spotted), WIDTH, HEIGHT);
    expect(map.values[15 * WIDTH + 25]).toBeGreaterThan(25);
    expect(differingShare(map, 0.08)).toBeLessThan(0.12);
  });
});

describe('the grid of a difference', () => {
  it('has A’s shape and no more pixels than the coarser photo', () => {
    expect(gridFor({ width: 2048, height: 1536 }, { width: 2048, height: 1536 }, identity)).toEqual({
      width: 1024,
      height: 768,
    });
    expect(gridFor({ width: 2048, height: 1536 }, { width: 160, height: 120 }, identity)).toEqual({
      width: 160,
      height: 120,
    });
    // A crop to half of the sides has its pixels in half of the frame.
    expect(gridFor({ width: 800, height: 600 }, { width: 200, height: 150 }, scaling(0.5, 0.5)).width).toBe(
      400,
    );
  });
});
