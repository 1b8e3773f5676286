/** @file Which contents of a group hold the same pixels: proved by a full decode, and only once for each pair. */
import { LookalikeError } from '../../contract/errors.ts';
import type { ReaderPool } from '../reader/reader.ts';
import { createPause } from '../similarity/pacing.ts';
import { maySharePixels } from '../similarity/relation.ts';
import type { ContentId, ContentRow } from '../store/store.ts';
import type { StageRun } from './stage.ts';

export interface PixelProof {
  /** Score of any two contents. */
  score: (a: ContentId, b: ContentId) => number;
  /** Path of a file that has the content. */
  path: (content: ContentId) => string;
}

/**
 * Number of the class of each content: two contents of one class decode to the same pixels. What was proved before is
 * read from the stored pairs; what is proved now is stored.
 */
export async function pixelClasses(
  run: StageRun,
  contents: readonly ContentRow[],
  proof: PixelProof,
): Promise<Map<ContentId, number>> {
  const first: ContentRow[] = [];
  const classes = new Map<ContentId, number>();
  const pause = createPause(run.signal);
  for (const content of contents) {
    await pause();
    let found = first.length;
    for (const [number, other] of first.entries()) {
      if (await sharePixels(run, other, content, proof)) {
        found = number;
        break;
      }
    }
    if (found === first.length) first.push(content);
    classes.set(content.id, found);
  }
  return classes;
}

async function sharePixels(
  run: StageRun,
  a: ContentRow,
  b: ContentRow,
  { score, path }: PixelProof,
): Promise<boolean> {
  const { store, model, signal } = run;
  if (!maySharePixels(a, b, () => score(a.id, b.id))) return false;
  if (store.pairs.get(model.name, a.id, b.id)?.relation === 'same-pixels') return true;
  const proved = await comparePixels(await run.reader(), path(a.id), path(b.id), signal);
  if (proved === 'unreadable') run.logger.log('warn', 'Two photos could not be compared pixel by pixel.');
  if (proved !== 'same') return false;
  const [low, high] = a.id < b.id ? [a.id, b.id] : [b.id, a.id];
  const pair = { a: low, b: high, score: score(a.id, b.id), relation: 'same-pixels' } as const;
  store.pairs.upsert(model.name, [{ ...pair, reasons: [], measures: null }]);
  return true;
}

/**
 * A full decode of both. `unreadable`: one is gone or on a disk that is not there; what can't be proved is not claimed.
 * @throws LookalikeError CANCELLED, BACKEND_UNAVAILABLE
 */
export async function comparePixels(
  reader: ReaderPool,
  a: string,
  b: string,
  signal: AbortSignal,
): Promise<'same' | 'different' | 'unreadable'> {
  try {
    return (await reader.samePixels(a, b, signal)) ? 'same' : 'different';
  } catch (error) {
    if (error instanceof LookalikeError && error.code === 'PHOTO_UNREADABLE') return 'unreadable';
    throw error;
  }
}
