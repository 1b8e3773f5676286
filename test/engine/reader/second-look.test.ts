import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src-main/engine/demo/random.ts';
import { secondLook } from '../../../src-main/engine/reader/second-look.ts';
import { createPlainKernels } from '../../../src-main/engine/similarity/second-check/plain-kernels.ts';
import type { CloseLook } from '../../../src-main/engine/similarity/matcher/close-look.ts';

const [WIDTH, HEIGHT] = [1_200, 900];
const MAP = { xx: 1, xy: 0, yx: 0, yy: 1, x0: 0, y0: 0 };

/** One scene; its noise is that of the exposure. */
function exposure(seed: number, mark = false): Promise<Buffer> {
  const random = createRandom(seed);
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0, i = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const scene = 120 + 60 * Math.sin(x / 37) * Math.cos(y / 23) + 20 * Math.sin((x * y) / 9_000);
      const isMarked = mark && x > 600 && x < 620 && y > 400 && y < 412;
      for (let c = 0; c < 3; c++) {
        const level = scene + (random.next() - 0.5) * 24;
        data[i++] = isMarked ? 250 : level;
      }
    }
  }
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 93 })
    .toBuffer();
}

function look(a: Buffer, b: Buffer, hashed = b): Promise<CloseLook | null> {
  const files = new Map([
    ['/a.jpg', a],
    ['/b.jpg', b],
  ]);
  const file = (path: string, bytes: Buffer): Parameters<typeof secondLook>[0]['a'] => ({
    path,
    hash: createHash('sha256').update(bytes).digest(),
    boxes: [],
  });
  const whole: [number, number, number, number] = [0, 0, 1, 1];
  const first = {
    map: MAP,
    variant: 'normal',
    cropA: whole,
    cropB: whole,
    overlapA: 1,
    overlapB: 1,
  } as const;
  return secondLook(
    { a: file('/a.jpg', a), b: file('/b.jpg', hashed), first },
    createPlainKernels(),
    (path) => files.get(path)!,
    (_path, work) => work(),
  );
}

describe('a second look at both files', () => {
  it('tells a marked copy from another exposure by their noise, and sees the mark', async () => {
    const [one, other] = [await exposure(1), await exposure(2)];
    const copy = await look(one, await exposure(1, true));
    expect(copy?.edge).toBe(1_024);
    expect(copy?.check.measures.differing).toBeGreaterThan(0);
    expect(Math.min(copy?.noise?.luminance ?? 0, copy?.noise?.redGreen ?? 0)).toBeGreaterThan(0.9);
    const frame = await look(one, other);
    expect(frame?.noise?.unshared ?? 0).toBeGreaterThan(0.5);
    expect(frame?.noise?.redGreen ?? 1).toBeLessThan(0.3);
  });

  it('names the file that is not what was compared any more', async () => {
    const [one, other] = [await exposure(1), await exposure(2)];
    await expect(look(one, other, one)).rejects.toThrow(/\/b\.jpg is not the file any more/);
  });
});
