/**
 * @file A library of very many made photos: embeddings in clusters, dates, cameras, folders, groups of copies, coloured
 * squares for thumbnails. `node test/bench/made-library.ts DATABASE [PHOTOS]` makes one to look at in the window.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { root } from '../../scripts/setup/paths.mjs';
import { createRandom, type Random } from '../../src-main/engine/demo/random.ts';
import { readCard } from '../../src-main/engine/encoder/card.ts';
import { encodeLocalFeatures } from '../../src-main/engine/features/local-features-codec.ts';
import { readMatcherCard } from '../../src-main/engine/matching/card.ts';
import { groupSource, setGroupSource } from '../../src-main/engine/scan/change-number.ts';
import { openStore } from '../../src-main/engine/store/open.ts';
import type { ContentRecord, PairRow, Store } from '../../src-main/engine/store/store.ts';

const PHOTOS = 100_000;
const SEED = 11;
const COMMIT = 2_000;
const CLUSTERS = 60;
/** Length of what tells photos of a cluster apart, beside the centre's 1: cosines near .5 inside a cluster. */
const SPREAD = 1;
/** Directions that photos mostly differ in, as those of real ones do: the weight of the n-th is 1 / n. */
const MAIN_DIRECTIONS = 24;
/** Every so-many photos a copy of one before it follows, in another folder. */
const COPY_EVERY = 8;
const COPY_SCORE = 0.93;
const FOLDERS = ['Family archive', 'Phone backup', 'NAS trips', 'NAS scans', 'Wedding', 'Old disk'];
const CAMERAS = ['Pixel 7', 'Canon EOS 80D', 'iPhone 12', 'DMC-FZ200'];
const COLOURS = 48;

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

