/**
 * @file How well the library's own photos would be found again: damaged copies of a sample, made in memory, looked for as
 * a scan would.
 */
import type { SelfTest, SelfTestProgress } from '../../contract/model.ts';
import type { EngineContext } from '../context.ts';
import { damages } from '../damage/damages.ts';
import { LookalikeError } from '../../contract/errors.ts';
import { requireEmbeddings } from '../methods/library-vectors.ts';
import type { ContentId, ContentRecord } from '../store/store.ts';
import { LibrarySearch } from './library-search.ts';
import { samplePhotos, type SampledPhoto } from './sample.ts';
import { Tally } from './tally.ts';

export interface SelfTestCall {
  signal: AbortSignal;
  emit: (progress: SelfTestProgress) => void;
}

const MOST_OTHERS = Math.max(...damages.map(({ others }) => others));

/** @throws LookalikeError NOTHING_TO_DO, CANCELLED, BACKEND_UNAVAILABLE */
export async function runSelfTest(
  context: EngineContext,
  photos: number,
  { signal, emit }: SelfTestCall,
): Promise<SelfTest> {
  const { store } = context;
  const model = await context.model();
  requireEmbeddings(store, model.name);
  const threshold = await context.groups.threshold();
  // A few more, because collages are filled with other photos.
  const sample = samplePhotos(store, photos + MOST_OTHERS);
  const tested = sample.slice(0, photos);
  const search = await LibrarySearch.open(context, model, signal);
  const tally = new Tally();
  const others = Math.min(MOST_OTHERS, sample.length - 1);
  const possible = damages.filter((damage) => damage.others <= others);
  const names = possible.map(({ name }) => name);
  const total = tested.length * possible.length;
  let read = 0;
  for (const [at, photo] of tested.entries()) {
    const beside = nextOnes(sample, at, others);
    const own = await relatives(context, [photo], threshold, signal);
    const shown = own.union(await relatives(context, beside, threshold, signal));
    const records = await damagedCopies(context, photo, beside, { names, seed: at }, signal);
    if (records.length > 0) read++;
    for (const [i, record] of records.entries()) {
      const matches = await search.copiesOf(record, threshold, signal);
      // A collage shows the others too.
      tally.add(names[i] ?? '', matches, photo.content, (possible[i]?.others ?? 0) > 0 ? shown : own);
      emit({ done: at * possible.length + i + 1, total });
    }
    if (records.length === 0) emit({ done: (at + 1) * possible.length, total });
  }
  return { photos: read, ...tally.figures(), threshold, model: model.name };
}

/** Round and round. */
function nextOnes(sample: readonly SampledPhoto[], at: number, count: number): SampledPhoto[] {
  return Array.from({ length: count }, (_, i) => sample[(at + 1 + i) % sample.length]).filter(
    (photo) => photo !== undefined,
  );
}

/** None of a photo that can't be read now. */
async function damagedCopies(
  context: EngineContext,
  photo: SampledPhoto,
  beside: readonly SampledPhoto[],
  { names, seed }: { names: string[]; seed: number },
  signal: AbortSignal,
): Promise<ContentRecord[]> {
  const reader = await context.reader();
  const others = beside.map(({ path }) => path);
  try {
    return await reader.damagedCopies(photo.path, others, names, seed, signal);
  } catch (error) {
    if (!(error instanceof LookalikeError) || error.code !== 'PHOTO_UNREADABLE') throw error;
    context.logger.log('warn', 'A photo of the self-test could not be read.');
    return [];
  }
}

/** Copies of copies count: one that was changed further is often known only by way of another. */
const STEPS = 2;

/** Contents that show what one of these photos shows: what is found of them is no mistake. */
async function relatives(
  { groups }: EngineContext,
  photos: readonly SampledPhoto[],
  threshold: number,
  signal: AbortSignal,
): Promise<Set<ContentId>> {
  const index = await groups.index(signal);
  const { rows } = index;
  const known = new Set<number>();
  for (const { id } of photos) {
    const own = index.contentOf(id);
    if (own === undefined) continue;
    known.add(own);
    for (const { photo } of index.copiesOf(id, threshold)?.members ?? []) known.add(photo.content);
  }
  // Copies in other groups, because they do not match all of this one.
  for (let step = 0; step < STEPS; step++) {
    for (const content of [...known]) {
      for (const row of rows.index.rowsOf(content)) {
        const [a, b] = [rows.pairs.a[row] ?? 0, rows.pairs.b[row] ?? 0];
        const areCopies = (rows.pairs.score[row] ?? 0) >= threshold;
        if (areCopies || index.holds(a, b) || index.holds(b, a)) known.add(a).add(b);
      }
    }
  }
  return new Set([...known].map((content) => rows.contents[content] ?? 0));
}
