/** @file The generators of the quality sets: the same every time, and what they say they are. */
import { describe, expect, test } from 'vitest';
import { renderScene } from '../../src-main/engine/demo/scene.ts';
import type { RgbImage } from '../../src-main/engine/imaging/image.ts';
import { burstKinds, captured } from './sets/bursts.ts';
import { localEdits, recolourings } from './sets/local-edits.ts';
import { holeFilled } from './sets/masks.ts';
import { layouts, nearPage, patches, rendered, type PagePhoto } from './sets/pages/index.ts';
import { draw, randomOf } from './sets/source.ts';

const photo: PagePhoto = {
  // One grey pixel.
  href: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  width: 400,
  height: 300,
};
const scene = renderScene(5, { width: 280, height: 210 });
const other = renderScene(6, { width: 280, height: 210 });

function sameShare(a: RgbImage, b: RgbImage): number {
  let same = 0;
  for (let i = 0; i < a.data.length; i++) if (a.data[i] === b.data[i]) same++;
  return same / a.data.length;
}

describe('pages', () => {
  test('thirty layouts', () => {
    expect(new Set(layouts.map(({ name }) => name)).size).toBe(30);
  });

  test.each(layouts.map((layout) => [layout.name, layout] as const))(
    '%s: one look, contents that differ, the same every time',
    async (name, layout) => {
      const page = (look: string, content: string): Promise<RgbImage> =>
        rendered(layout.look(randomOf(look), [photo])(randomOf(content)));
      const [first, second, again] = [
        await page(name, `${name}/1`),
        await page(name, `${name}/2`),
        await page(name, `${name}/1`),
      ];
      expect([second.width, second.height]).toEqual([first.width, first.height]);
      expect(sameShare(first, again)).toBe(1);
      expect(sameShare(first, second)).toBeLessThan(1);
    },
  );

  test('a near page differs in its patch only', async () => {
    const layout = layouts.find(({ name }) => name === 'sudoku')!;
    const look = layout.look(randomOf('look'), [photo]);
    const [page, next] = [await rendered(look(randomOf('1'))), await rendered(look(randomOf('2')))];
    for (const patch of patches) {
      const near = (await nearPage(page, next, patch, randomOf(patch.name)))!;
      const share = 1 - sameShare(page, near);
      expect(share).toBeGreaterThan(0);
      expect(share * page.width * page.height).toBeLessThanOrEqual(patch.width * patch.height);
    }
  });
});

describe('frames of a burst', () => {
  test.each(burstKinds.map((kind) => [kind.name, kind] as const))(
    '%s: another frame of the same size',
    async (_name, kind) => {
      const frame = await kind.frame(scene, randomOf(kind.name), other);
      expect([frame.width, frame.height]).toEqual([scene.width, scene.height]);
      if (kind.name === 'still') expect(sameShare(scene, frame)).toBe(1);
      else expect(sameShare(scene, frame)).toBeLessThan(1);
    },
  );

  test('two frames of a scene in which nothing moved differ by their noise', async () => {
    const [first, second, again] = [
      await captured(scene, randomOf('1'), 2, 92),
      await captured(scene, randomOf('2'), 2, 92),
      await captured(scene, randomOf('1'), 2, 92),
    ];
    expect(first.equals(again)).toBe(true);
    expect(first.equals(second)).toBe(false);
  });
});

describe('edits', () => {
  test.each(localEdits.map((edit) => [edit.name, edit] as const))(
    '%s changes the photo',
    async (name, edit) => {
      const edited = await edit.edit(scene, randomOf(name), [other]);
      const again = await edit.edit(scene, randomOf(name), [other]);
      expect(sameShare(edited, again)).toBe(1);
      const isSameSize = edited.width === scene.width && edited.height === scene.height;
      if (isSameSize) expect(sameShare(scene, edited)).toBeLessThan(1);
    },
  );

  test('recolouring turns hues and keeps grey', () => {
    const grey: RgbImage = { width: 8, height: 8, data: new Uint8Array(192).fill(120) };
    const red: RgbImage = {
      width: 8,
      height: 8,
      data: Uint8Array.from({ length: 192 }, (_, i) => (i % 3 === 0 ? 200 : 40)),
    };
    for (const { name, edit } of recolourings) {
      const kept = edit(grey, randomOf(name));
      expect(Math.max(...kept.data) - Math.min(...kept.data)).toBeLessThanOrEqual(1);
      const turned = edit(red, randomOf(name));
      expect(turned.data[0]! - turned.data[1]!).toBeLessThan(120);
    }
  });

  test('a hole is filled with what is around it', () => {
    const half: RgbImage = { width: 16, height: 16, data: new Uint8Array(768).fill(90) };
    const mask = new Float32Array(256);
    for (let y = 5; y < 11; y++) for (let x = 5; x < 11; x++) mask[y * 16 + x] = 1;
    half.data.fill(255, (7 * 16 + 7) * 3, (7 * 16 + 9) * 3);
    expect(holeFilled(half, mask).data.every((value) => value === 90)).toBe(true);
  });
});

test('a draw takes different ones, the same every time', () => {
  const list = [1, 2, 3, 4, 5, 6];
  const drawn = draw(list, 4, randomOf('draw'));
  expect(new Set(drawn).size).toBe(4);
  expect(draw(list, 4, randomOf('draw'))).toEqual(drawn);
  expect(draw(list, 9, randomOf('draw'))).toHaveLength(6);
});
