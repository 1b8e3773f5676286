import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDemoLibrary, damage, damageNames, renderScene } from '../../../src-main/engine/demo/index.ts';

const size = { width: 160, height: 120 };

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / a.length;
}

describe('renderScene', () => {
  it('draws the same pixels for the same seed', () => {
    expect(Buffer.from(renderScene(5, size).data).equals(renderScene(5, size).data)).toBe(true);
  });

  it('draws scenes that differ from each other', () => {
    const scenes = [1, 2, 3, 4, 5, 6].map((seed) => renderScene(seed, size).data);
    for (let a = 0; a < scenes.length; a++) {
      for (let b = 0; b < a; b++) expect(meanDifference(scenes[a]!, scenes[b]!)).toBeGreaterThan(12);
    }
  });

  it('is rich in texture: the picture of a seed has detail everywhere below the sky', () => {
    const { data, width, height } = renderScene(9, size);
    let changes = 0;
    for (let y = Math.floor(height * 0.7); y < height; y++) {
      for (let x = 1; x < width; x++) {
        const i = (y * width + x) * 3 + 1;
        if (Math.abs(data[i]! - data[i - 3]!) > 2) changes++;
      }
    }
    expect(changes / (width * Math.floor(height * 0.3))).toBeGreaterThan(0.3);
  });
});

describe('damage', () => {
  it.each(damageNames)('%s gives a file that decodes', async (name) => {
    const image = renderScene(3, size);
    const { bytes, extension } = await damage(image, name);
    const metadata = await sharp(bytes).metadata();
    expect(metadata.format).toBe(extension === 'jpg' ? 'jpeg' : extension);
    const turned = name === 'turned';
    expect(metadata.width / metadata.height).toBeCloseTo(turned ? 120 / 160 : 160 / 120, 1);
  });
});

describe('createDemoLibrary', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'lookalike-demo-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('writes what it says, the same files each time', async () => {
    const options = { photos: 4, edge: 160 };
    const first = await createDemoLibrary(directory, options);
    const list = async (): Promise<string[]> =>
      (await readdir(directory, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort();
    const files = await list();
    expect(files).toHaveLength(first.files);
    const before = await Promise.all(files.map((file) => readFile(file)));
    await createDemoLibrary(directory, options);
    expect(await list()).toEqual(files);
    const after = await Promise.all(files.map((file) => readFile(file)));
    expect(after.every((bytes, i) => bytes.equals(before[i]!))).toBe(true);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(createDemoLibrary(directory, { signal: controller.signal })).rejects.toThrow();
    expect(await readdir(directory)).toEqual([]);
  });
});
