/** @file A pair of the library looked at on its files when somebody asks, and stored; a scan looks at those it has time for. */
import type { EngineContext, ModelInfo } from '../context.ts';
import type { StoredSides } from '../matching/side.ts';
import { lookAtPair, type ContentOnDisk } from '../scan/look-at-pair.ts';
import { storeLooks } from '../scan/look-stage.ts';

/**
 * Once: what was looked at, or proved equal, is not opened again.
 * @throws LookalikeError PHOTO_UNREADABLE that names the file, CANCELLED, BACKEND_UNAVAILABLE
 */
export async function lookAtStored(
  context: EngineContext,
  model: ModelInfo,
  { sides, a, b }: { sides: StoredSides; a: ContentOnDisk; b: ContentOnDisk },
  signal: AbortSignal,
): Promise<void> {
  const { store } = context;
  const stored = store.pairs.get(model.name, a.id, b.id);
  if (a.id === b.id || stored?.relation === 'same-pixels' || stored?.measures?.looked === 'files') return;
  const [judge, weights, reader] = [await context.judge(), await context.weights(), await context.reader()];
  const row = await lookAtPair({ store, model, sides, judge, weights, reader, signal }, a, b);
  if (row?.measures?.looked !== 'files') return;
  storeLooks({ store, model }, [row]);
  context.groups.forget();
  context.notify({ type: 'library-changed' });
}
