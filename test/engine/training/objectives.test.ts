/** @file Objectives against values worked out by hand, and their gradients against differences. */
import { describe, expect, it } from 'vitest';
import { contrastiveLoss } from '../../../src-main/engine/training/objectives/contrastive.ts';
import { infoNceLoss } from '../../../src-main/engine/training/objectives/info-nce.ts';
import { koLeoLoss } from '../../../src-main/engine/training/objectives/ko-leo.ts';
import { tripletLoss } from '../../../src-main/engine/training/objectives/triplet.ts';
import type { Batch, BatchLoss } from '../../../src-main/engine/training/objectives/batch-loss.ts';
import { numericalGradient, unitRows } from './made.ts';

/** (0, 0), (0.6, 0.8), (0.3, 0): 1, 0.3 and sqrt(0.73) apart. */
const three: Batch = { vectors: Float32Array.of(0, 0, 0.6, 0.8, 0.3, 0), dims: 2 };

function expectGradient(dims: number, rows: number, loss: (batch: Batch) => BatchLoss): void {
  for (const seed of [1, 2, 3]) {
    const vectors = unitRows(rows, dims, seed);
    const { gradient } = loss({ vectors, dims });
    const expected = numericalGradient(vectors, (moved) => loss({ vectors: moved, dims }).loss);
    expected.forEach((slope, i) => expect(gradient[i]).toBeCloseTo(slope, 2));
    expect(Math.hypot(...gradient)).toBeGreaterThan(0.01);
  }
}

describe('contrastive loss', () => {
  const pair = (a: number, b: number, same: boolean, weight = 1) => ({ a, b, same, weight });

  it('is d² of the same, and what is missing to the margin, squared, of others', () => {
    expect(contrastiveLoss(three, [pair(0, 1, true)]).loss).toBeCloseTo(1, 6);
    expect(contrastiveLoss(three, [pair(0, 2, true)]).loss).toBeCloseTo(0.09, 6);
    expect(contrastiveLoss(three, [pair(0, 2, false)]).loss).toBeCloseTo(0.49, 6);
    expect(contrastiveLoss(three, [pair(0, 1, false)]).loss).toBe(0);
    const mean = contrastiveLoss(three, [pair(0, 2, true, 3), pair(0, 2, false, 1)]).loss;
    expect(mean).toBeCloseTo((3 * 0.09 + 0.49) / 4, 6);
    expect(contrastiveLoss(three, []).loss).toBe(0);
  });

  it('parts others along the line between them', () => {
    // d = 0.3: -2 (1 - 0.3) / 0.3 times (0 - 0.3)
    const { gradient } = contrastiveLoss(three, [pair(0, 2, false)]);
    expect(gradient[0]).toBeCloseTo(1.4, 5);
    expect(gradient[4]).toBeCloseTo(-1.4, 5);
  });

  it('has the gradient that differences show', () => {
    expectGradient(4, 6, (batch) =>
      contrastiveLoss(
        batch,
        [pair(0, 1, true), pair(2, 3, false, 2), pair(4, 5, false), pair(1, 4, false)],
        1.6,
      ),
    );
  });
});

describe('triplet loss', () => {
  it('is |a - p|² - |a - n|² + margin, and nothing below 0', () => {
    const far = { anchor: 0, positive: 2, negative: 1 };
    const near = { anchor: 0, positive: 1, negative: 2 };
    expect(tripletLoss(three, [far], 0.4).loss).toBe(0);
    expect(tripletLoss(three, [near], 0.4).loss).toBeCloseTo(1 - 0.09 + 0.4, 6);
    expect(tripletLoss(three, [far, near], 0.4).loss).toBeCloseTo(1.31 / 2, 6);
    expect(tripletLoss(three, []).loss).toBe(0);
  });

  it('has the gradient that differences show', () => {
    const triplets = [
      { anchor: 0, positive: 1, negative: 2 },
      { anchor: 3, positive: 4, negative: 0 },
    ];
    expectGradient(4, 5, (batch) => tripletLoss(batch, triplets, 4.5));
  });
});

describe('InfoNCE', () => {
  it('is the logarithm of the share that the own view has', () => {
    // Dot products: own 0.8, other 0 and 0.6; temperature 1.
    const batch = { vectors: Float32Array.of(1, 0, 0.8, 0.6, 0, 1), dims: 2 };
    const first = Math.log((Math.exp(0.8) + Math.exp(0)) / Math.exp(0.8));
    const second = Math.log((Math.exp(0.8) + Math.exp(0.6)) / Math.exp(0.8));
    const { loss } = infoNceLoss(batch, Int32Array.of(1, 1, 2), 1);
    expect(loss).toBeCloseTo((first + second) / 2, 6);
    expect(infoNceLoss(batch, Int32Array.of(1, 2, 3), 1).loss).toBe(0);
  });

  it('has the gradient that differences show', () => {
    expectGradient(4, 7, (batch) => infoNceLoss(batch, Int32Array.of(1, 1, 2, 2, 3, 3, 3), 0.5));
  });
});

describe('KoLeo', () => {
  it('is minus the mean logarithm of the nearest distances', () => {
    const mean = -(Math.log(0.3) + Math.log(Math.sqrt(0.73)) + Math.log(0.3)) / 3;
    expect(koLeoLoss(three, [0, 1, 2]).loss).toBeCloseTo(mean, 6);
    expect(koLeoLoss(three, [1]).loss).toBe(0);
  });

  it('has the gradient that differences show', () => {
    expectGradient(4, 5, (batch) => koLeoLoss(batch, [0, 1, 2, 4]));
  });
});
