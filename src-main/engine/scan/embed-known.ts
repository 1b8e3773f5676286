/** @file Embeddings of the active model for contents that were read before it came: from their stored features. */
import { LookalikeError } from '../../contract/errors.ts';
import type { Embedder } from '../context.ts';
import { createPause } from '../similarity/pacing.ts';
import type { ContentId, Store } from '../store/store.ts';
import type { StageRun } from './stage.ts';

/** Contents whose embeddings are committed at once: what an interruption can lose. */
const COMMIT_CONTENTS = 256;

/**
 * Opens no photo and starts no backend: trunk and features stay the same when a head is exchanged.
 * @param onDone how many of the contents have theirs, after each commit
 * @throws LookalikeError CANCELLED (what was committed stays), DATABASE_DAMAGED, BACKEND_UNAVAILABLE
 */
export async function embedKnown(
  run: Pick<StageRun, 'store' | 'model' | 'signal' | 'head'>,
  contents: readonly ContentId[],
  onDone: (done: number) => void,
): Promise<void> {
  if (contents.length === 0) return;
  const { store, model, signal } = run;
  const embedder = await run.head();
  const pause = createPause(signal);
  for (let from = 0; from < contents.length; from += COMMIT_CONTENTS) {
    const ids = contents.slice(from, from + COMMIT_CONTENTS);
    const batch: { id: ContentId; part: number; embedding: Float32Array }[] = [];
    for (const id of ids) {
      await pause();
      for (const [part, features] of featuresOf(store, embedder, id).entries()) {
        batch.push({ id, part, embedding: embedder.embed(features) });
      }
    }
    store.contents.embed(model.name, batch);
    onDone(from + ids.length);
  }
}

/** Of the frame and its content boxes. */
function featuresOf(store: Store, { features: wanted }: Embedder, id: ContentId): Float32Array[] {
  const parts = store.contents.features(id);
  if (parts.length > 0 && parts.every(({ length }) => length === wanted)) return parts;
  const fault = `The features of content ${id} are missing or of another length in ${store.path}.`;
  throw new LookalikeError('DATABASE_DAMAGED', fault, { nextStep: 'Move the database away and scan again.' });
}
