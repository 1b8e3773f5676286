import { describe, expect, test } from 'vitest';
import { apply, type Homography } from '../../../../src-main/engine/similarity/second-check/homography.ts';
import { type Kernels } from '../../../../src-main/engine/similarity/second-check/kernels.ts';
import { createPlainKernels } from '../../../../src-main/engine/similarity/second-check/plain-kernels.ts';
import { halve, luminance } from '../../../../src-main/engine/similarity/second-check/raster.ts';
import { register } from '../../../../src-main/engine/similarity/second-check/registration.ts';
import { type Plane } from '../../../../src-main/engine/similarity/second-check/workspace.ts';
import { type RgbImage } from '../../../../src-main/engine/imaging/image.ts';
import { scene } from '../verification/made-photos.ts';
import { moved, toned, wasmKernels } from './made-pairs.ts';

function smooth(kernels: Kernels, image: RgbImage): Plane {
  const sharp = kernels.workspace.plane(image.width, image.height);
  const soft = kernels.workspace.plane(image.width, image.height);
  luminance(image, sharp, false);
  kernels.blur(sharp, soft, 0.8);
  return soft;
}

const IDENTITY: Homography = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** Mean distance in px, over a grid inside the frame, between where the map leads and where things went. */
function error(map: Homography, truth: (x: number, y: number) => { x: number; y: number }): number {
  let [sum, count] = [0, 0];
  for (let x = 40; x <= 280; x += 40) {
    for (let y = 40; y <= 200; y += 40) {
      const [to, wanted] = [apply(map, { x, y }), truth(x, y)];
      sum += Math.hypot(to.x - wanted.x, to.y - wanted.y);
      count++;
    }
  }
  return sum / count;
}

describe.each([createPlainKernels(), wasmKernels])('with $kind kernels', (kernels) => {
  test.each([
    { x: 2.3, y: -1.6 },
    { x: -0.4, y: 0.7 },
    { x: 2.75, y: 2.5 },
  ])('a shift by $x, $y px is found to a tenth of a pixel', (shift) => {
    for (const seed of [1, 2, 3]) {
      kernels.workspace.begin(1 << 24);
      const image = scene(seed);
      const [a, b] = [smooth(kernels, image), smooth(kernels, moved(image, shift))];
      const { map, found } = register(kernels, a, b, IDENTITY);
      expect(found).toBe(true);
      expect(error(map, (x, y) => ({ x: x + shift.x, y: y + shift.y }))).toBeLessThan(0.1);
    }
  });

  test('a turn and a zoom, in other light', () => {
    kernels.workspace.begin(1 << 24);
    const image = scene(4);
    const other = toned(moved(image, { degrees: 1.2, zoom: 1.02 }), (value) => 20 + value * 0.7);
    const { map } = register(kernels, smooth(kernels, image), smooth(kernels, other), IDENTITY);
    const [cos, sin] = [1.02 * Math.cos((1.2 * Math.PI) / 180), 1.02 * Math.sin((1.2 * Math.PI) / 180)];
    const truth = (x: number, y: number): { x: number; y: number } => ({
      x: cos * (x - 160) - sin * (y - 120) + 160,
      y: sin * (x - 160) + cos * (y - 120) + 120,
    });
    expect(error(map, truth)).toBeLessThan(0.1);
  });

  test('what leads too far is refused', () => {
    kernels.workspace.begin(1 << 24);
    const [a, b] = [smooth(kernels, scene(1)), smooth(kernels, scene(9))];
    const far: Homography = [1, 0, 60, 0, 1, 40, 0, 0, 1];
    const { map } = register(kernels, a, b, far);
    const [to, from] = [apply(map, { x: 0, y: 0 }), apply(far, { x: 0, y: 0 })];
    expect(Math.hypot(to.x - from.x, to.y - from.y)).toBeLessThan(0.12 * 320);
  });
});

test('centres of pixels stay where they are when a picture is halved', () => {
  const { workspace } = createPlainKernels();
  workspace.begin(1 << 16);
  const [whole, half] = [workspace.plane(33, 20), workspace.plane(16, 10)];
  for (const ramp of [(x: number) => x, (_x: number, y: number) => y]) {
    for (let i = 0; i < whole.data.length; i++) whole.data[i] = ramp(i % 33, Math.floor(i / 33));
    halve(whole, half);
    for (let i = 0; i < half.data.length; i++) {
      expect(half.data[i]).toBe(2 * ramp(i % 16, Math.floor(i / 16)) + 0.5);
    }
  }
});
