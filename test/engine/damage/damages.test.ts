import { describe, expect, test } from 'vitest';
import { changesWhole } from '../../../src-main/engine/damage/damage.ts';
import { damages } from '../../../src-main/engine/damage/damages.ts';
import { createRandom } from '../../../src-main/engine/demo/random.ts';
import { renderScene } from '../../../src-main/engine/demo/scene.ts';
import { decodePhoto } from '../../../src-main/engine/imaging/decode.ts';

const size = { width: 560, height: 420 };
const scene = renderScene(3, size);
const others = [4, 5, 6].map((seed) => renderScene(seed, { width: 420, height: 560 }));

function named(name: string): (typeof damages)[number] {
  return damages.find((damage) => damage.name === name)!;
}

describe('named damages', () => {
  test('names are unique, and there are as many kinds as the quality sets ask for', () => {
    expect(new Set(damages.map(({ name }) => name)).size).toBe(damages.length);
    expect(damages.length).toBeGreaterThanOrEqual(45);
  });

  test.each(damages.map((damage) => [damage.name, damage] as const))(
    '%s gives another picture, the same for the same seed',
    async (_name, damage) => {
      const bytes = await damage.apply(scene, createRandom(9), others);
      expect((await damage.apply(scene, createRandom(9), others)).equals(bytes)).toBe(true);
      const { thumbnail } = await decodePhoto(bytes);
      expect(Math.min(thumbnail.width, thumbnail.height)).toBeGreaterThanOrEqual(64);
      const { thumbnailHash } = await decodePhoto(await named('JPEG 75').apply(scene, createRandom(9)));
      if (damage.name !== 'JPEG 75') {
        expect((await decodePhoto(bytes)).thumbnailHash.equals(thumbnailHash)).toBe(false);
      }
    },
  );

  test('what a name says of sizes is so', async () => {
    const sizeOf = async (name: string): Promise<[number, number]> => {
      const { width, height } = await decodePhoto(await named(name).apply(scene, createRandom(1), others));
      return [width, height];
    };
    expect(await sizeOf('half size')).toEqual([280, 210]);
    expect(await sizeOf('96 px thumbnail')).toEqual([96, 72]);
    expect(await sizeOf('turn by 90°')).toEqual([420, 560]);
    const [width, height] = await sizeOf('crop to 30 %');
    expect((width * height) / (560 * 420)).toBeCloseTo(0.3, 2);
  });

  test('formats are those of the names', async () => {
    const formatOf = async (name: string): Promise<string> =>
      (await decodePhoto(await named(name).apply(scene, createRandom(1)))).format;
    expect(await formatOf('GIF')).toBe('gif');
    expect(await formatOf('palette of 16 colours')).toBe('png');
    expect(await formatOf('WebP 40')).toBe('webp');
    expect(await formatOf('sticker')).toBe('jpeg');
  });

  test('a collage says how many others it needs', async () => {
    const collage = named('collage of 4 with gaps');
    await expect(collage.apply(scene, createRandom(1), others.slice(1))).rejects.toThrow(RangeError);
  });

  test('an overlay leaves most of the picture, a tone does not', () => {
    expect(changesWhole(named('grey'))).toBe(true);
    expect(changesWhole(named('sticker'))).toBe(false);
    expect(changesWhole(named('web screenshot'))).toBe(false);
  });
});
