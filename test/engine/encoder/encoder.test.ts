import { Worker } from 'node:worker_threads';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BackendName } from '../../../src-main/contract/model.ts';
import { renderScene } from '../../../src-main/engine/demo/scene.ts';
import { createRandom } from '../../../src-main/engine/demo/random.ts';
import { damages } from '../../../src-main/engine/encoder/augment.ts';
import { startBackend } from '../../../src-main/engine/encoder/backend.ts';
import { createEncoder, FEATURE_DIMS, type Encoded } from '../../../src-main/engine/encoder/encoder.ts';
import { BACKENDS, describeBackends, openExtractor } from '../../../src-main/engine/encoder/extractor.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import { buildTrunk, headDirectory, presentBackends, root } from './made.ts';

let trunkDirectory = '';
let remove: () => Promise<void> = () => Promise.resolve();
let present: BackendName[] = [];
let absent = new Map<BackendName, string>();

beforeAll(async () => {
  ({ trunkDirectory, remove } = await buildTrunk());
  ({ present, absent } = await presentBackends(trunkDirectory));
});
afterAll(() => remove());

const scenes: RgbImage[] = [
  renderScene(1, { width: 320, height: 240 }),
  renderScene(2, { width: 200, height: 320 }),
  renderScene(3, { width: 90, height: 60 }),
];

async function encodeOn(backend: BackendName, images = scenes): Promise<Encoded[]> {
  const encoder = await createEncoder({ backend, trunkDirectory, headDirectory });
  try {
    expect(encoder.backend).toBe(backend);
    return encoder.encode(images);
  } finally {
    encoder.dispose();
  }
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

describe('backends', () => {
  test('wasm and cpu are always there', () => {
    expect(present).toEqual(expect.arrayContaining(['wasm', 'cpu']));
  });

  for (const backend of BACKENDS.filter((name) => name !== 'cpu')) {
    test(`${backend} gives the embeddings of cpu within 1e-3`, async (context) => {
      const reason = absent.get(backend);
      if (reason !== undefined) context.skip(`${backend} is not there: ${reason}`);
      const [plain, quick] = [await encodeOn('cpu'), await encodeOn(backend)];
      for (const [i, { embedding, features }] of quick.entries()) {
        const embeddingGap = Math.max(
          ...embedding.map((value, k) => Math.abs(value - plain[i]!.embedding[k]!)),
        );
        const featureGap = Math.max(...features.map((value, k) => Math.abs(value - plain[i]!.features[k]!)));
        expect(embeddingGap).toBeLessThan(1e-3);
        expect(featureGap).toBeLessThan(1e-2);
      }
    });

    test(`${backend} works in several worker threads at once`, async (context) => {
      const reason = absent.get(backend);
      if (reason !== undefined) context.skip(`${backend} is not there: ${reason}`);
      const here = (await encodeOn(backend))[0]!.embedding;
      const there = await Promise.all([1, 2].map(() => encodeInWorker(backend)));
      for (const embedding of there) expect(cosine(embedding, here)).toBeGreaterThan(0.99999);
    });
  }

  test('TensorFlow leaves no tensor behind', async (context) => {
    const reason = absent.get('tensorflow');
    if (reason !== undefined) context.skip(`tensorflow is not there: ${reason}`);
    await startBackend('tensorflow');
    const before = tf.memory().numTensors;
    const encoder = await createEncoder({ backend: 'tensorflow', trunkDirectory, headDirectory });
    const loaded = tf.memory().numTensors;
    encoder.encode(scenes);
    encoder.encode(scenes.slice(1));
    expect(tf.memory().numTensors).toBe(loaded);
    encoder.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a report says of each what it is or what it lacks, and which one runs', async () => {
    const asked = await describeBackends(trunkDirectory, 'cpu');
    expect(asked.map(({ name }) => name)).toEqual(['wasm', 'tensorflow', 'cpu']);
    expect(asked.filter(({ chosen }) => chosen).map(({ name }) => name)).toEqual(['cpu']);
    for (const { reason } of asked) expect(reason).toMatch(/\.$/);
    const free = await describeBackends(trunkDirectory);
    expect(free.filter(({ chosen }) => chosen).map(({ name }) => name)).toEqual(['wasm']);
  });

  test('without the files of our own runtime the report says so, and another one runs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lookalike-trunk-'));
    try {
      for (const name of ['trunk.json', 'trunk.bin'])
        await cp(join(trunkDirectory, name), join(folder, name));
      const [own] = await describeBackends(folder);
      expect(own).toMatchObject({ name: 'wasm', available: false, chosen: false });
      expect(own!.reason).toContain(folder);
      expect(own!.reason).toContain('build-trunk');
      const other = await openExtractor(folder);
      expect(['tensorflow', 'cpu']).toContain(other.backend);
      other.dispose();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('what is asked for and is not there fails with its name and a reason', async () => {
    const missing = [...absent.keys()][0];
    const asked = missing ?? ('quantum' as BackendName);
    await expect(openExtractor(trunkDirectory, asked)).rejects.toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
      message: expect.stringContaining(asked) as string,
    });
  });
});

