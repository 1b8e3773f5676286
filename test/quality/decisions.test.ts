/**
 * @file What the product decides on a few photos that nothing was fitted on: their damaged copies among all distractors,
 * and look-alikes that are no copies. Floors with room for so small a sample; test/quality/main.ts measures the whole sets.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { photosArePresent } from '../../scripts/head-data.ts';
import { readMatcherCard } from '../../src-main/engine/matching/card.ts';
import { familyFigures, type CopyFigures } from './evaluation/figures.ts';
import { figuresOf, scoredLookalikes } from './evaluation/measure.ts';
import { scorerOf, type ScoredPair, type Scorer } from './evaluation/scoring.ts';
import { judgedCopies, judgedLookalikes } from './evaluation/sets.ts';
import { damagesTable, familiesTable } from './evaluation/tables.ts';
import type { LookalikePair } from './sets/lookalikes.ts';

const PHOTOS = 6;
const MATCHER_DIRECTORY = path.join(import.meta.dirname, '../../assets/matcher');

// Ten minutes of a processor: asked for by name, beside test/quality/main.ts.
const present = photosArePresent() && process.env['LOOKALIKE_QUALITY_TESTS'] === '1';
if (!present)
  console.log(
    'Skipped: needs the photos in ../shared/photos beside the checkout, and LOOKALIKE_QUALITY_TESTS=1.',
  );

describe.skipIf(!present)('decisions on photos never seen', () => {
  let folder: string;
  let scorer: Scorer;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lookalike-quality-test-'));
    process.env['LOOKALIKE_QUALITY'] = folder;
    scorer = scorerOf(await readMatcherCard(MATCHER_DIRECTORY));
  });

  afterAll(async () => {
    delete process.env['LOOKALIKE_QUALITY'];
    await rm(folder, { recursive: true });
  });

  describe('copies', () => {
    let figures: CopyFigures;

    beforeAll(async () => {
      figures = figuresOf(await judgedCopies(PHOTOS), scorer);
      console.log(damagesTable(figures));
    }, 1_200_000);

    test('copies rank above everything else', () => {
      expect(figures.averagePrecision).toBeGreaterThan(0.985);
      expect(figures.recallAt99).toBeGreaterThan(0.98);
      expect(figures.recallWithoutFalse).toBeGreaterThan(0.96);
    });

    test('no two photos are called copies, and no pair of them is safe', () => {
      expect(figures.shipped.falsePairs).toBe(0);
      expect(figures.safe.falsePairs).toBe(0);
    });

    test('nearly every copy is called one', () => {
      expect(figures.shipped.recall).toBeGreaterThan(0.85);
    });

    test('what every messenger does to a photo is found, without exception', () => {
      const recall = new Map(figures.damages.map(({ damage, shipped }) => [damage, shipped]));
      for (const damage of ['JPEG 75', 'JPEG 50', 'JPEG 30', 'half size', 'quarter size', 'WebP 40']) {
        expect([damage, recall.get(damage)]).toEqual([damage, 1]);
      }
    });
  });

  describe('look-alikes', () => {
    let pairs: { pair: LookalikePair; scored: ScoredPair }[];
    const of = (...labels: LookalikePair['label'][]): typeof pairs =>
      pairs.filter(({ pair }) => labels.includes(pair.label));
    const share = (list: typeof pairs, accepts: (scored: ScoredPair) => boolean): number =>
      list.filter(({ scored }) => accepts(scored)).length / list.length;

    beforeAll(async () => {
      pairs = scoredLookalikes(await judgedLookalikes('test', 'sample'), scorer);
      console.log(familiesTable(familyFigures(pairs, ({ family }) => family)));
    }, 1_200_000);

    test('pages of one layout are not called copies', () => {
      const pages = of('layout').filter(({ pair }) => pair.family === 'page');
      expect(share(pages, ({ isCopy }) => isCopy)).toBeLessThan(0.03);
    });

    test('another moment of a scene is seldom called a copy', () => {
      expect(share(of('scene'), ({ isCopy }) => isCopy)).toBeLessThan(0.25);
    });

    test('next to none of them is safe', () => {
      const safe = share(
        of('layout', 'scene', 'recoloured'),
        ({ isCopy, tier }) => isCopy && tier === 'safe',
      );
      expect(safe).toBeLessThan(0.02);
    });

    test('copies of pages and copies with a local edit are still called copies, most of them', () => {
      expect(share(of('copy'), ({ isCopy }) => isCopy)).toBeGreaterThan(0.5);
    });
  });
});
