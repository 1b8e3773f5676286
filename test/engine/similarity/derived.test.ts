import { expect, it } from 'vitest';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import {
  derivedOf,
  type DerivationFacts,
  type DerivationSide,
} from '../../../src-main/engine/similarity/derived.ts';
import { renderScene } from '../../../src-main/engine/demo/scene.ts';
import { pairMeasures } from './made-measures.ts';

const scene = renderScene(3, { width: 320, height: 240 });

const side = (facts: Partial<DerivationFacts> = {}, image = scene): DerivationSide => ({
  facts: {
    width: 4000,
    height: 3000,
    format: 'jpeg',
    bytes: 5_000_000,
    takenAt: null,
    camera: null,
    jpegQuality: null,
    ...facts,
  },
  image,
});

function grey({ data, ...size }: RgbImage): RgbImage {
  return { ...size, data: data.map((_, i) => data[i - (i % 3)] ?? 0) };
}

it('names the smaller one, with every sign that says so', () => {
  const original = side({ jpegQuality: 95, camera: 'X', takenAt: '2020-01-01T00:00:00' });
  const copy = side({ jpegQuality: 70 });
  const expected = { side: 'b', because: expect.arrayContaining(['B is compressed more']) as string[] };
  expect(derivedOf(original, copy, pairMeasures({ scale: 2 }))).toMatchObject(expected);
  expect(derivedOf(original, copy, pairMeasures({ scale: 2 }))?.because).toHaveLength(3);
  expect(derivedOf(copy, original, pairMeasures({ scale: 0.5 }))?.side).toBe('a');
});

it('is silent where nothing speaks', () => {
  expect(derivedOf(side(), side(), pairMeasures())).toBeNull();
});

it('takes what is grey for the later one, whatever its size, and of which side it is', () => {
  const said = derivedOf(side(), side({}, grey(scene)), pairMeasures({ scale: 0.5 }));
  expect([said?.side, said?.because[0]]).toEqual(['b', 'B is in black and white']);
  expect(derivedOf(side({}, grey(scene)), side(), pairMeasures())?.side).toBe('a');
});

it('takes a file of few colours for the later one', () => {
  const palette = side({ format: 'png', bytes: 3_000_000 });
  expect(derivedOf(side(), palette, pairMeasures())?.because).toEqual(['B has few colours']);
  expect(derivedOf(side(), side({ format: 'png', bytes: 20_000_000 }), pairMeasures())).toBeNull();
});

it('does not go by the quality of what was edited or turned', () => {
  const [low, high] = [side({ jpegQuality: 70 }), side({ jpegQuality: 95 })];
  expect(derivedOf(low, high, pairMeasures())?.side).toBe('a');
  expect(derivedOf(low, high, pairMeasures({}, { edits: ['brightness'] }))).toBeNull();
  expect(derivedOf(low, high, pairMeasures({ mirrored: true }))).toBeNull();
});

it('lets metadata say what the pictures leave open', () => {
  const camera = side({ camera: 'X', takenAt: '2020-01-01T00:00:00', jpegQuality: 70 });
  expect(derivedOf(camera, side({ jpegQuality: 95 }), pairMeasures())?.side).toBe('b');
});
