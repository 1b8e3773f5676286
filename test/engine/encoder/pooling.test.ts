import { expect, test } from 'vitest';
import { createRandom } from '../../../src-main/engine/demo/random.ts';
import { poolInto, poolSums } from '../../../src-main/engine/encoder/pooling.ts';

test('mean and both generalised means, by their definition', () => {
  const [places, channels, from] = [7, 3, 2];
  const random = createRandom(4);
  const map = Float32Array.from({ length: from + places * channels }, () => random.between(-2, 2));
  const target = new Float32Array(1 + 3 * channels);
  poolInto(map, from, places, channels, target, 1);
  for (let c = 0; c < channels; c++) {
    const values = Array.from({ length: places }, (_, place) => map[from + place * channels + c]!);
    const mean = (of: (value: number) => number): number =>
      values.reduce((sum, value) => sum + of(value), 0) / places;
    expect(target[1 + c]).toBeCloseTo(
      mean((value) => value),
      5,
    );
    expect(target[1 + channels + c]).toBeCloseTo(Math.cbrt(mean((value) => Math.max(0, value) ** 3)), 5);
    expect(target[1 + 2 * channels + c]).toBeCloseTo(Math.cbrt(mean((value) => Math.max(0, -value) ** 3)), 5);
  }
});

test('a channel of one sign has nothing on the other side', () => {
  const target = new Float32Array(3);
  poolInto(Float32Array.of(0.1, 0.7, 0.3), 0, 3, 1, target, 0);
  expect(target[2]).toBe(0);
});

test('sums that are taken already give the same', () => {
  const map = Float32Array.of(1, -2, 3, 4, -5, 0.5);
  const [plain, summed] = [new Float32Array(6), new Float32Array(6)];
  poolInto(map, 0, 3, 2, plain, 0);
  const sums = [9 - 10, 2.5, 1 + 27, 64 + 0.125, 125, 8];
  poolSums(Float32Array.from(sums), 3, summed, 0);
  for (const [i, value] of plain.entries()) expect(summed[i]).toBeCloseTo(value, 5);
});