function normalised(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function drawn(random: Random, dims: number): Float64Array {
  return normalised(Float64Array.from({ length: dims }, () => normal(random)));
}

class Embeddings {
  readonly #random: Random;
  readonly #dims: number;
  readonly #main: Float64Array[];
  readonly #centres: Float64Array[];

  constructor(random: Random, dims: number) {
    this.#random = random;
    this.#dims = dims;
    this.#main = Array.from({ length: MAIN_DIRECTIONS }, () => drawn(random, dims));
    this.#centres = Array.from({ length: CLUSTERS }, () => this.#mixed());
  }

  of(cluster: number): Float32Array {
    const centre = this.#centres[cluster] ?? this.#mixed();
    const own = this.#mixed();
    const noise = drawn(this.#random, this.#dims);
    const made = centre.map((value, i) => value + SPREAD * (own[i] ?? 0) + (noise[i] ?? 0) / 2);
    return Float32Array.from(normalised(made));
  }

  copyOf(embedding: Float32Array): Float32Array {
    const noise = drawn(this.#random, this.#dims);
    return Float32Array.from(normalised(Float64Array.from(embedding, (x, i) => x + 0.3 * (noise[i] ?? 0))));
  }

  #mixed(): Float64Array {
    const weights = this.#main.map((_, i) => normal(this.#random) / (1 + i / 3));
    const mixed = new Float64Array(this.#dims);
    for (const [k, direction] of this.#main.entries()) {
      for (let i = 0; i < mixed.length; i++)
        mixed[i] = (mixed[i] ?? 0) + (weights[k] ?? 0) * (direction[i] ?? 0);
    }
    return normalised(mixed);
  }
}

const none = new Float32Array(0);
const NO_FEATURES = encodeLocalFeatures({
  ...{ count: 0, width: 256, height: 192, codes: new Uint8Array(0) },
  ...{ x: none, y: none, scale: none, angle: none },
});

async function thumbnails(): Promise<Uint8Array[]> {
  const made: Uint8Array[] = [];
  for (let i = 0; i < COLOURS; i++) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="72"><rect width="96" height="72" fill="hsl(${(360 * i) / COLOURS} 45% ${35 + (i % 3) * 15}%)"/><circle cx="${20 + (i % 5) * 14}" cy="36" r="16" fill="#fff8"/></svg>`;
    made.push(new Uint8Array(await sharp(Buffer.from(svg)).jpeg().toBuffer()));
  }
  return made;
}

function record(seed: number, embedding: Float32Array, thumbnail: Uint8Array, random: Random): ContentRecord {
  const hash = new Uint8Array(32);
  new DataView(hash.buffer).setUint32(0, seed + 1);
  const width = random.pick([4_032, 3_000, 1_600, 800]);
  const day = 1.05e12 + random.next() * 6.5e11;
  return {
    hash,
    ...{ bytes: Math.round(width * width * 0.3), format: 'jpeg', width, height: width * 0.75 },
    takenAt: random.chance(0.85) ? new Date(day).toISOString().slice(0, 19) : null,
    camera: random.chance(0.8) ? random.pick(CAMERAS as [string, ...string[]]) : null,
    ...{ thumbnailHash: hash.slice(0, 16), streamHash: null, jpegQuality: 90, jpegWriter: null },
    ...{ facts: {}, thumbnail },
    ...{ features: Float32Array.of(1), embedding, boxes: [] },
    look: {
      ...{ localFeatures: NO_FEATURES, thumbnail: { width: 96, height: 72 }, boxes: [] },
      grey: { width: 1, height: 1, data: new Uint8Array(1) },
    },
  };
}

/** The model's name as the engine makes it. */
async function modelInUse(): Promise<{ name: string; dims: number }> {
  const { name, dims } = await readCard(path.join(root, 'assets/encoder'));
  const matcher = await readMatcherCard(path.join(root, 'assets/matcher'));
  return { name: `${name}-${matcher.name}`, dims };
}

/** Fills an empty database as scans of so many photos would have. */
export async function fillMadeLibrary(store: Store, photos = PHOTOS): Promise<void> {
  const { name: model, dims } = await modelInUse();
  const random = createRandom(SEED);
  const embeddings = new Embeddings(random, dims);
  const pictures = await thumbnails();
  const folders = FOLDERS.map((name) => {
    const at = `/made/${name}`;
    return store.folders.upsert({
      path: at,
      role: 'library',
      hidden: false,
      followLinks: false,
      exclude: [],
    });
  });
  let last: { id: number; embedding: Float32Array; cluster: number } | undefined;
  const pairs: PairRow[] = [];
  for (let from = 0; from < photos; from += COMMIT) {
    store.transaction(() => {
      for (let at = from; at < Math.min(photos, from + COMMIT); at++) {
        const copied = at % COPY_EVERY === 0 ? last : undefined;
        const cluster = copied?.cluster ?? Math.floor(CLUSTERS * random.next() ** 2);
        const embedding = copied === undefined ? embeddings.of(cluster) : embeddings.copyOf(copied.embedding);
        const picture = pictures[cluster % COLOURS] ?? new Uint8Array(0);
        const made = record(at, embedding, picture, random);
        const id = store.contents.insert(made, model);
        if (copied !== undefined)
          pairs.push({ ...{ a: copied.id, b: id, score: COPY_SCORE, relation: 'resized' }, ...PLAIN });
        last = { id, embedding, cluster };
        const folder = folders[copied === undefined ? Math.floor(6 * random.next() ** 1.6) : 1] ?? 1;
        const place = { folderId: folder, directory: `${cluster}`, name: `IMG_${at}.jpg` };
        const stamp = { bytes: made.bytes, modifiedMs: 1.5e12 + at, inode: null };
        store.photos.insert({ ...place, ...stamp, state: 'photo', contentId: id });
      }
    });
  }
  store.pairs.upsert(model, pairs);
  setGroupSource(store, groupSource(store, model));
}

const PLAIN = { reasons: [], measures: null };

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , file, photos] = process.argv;
  if (file === undefined) throw new Error('node test/bench/made-library.ts DATABASE [PHOTOS]');
  const store = openStore(path.resolve(file));
  await fillMadeLibrary(store, photos === undefined ? PHOTOS : Number(photos));
  store.close();
}
