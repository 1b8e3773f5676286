/** @file Our own runtime against TensorFlow.js on the same trunk. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../../src-main/engine/demo/random.ts';
import { renderScene } from '../../../src-main/engine/demo/scene.ts';
import { openExtractor, type TrunkExtractor } from '../../../src-main/engine/encoder/extractor.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import { buildTrunk } from './made.ts';

const EDGE = 128;
/** Features reach 12; whole numbers of 16 bits cost them this much at most. */
const LARGEST_GAP = 5e-3;

let own: TrunkExtractor;
let oracle: TrunkExtractor;

beforeAll(async () => {
  const { trunkDirectory, remove } = await buildTrunk();
  own = await openExtractor(trunkDirectory, 'wasm');
  oracle = await openExtractor(trunkDirectory, 'cpu');
  await remove();
});
afterAll(() => oracle.dispose());

function filled(sample: (index: number) => number): RgbImage {
  return {
    width: EDGE,
    height: EDGE,
    data: Buffer.from(Array.from({ length: EDGE * EDGE * 3 }, (_, i) => sample(i))),
  };
}

const random = createRandom(11);
const images: Record<string, RgbImage> = {
  black: filled(() => 0),
  white: filled(() => 255),
  noise: filled(() => random.integer(0, 255)),
  'a corner': filled((i) => (i < 3 ? 255 : 0)),
  'the last pixel': filled((i) => (i >= EDGE * EDGE * 3 - 3 ? 255 : 0)),
  scene: renderScene(5, { width: 320, height: 213 }),
  'a strip': renderScene(6, { width: 320, height: 9 }),
  'one pixel': { width: 1, height: 1, data: Buffer.of(200, 30, 90) },
  'a larger picture': renderScene(7, { width: 700, height: 500 }),
};

for (const [name, image] of Object.entries(images)) {
  test(`features of ${name} are those of the oracle`, () => {
    const [features, expected] = [own.extract([image])[0]!, oracle.extract([image])[0]!];
    expect(features).toHaveLength(expected.length);
    const gaps = features.map((value, i) => Math.abs(value - expected[i]!));
    expect(Math.max(...gaps)).toBeLessThan(LARGEST_GAP);
  });
}

test('no photo leaves anything behind for the next one', () => {
  const all = Object.values(images);
  const inOrder = own.extract(all);
  const alone = all.toReversed().map((image) => own.extract([image])[0]!);
  expect(alone.toReversed()).toEqual(inOrder);
});
