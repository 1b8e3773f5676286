import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { damages } from '../../../src-main/engine/damage/damages.ts';
import { createRandom } from '../../../src-main/engine/demo/random.ts';
import { renderScene } from '../../../src-main/engine/demo/scene.ts';
import { loadJudge } from '../../../src-main/engine/matching/tools.ts';
import { relate } from '../../../src-main/engine/similarity/relation.ts';
import { COPY_FROM } from '../../../src-main/engine/similarity/matcher/score.ts';
import { sayPair } from '../../../src-main/engine/similarity/sentence.ts';
import { buildWasm } from '../features/built-wasm.ts';
import { asJpeg, sideOf } from './made-sides.ts';

const judge = await loadJudge(join(import.meta.dirname, '../../../assets/matcher'), await buildWasm());
const SIZE = { width: 640, height: 480 };
const scene = renderScene(11, SIZE);
const others = [12, 13, 14].map((seed) => renderScene(seed, SIZE));
const original = await sideOf(await asJpeg(scene, 95));

async function copy(name: string) {
  const damage = damages.find((known) => known.name === name);
  if (damage === undefined) throw new Error(`No damage is called ${name}.`);
  return sideOf(await damage.apply(scene, createRandom(5), others.slice(0, damage.others)));
}

async function judged(name: string) {
  const side = await copy(name);
  const judgement = await judge.judge(original, side, 0.6);
  const { likeness, measures } = judgement;
  const related = relate(original.facts, side.facts, { samePixels: false, likeness, measures });
  return { ...judgement, ...related, side, sentence: sayPair(original.facts, side.facts, related, measures) };
}

describe('judge', () => {
  it('finds a photo in its copies and names what was done', async () => {
    for (const [name, relation] of [
      ['JPEG 50', 're-encoded'],
      ['half size', 'resized'],
      ['mirror', 'mirrored'],
      ['grey', 'edited'],
    ] as const) {
      const { score, relation: named } = await judged(name);
      expect([name, score >= COPY_FROM, named]).toEqual([name, true, relation]);
    }
  });

  it('says the same of a pair and its swap', async () => {
    for (const name of ['JPEG 50', 'grey']) {
      const side = await copy(name);
      const [there, back] = [await judge.judge(original, side, 0.6), await judge.judge(side, original, 0.6)];
      expect(back.score).toBe(there.score);
      expect(back.likeness).toBe(there.likeness);
      expect(back.measures?.edits).toEqual(there.measures?.edits);
    }
  });

  it('lays nothing on another photo', async () => {
    for (const other of others) {
      const { score, likeness } = await judge.judge(original, await sideOf(await asJpeg(other)), 0.6);
      expect(score).toBeLessThan(COPY_FROM);
      expect(likeness).toBe('none');
    }
  });

  it('maps parts of one photo to parts of the other', async () => {
    const { measures } = await judged('mirror');
    expect(measures?.map.xx).toBeCloseTo(-1, 1);
    expect(measures?.map.x0).toBeCloseTo(1, 1);
    expect(measures?.map.yy).toBeCloseTo(1, 1);
  });
});
