import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src-main/engine/demo/random.ts';
import { fitClosedForm, type PhotoViews } from '../../../src-main/engine/encoder/closed-form.ts';
import { Head, signedRoot, type HeadWeights } from '../../../src-main/engine/encoder/head.ts';

const square = (root: number): number => Math.sign(root) * root * root;

describe('Head', () => {
  /** By the definition, one number after the other. */
  const byDefinition = ({ mean, deviation, matrix }: HeadWeights, features: Float32Array): number[] => {
    const dims = matrix.length / mean.length;
    const projected = Array.from({ length: dims }, (_, row) =>
      features.reduce(
        (sum, value, i) =>
          sum + matrix[row * mean.length + i]! * ((signedRoot(value) - mean[i]!) / deviation[i]!),
        0,
      ),
    );
    const norm = Math.hypot(...projected);
    return projected.map((value) => value / norm);
  };

  test('roots, standardises, projects and normalises, at any size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer(),
        (size, dims, seed) => {
          const random = createRandom(seed);
          const numbers = (length: number, low: number): Float32Array =>
            Float32Array.from({ length }, () => random.between(low, 2));
          const weights = {
            mean: numbers(size, -2),
            deviation: numbers(size, 0.5),
            matrix: numbers(size * dims, -2),
          };
          const features = numbers(size, -2);
          const expected = byDefinition(weights, features);
          const found = new Head(weights).embed(features);
          return expected.every((value, i) => Math.abs(value - found[i]!) < 1e-3);
        },
      ),
      { seed: 5 },
    );
  });

  test('the mean photo has no direction and does not become NaN', () => {
    const head = new Head({
      mean: Float32Array.of(1, 2),
      deviation: Float32Array.of(1, 1),
      matrix: Float32Array.of(1, 0, 0, 1),
    });
    expect([...head.embed(Float32Array.of(1, 4))]).toEqual([0, 0]);
  });
});

describe('fitClosedForm', () => {
  /** Six independent features; damage moves only the last two, and moves them a lot. */
  const photos: PhotoViews[] = (() => {
    const random = createRandom(11);
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    return Array.from({ length: 400 }, () => {
      const roots = Array.from({ length: 6 }, (_, i) => (i < 4 ? 4 - i : 1) * normal());
      const views = Array.from({ length: 8 }, () =>
        Float32Array.from(roots, (root, i) => square(root + (i < 4 ? 0.05 : 3) * normal())),
      );
      return { clean: Float32Array.from(roots, square), views };
    });
  })();

  test('what damage moves is left out, what tells photos apart is kept', () => {
    const { matrix } = fitClosedForm(photos, { dims: 4, pcaDims: 6, ridge: 0 });
    const strength = Array.from({ length: 6 }, (_, i) =>
      Math.hypot(...Array.from({ length: 4 }, (_row, row) => matrix[row * 6 + i]!)),
    );
    for (const moved of strength.slice(4))
      expect(moved).toBeLessThan(0.05 * Math.min(...strength.slice(0, 4)));
  });

  test('whitens the scatter within photos, and orders the axes by what is between them', () => {
    const { mean, deviation, matrix } = fitClosedForm(photos, { dims: 6, pcaDims: 6, ridge: 0 });
    const project = (features: Float32Array): number[] =>
      Array.from({ length: 6 }, (_, row) =>
        features.reduce(
          (sum, value, i) => sum + (matrix[row * 6 + i]! * (signedRoot(value) - mean[i]!)) / deviation[i]!,
          0,
        ),
      );
    const within = Array.from({ length: 36 }, () => 0);
    const between = Array.from({ length: 6 }, () => 0);
    let views = 0;
    for (const photo of photos) {
      const clean = project(photo.clean);
      for (const [i, value] of clean.entries()) between[i]! += value ** 2 / photos.length;
      for (const view of photo.views) {
        const moved = project(view).map((value, i) => value - clean[i]!);
        for (let i = 0; i < 36; i++) within[i]! += moved[Math.floor(i / 6)]! * moved[i % 6]!;
        views++;
      }
    }
    for (let i = 0; i < 36; i++) {
      expect(within[i]! / views).toBeCloseTo(i % 7 === 0 ? 1 : 0, 2);
    }
    expect([...between].sort((a, b) => b - a)).toEqual(between);
  });

  test('copies score higher than other photos', () => {
    const head = new Head(fitClosedForm(photos, { dims: 4, pcaDims: 6, ridge: 0.1 }));
    const cosine = (a: Float32Array, b: Float32Array): number =>
      a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    let wins = 0;
    for (const [i, photo] of photos.entries()) {
      const clean = head.embed(photo.clean);
      const own = cosine(clean, head.embed(photo.views[0]!));
      const other = cosine(clean, head.embed(photos[(i + 1) % photos.length]!.clean));
      if (own > other) wins++;
    }
    expect(wins / photos.length).toBeGreaterThan(0.97);
  });
});
