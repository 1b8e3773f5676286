/** @file What a training learns from, gathered from the library: photos, damaged copies made on the fly, verdicts. */
import { LookalikeError } from '../../contract/errors.ts';
import type { TrainingSource } from '../../contract/model.ts';
import type { Embedder, EngineContext } from '../context.ts';
import { damages } from '../damage/damages.ts';
import { createRandom } from '../demo/random.ts';
import { samplePhotos, type SampledPhoto } from '../self-test/sample.ts';
import { Classes } from '../similarity/classes.ts';
import type { ContentId, ContentRecord, Store } from '../store/store.ts';
import { shuffled } from './batches.ts';
import type { JudgedRows, TrainingPhoto, TrainingSet } from './training-set.ts';

/** What the user says of two contents. */
export interface ContentVerdict {
  a: ContentId;
  b: ContentId;
  same: boolean;
}

export interface LearningData {
  train: TrainingSet;
  validation: TrainingSet;
  /** Split as the rows are: by photo, so that nothing of a photo is on both sides. */
  verdicts: { train: ContentVerdict[]; validation: ContentVerdict[] };
  photos: number;
}

/** Photos of which copies are made, and copies of each; fewer beside verdicts, which have to be learned while one waits. */
const AMOUNTS: Record<Exclude<TrainingSource, 'classes'>, { photos: number; views: number }> = {
  self: { photos: 160, views: 10 },
  verdicts: { photos: 48, views: 6 },
};
/** One in so many photos is for validation. */
const VALIDATION_PART = 5;
/** One to validate with, and a few that must be told apart. */
const FEWEST_PHOTOS = 4;
/** Collages show several photos at once. */
const usable = damages.filter(({ others }) => others === 0).map(({ name }) => name);

/** A photo with features of it and of its copies. */
export interface FeaturedPhoto {
  /** What it shows: photos of one unit are never split between training and validation. */
  content: ContentId | null;
  label: number;
  features: Float32Array[];
}

interface Gathering {
  signal: AbortSignal;
  seed: number;
  onPhoto: (done: number, total: number) => void;
}

/**
 * @throws LookalikeError NOTHING_TO_DO with too few photos or without verdicts, CANCELLED, BACKEND_UNAVAILABLE
 */
export async function gatherFromLibrary(
  context: EngineContext,
  head: Embedder,
  source: 'self' | 'verdicts',
  gathering: Gathering,
): Promise<LearningData> {
  const { store } = context;
  const verdicts = source === 'verdicts' ? readVerdicts(store) : [];
  const { photos: wanted, views } = AMOUNTS[source];
  const sample = shuffled(samplePhotos(store, wanted), createRandom(gathering.seed));
  if (sample.length < FEWEST_PHOTOS) throw tooFewPhotos(sample.length);
  const featured = await featuresOf(context, sample, views, gathering);
  const units = unitsOf(featured, verdicts);
  return assemble(store, head, featured, verdicts, units, gathering.seed);
}

export function tooFewPhotos(found: number): LookalikeError {
  return new LookalikeError(
    'NOTHING_TO_DO',
    `There is too little to learn from: ${found} photos that can be read, and it takes ${FEWEST_PHOTOS}.`,
    { nextStep: 'Add a folder with more photos and scan it, or connect its disk.' },
  );
}

function readVerdicts(store: Store): ContentVerdict[] {
  const verdicts = store.verdicts.list().map(({ a, b, verdict }) => ({ a, b, same: verdict === 'same' }));
  if (verdicts.length > 0) return verdicts;
  throw new LookalikeError('NOTHING_TO_DO', 'There are no verdicts to learn from yet.', {
    nextStep: 'Say of some pairs whether they are the same: lookalike teach names those that settle most.',
  });
}

/** Several photos at a time, as many as the workers take. */
async function featuresOf(
  context: EngineContext,
  sample: readonly SampledPhoto[],
  views: number,
  { signal, seed, onPhoto }: Gathering,
): Promise<FeaturedPhoto[]> {
  const reader = await context.reader();
  const featured: (FeaturedPhoto | undefined)[] = [];
  let [next, done] = [0, 0];
  const work = async (): Promise<void> => {
    for (let at = next++; at < sample.length; at = next++) {
      const photo = sample[at];
      if (photo === undefined) return;
      const random = createRandom(seed + at);
      const names = Array.from({ length: views }, () => usable[random.integer(0, usable.length - 1)] ?? '');
      const copies = await readable(() =>
        reader.damagedCopies(photo.path, [], names, random.integer(0, 1e9), signal),
      );
      const [own] = context.store.contents.features(photo.content);
      if (own !== undefined && copies.length > 0) {
        featured[at] = { content: photo.content, label: at, features: [own, ...copies.map(shownBy)] };
      }
      onPhoto(++done, sample.length);
    }
  };
  await Promise.all(Array.from({ length: reader.capacity }, work));
  const found = featured.filter((photo) => photo !== undefined);
  if (found.length < FEWEST_PHOTOS) throw tooFewPhotos(found.length);
  return found;
}

