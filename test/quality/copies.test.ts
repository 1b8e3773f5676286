/**
 * @file What the shipped head finds on 100 photos that neither its fit nor its calibration saw: each photo against
 * its damaged copies, all other pairs and 1,289 look-alikes as false ones, by the cosine of the frame alone.
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanOnly, extractAll, namedViews, photosArePresent, splitPhotos } from '../../scripts/head-data.ts';
import { poolPairs, recallByDamage, type PooledScores } from '../../scripts/head-scores.ts';
import { openLearningBackend } from '../../scripts/learning-backend.ts';
import { type HeadCard } from '../../src-main/engine/encoder/card.ts';
import { averagePrecision, pointAtThreshold } from '../../src-main/engine/encoder/evaluate.ts';
import { FeatureExtractor } from '../../src-main/engine/encoder/features.ts';
import { loadHead } from '../../src-main/engine/encoder/head.ts';
import { readTrunk } from '../../src-main/engine/encoder/trunk-file.ts';
import { calibrate } from '../../src-main/engine/similarity/calibration.ts';
import { buildTrunk } from '../engine/encoder/made.ts';

const ROOT = join(import.meta.dirname, '../..');
const SEED = 30_000;
const SCORE_FLOOR = 0.3;
/** Of the 300: more take minutes. */
const PHOTOS = 100;

/** Measured when the head was made, less a margin for other machines' decoders: see the card. */
const floors = { averagePrecision: 0.92, recall: 0.68, precision: 0.998 };

const present = photosArePresent();
if (!present) console.log('Skipped: the photos are not in ../shared/photos beside the checkout.');

describe.skipIf(!present)('copies of photos never seen', () => {
  let scores: PooledScores;
  let card: HeadCard;

  beforeAll(async () => {
    const { trunkDirectory, remove } = await buildTrunk();
    const extractor = new FeatureExtractor(await openLearningBackend(), await readTrunk(trunkDirectory));
    await remove();
    const loaded = await loadHead(join(ROOT, 'assets/encoder'));
    card = loaded.card;
    const { heldOut, distractors } = splitPhotos();
    const copies = await extractAll(extractor, heldOut.slice(-PHOTOS), namedViews, SEED);
    const others = await extractAll(extractor, distractors, cleanOnly, 0);
    extractor.dispose();
    scores = poolPairs(loaded.head, [...copies, ...others], SCORE_FLOOR);
    console.table(
      recallByDamage(scores, card.threshold).map(([damage, recall]) => ({
        damage,
        recall: recall.toFixed(2),
      })),
    );
  }, 600_000);

  test('precision and recall at the shipped threshold', () => {
    const { pairs, positives, negatives } = scores;
    const point = pointAtThreshold(pairs, positives, card.threshold);
    const ap = averagePrecision(pairs, positives);
    console.log(
      `${card.name} at ${card.threshold}: precision ${point.precision.toFixed(4)}, recall ${point.recall.toFixed(3)}, ` +
        `average precision ${ap.toFixed(3)}; ${positives} copies, ${negatives} other pairs`,
    );
    expect(point.precision).toBeGreaterThan(floors.precision);
    expect(point.recall).toBeGreaterThan(floors.recall);
    expect(ap).toBeGreaterThan(floors.averagePrecision);
  });

  test('what every messenger does to a photo is found', () => {
    const recall = new Map(recallByDamage(scores, card.threshold));
    for (const damage of ['jpeg', 'webp', 'contrast', 'gamma', 'sharpen', 'squash']) {
      expect([damage, (recall.get(damage) ?? 0) >= 0.95]).toEqual([damage, true]);
    }
    for (const damage of ['smaller', 'blur', 'light', 'trim']) {
      expect([damage, (recall.get(damage) ?? 0) >= 0.8]).toEqual([damage, true]);
    }
  });

  test('look-alikes are not taken for copies by the dozen', () => {
    const taken = scores.pairs.filter(
      ({ score, same, a, b }) =>
        !same && score >= card.threshold && a.path.includes('distractors') && b.path.includes('distractors'),
    );
    expect(taken.length).toBeLessThan(24);
  });

  test('a chance that is said is about the chance that is true', () => {
    const { positives, negatives, pairs } = scores;
    const { prior, points } = card.calibration;
    // Pairs are weighed so that copies are as rare as the card's prior says.
    const weight = ((1 - prior) / prior) * (positives / negatives);
    for (const [low, high] of [
      [0.5, 0.9],
      [0.9, 1],
    ] as const) {
      let [copies, others, said] = [0, 0, 0];
      for (const { score, same } of pairs) {
        const probability = calibrate(points, score);
        if (probability < low || probability >= high) continue;
        if (same) copies++;
        else others += weight;
        said += probability * (same ? 1 : weight);
      }
      expect(Math.abs(copies / (copies + others) - said / (copies + others))).toBeLessThan(0.15);
    }
  });
});