/** The first scene's embedding, computed in a thread of its own. */
function encodeInWorker(backend: BackendName): Promise<Float32Array> {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    (async () => {
      const { createEncoder } = await import(workerData.module);
      const encoder = await createEncoder(workerData.options);
      for (let round = 0; round < 5; round++) encoder.encode([workerData.image]);
      parentPort.postMessage(encoder.encode([workerData.image])[0].embedding);
      encoder.dispose();
    })();`;
  const worker = new Worker(code, {
    eval: true,
    workerData: {
      module: join(root, 'src-main/engine/encoder/encoder.ts'),
      options: { backend, trunkDirectory, headDirectory },
      image: scenes[0],
    },
  });
  return new Promise((resolve, reject) => {
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The worker ended without an answer.')));
  });
}

describe('encoder', () => {
  test('gives the same alone and in a batch, in order', async () => {
    const encoder = await createEncoder({ backend: 'wasm', trunkDirectory, headDirectory });
    const together = encoder.encode(scenes);
    for (const [i, scene] of scenes.entries()) {
      const alone = encoder.encode([scene])[0]!;
      expect(alone.features).toHaveLength(FEATURE_DIMS);
      expect(alone.embedding).toHaveLength(encoder.embeddingDims);
      expect(cosine(alone.embedding, together[i]!.embedding)).toBeCloseTo(1, 5);
      expect(cosine(alone.embedding, alone.embedding)).toBeCloseTo(1, 5);
    }
    expect(encoder.encode([])).toEqual([]);
    encoder.dispose();
  });

  test('a copy is nearer than any other photo', async () => {
    const photos = Array.from({ length: 8 }, (_, i) => renderScene(40 + i, { width: 320, height: 220 }));
    const encoder = await createEncoder({ backend: 'wasm', trunkDirectory, headDirectory });
    const originals = encoder.encode(photos);
    for (const name of ['jpeg', 'smaller', 'trim', 'light', 'webp'] as const) {
      const copies = encoder.encode(
        await Promise.all(photos.map((photo, i) => damages[name](photo, createRandom(i)))),
      );
      for (const [i, copy] of copies.entries()) {
        const scores = originals.map(({ embedding }) => cosine(embedding, copy.embedding));
        expect([name, scores.indexOf(Math.max(...scores))]).toEqual([name, i]);
      }
    }
    encoder.dispose();
  });
});

describe('what it is made of', () => {
  const withCopies = async (work: (trunk: string, head: string) => Promise<void>): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'lookalike-encoder-'));
    try {
      await cp(trunkDirectory, join(folder, 'trunk'), { recursive: true });
      await cp(headDirectory, join(folder, 'head'), { recursive: true });
      await work(join(folder, 'trunk'), join(folder, 'head'));
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  const failure = async (trunk: string, head: string, backend: BackendName = 'wasm'): Promise<string> => {
    const options = { backend, trunkDirectory: trunk, headDirectory: head };
    const error: unknown = await createEncoder(options).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'BACKEND_UNAVAILABLE', nextStep: expect.any(String) as string });
    return (error as Error).message;
  };
  const flip = async (path: string): Promise<void> => {
    const bytes = await readFile(path);
    bytes[1000] = bytes[1000]! ^ 1;
    await writeFile(path, bytes);
  };

  test('a missing or damaged trunk is told', () =>
    withCopies(async (trunk, head) => {
      for (const backend of ['wasm', 'cpu'] as const) {
        expect(await failure(`${trunk}-none`, head, backend)).toContain("can't be read");
        await flip(join(trunk, backend === 'cpu' ? 'trunk.bin' : 'packed-trunk.bin'));
        expect(await failure(trunk, head, backend)).toContain('trunk');
        expect(await failure(trunk, head, backend)).toContain('is damaged');
      }
    }));

  test('a missing, damaged or short head is told', () =>
    withCopies(async (trunk, head) => {
      expect(await failure(trunk, `${head}-none`)).toContain("can't be read");
      await flip(join(head, 'head.bin'));
      expect(await failure(trunk, head)).toContain('is damaged');
      await rm(join(head, 'head.bin'));
      expect(await failure(trunk, head)).toContain('has no head.bin');
    }));

  test('a head for another trunk is refused', () =>
    withCopies(async (trunk, head) => {
      const path = join(head, 'card.json');
      const card = JSON.parse(await readFile(path, 'utf8')) as { trunk: { sha256: string } };
      card.trunk.sha256 = '0'.repeat(64);
      await writeFile(path, JSON.stringify(card));
      expect(await failure(trunk, head)).toContain('another trunk');
    }));

  test('the trunk is the same at every build', async () => {
    const again = await buildTrunk();
    for (const file of ['trunk.json', 'trunk.bin', 'packed-trunk.json', 'packed-trunk.bin', 'trunk.wasm']) {
      expect(await readFile(join(again.trunkDirectory, file))).toEqual(
        await readFile(join(trunkDirectory, file)),
      );
    }
    await again.remove();
  });
});