/** None of a photo that can't be read now. */
async function readable(work: () => Promise<ContentRecord[]>): Promise<ContentRecord[]> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LookalikeError && error.code === 'PHOTO_UNREADABLE') return [];
    throw error;
  }
}

/** A copy is compared by its content box where it has one. */
function shownBy({ features, boxes }: ContentRecord): Float32Array {
  return boxes[0]?.features ?? features;
}

/** Photos and contents that verdicts tie together, whatever they say, are one unit. @returns unit of each content */
function unitsOf(
  photos: readonly FeaturedPhoto[],
  verdicts: readonly ContentVerdict[],
): Map<ContentId, number> {
  const contents = [
    ...new Set([
      ...photos.flatMap(({ content }) => (content === null ? [] : [content])),
      ...verdicts.flatMap(({ a, b }) => [a, b]),
    ]),
  ];
  const places = new Map(contents.map((content, i) => [content, i]));
  const classes = new Classes(contents.length);
  for (const { a, b } of verdicts) classes.join(places.get(a) ?? 0, places.get(b) ?? 0);
  return new Map(contents.map((content, i) => [content, classes.rootOf(i)]));
}

/** Rows in the making. */
class Rows {
  readonly photos: TrainingPhoto[] = [];
  readonly pairs: JudgedRows[] = [];
  readonly #inputs: Float32Array[] = [];
  readonly #head: Embedder;

  constructor(head: Embedder) {
    this.#head = head;
  }

  add(features: Float32Array): number {
    return this.#inputs.push(this.#head.embed(features).slice()) - 1;
  }

  set(): TrainingSet {
    const width = this.#inputs[0]?.length ?? 0;
    const inputs = new Float32Array(this.#inputs.length * width);
    for (const [i, row] of this.#inputs.entries()) inputs.set(row, i * width);
    return { inputs, width, photos: this.photos, pairs: this.pairs };
  }
}

function assemble(
  store: Store,
  head: Embedder,
  photos: readonly FeaturedPhoto[],
  verdicts: readonly ContentVerdict[],
  units: ReadonlyMap<ContentId, number>,
  seed: number,
): LearningData {
  const order = shuffled([...new Set(units.values())], createRandom(seed));
  const heldOut = new Set(order.filter((_, i) => i % VALIDATION_PART === 0));
  const isHeld = (content: ContentId | null): boolean => heldOut.has(units.get(content ?? -1) ?? -1);
  const sides = { train: new Rows(head), validation: new Rows(head) };
  for (const { content, label, features } of photos) {
    const rows = isHeld(content) ? sides.validation : sides.train;
    rows.photos.push({ label, rows: features.map((own) => rows.add(own)) });
  }
  const split: LearningData['verdicts'] = { train: [], validation: [] };
  for (const verdict of verdicts) {
    const side = isHeld(verdict.a) ? 'validation' : 'train';
    split[side].push(verdict);
    const [a] = store.contents.features(verdict.a);
    const [b] = store.contents.features(verdict.b);
    if (a === undefined || b === undefined) continue;
    sides[side].pairs.push({ a: sides[side].add(a), b: sides[side].add(b), same: verdict.same });
  }
  return {
    train: sides.train.set(),
    validation: sides.validation.set(),
    verdicts: split,
    photos: photos.length,
  };
}

/** Photos of one class count as views of one photo. Split by photo, so that a class is on both sides. */
export function assembleClasses(
  head: Embedder,
  photos: readonly FeaturedPhoto[],
  seed: number,
): LearningData {
  const order = shuffled(photos, createRandom(seed));
  const sides = { train: new Rows(head), validation: new Rows(head) };
  for (const [side, list] of [
    ['validation', order.filter((_, i) => i % VALIDATION_PART === 0)],
    ['train', order.filter((_, i) => i % VALIDATION_PART !== 0)],
  ] as const) {
    const classes = Map.groupBy(list, ({ label }) => label);
    for (const [label, members] of classes) {
      const rows = members.flatMap(({ features }) => features.map((own) => sides[side].add(own)));
      sides[side].photos.push({ label, rows });
    }
  }
  const verdicts = { train: [], validation: [] };
  return { train: sides.train.set(), validation: sides.validation.set(), verdicts, photos: photos.length };
}
