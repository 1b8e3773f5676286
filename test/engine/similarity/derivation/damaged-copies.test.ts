import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { damages } from '../../../../src-main/engine/damage/damages.ts';
import { createRandom } from '../../../../src-main/engine/demo/random.ts';
import { renderScene } from '../../../../src-main/engine/demo/scene.ts';
import { loadJudge } from '../../../../src-main/engine/matching/tools.ts';
import { buildWasm } from '../../features/built-wasm.ts';
import { asJpeg, sideOf } from '../../matching/made-sides.ts';
import { keptOfTwo, type KeptFile } from './kept-of-two.ts';

const judge = await loadJudge(join(import.meta.dirname, '../../../../assets/matcher'), await buildWasm());
const SIZE = { width: 560, height: 420 };
const scene = renderScene(11, SIZE);
const others = [12, 13, 14].map((seed) => renderScene(seed, SIZE));

async function fileOf(bytes: Buffer): Promise<KeptFile> {
  return { side: await sideOf(bytes, { bytes: bytes.length, takenAt: null, camera: null }), bytes };
}

const original = await fileOf(await asJpeg(scene, 85));

/** Without metadata nothing in files of one quality says which came first; the rules then say so. */
const UNTOLD: ReadonlySet<string> = new Set([
  ...['turn by 90°', 'turn by 180°', 'turn by 270°', 'mirror', 'mirror upside down'],
  ...['negative', 'more saturation', 'hue', 'gamma lighter', 'gamma darker', 'photo filter'],
  ...['sharpen', 'blurred face'],
]);
/** The tiles are cut, and this drawn scene is too flat for their seams to show. */
const WRONG_WITHOUT_METADATA: ReadonlySet<string> = new Set(['collage of 4 without gaps']);

describe('of a photo and its damaged copy', () => {
  it.each(damages.map((damage) => [damage.name, damage] as const))(
    '%s: the original stays',
    async (name, damage) => {
      const bytes = await damage.apply(scene, createRandom(5), others.slice(0, damage.others));
      const copy = await fileOf(bytes);
      const { measures } = await judge.judge(original.side, copy.side, 0.6);
      const [bare, told] = [
        await keptOfTwo(original, copy, measures, 'none'),
        await keptOfTwo(original, copy, measures, 'original'),
      ];
      expect(told, told.reasons.join()).toMatchObject({ kept: 'original' });
      if (WRONG_WITHOUT_METADATA.has(name)) return;
      const expected = UNTOLD.has(name) ? 'untold' : 'original';
      expect(bare, bare.reasons.join()).toMatchObject({ kept: expected });
    },
  );
});
