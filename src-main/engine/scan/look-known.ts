/** @file Looks of contents that were read by a version without them, or with others: from their stored thumbnails. */
import { throwIfCancelled } from '../jobs/cancel.ts';
import { together } from '../jobs/together.ts';
import { storedThumbnail } from '../matching/side.ts';
import type { StoredThumbnail } from '../reader/reader.ts';
import type { ContentId, Store } from '../store/store.ts';
import type { StageRun } from './stage.ts';

/** Contents of one task and one commit: a quarter of a second, and what an interruption can lose. */
const BATCH_CONTENTS = 32;

/**
 * Opens no photo. Their pairs go and are to be made anew.
 * @param onDone how many of the contents have theirs, after each commit
 * @throws LookalikeError CANCELLED (what was committed stays), DATABASE_DAMAGED, BACKEND_UNAVAILABLE
 */
export async function lookAtKnown(
  run: StageRun,
  contents: readonly ContentId[],
  onDone: (done: number) => void,
): Promise<void> {
  if (contents.length === 0) return;
  const { store, model } = run;
  const pool = await run.reader();
  let next = 0;
  let done = 0;
  await together(pool.capacity, run.signal, async (signal) => {
    while (next < contents.length) {
      throwIfCancelled(signal);
      const ids = contents.slice(next, (next += BATCH_CONTENTS));
      const updates = await pool.looks(
        ids.map((id) => thumbnailOf(store, id)),
        signal,
      );
      store.contents.addFeatures(model.name, updates);
      onDone((done += ids.length));
    }
  });
}

function thumbnailOf(store: Store, id: ContentId): StoredThumbnail {
  return { id, jpeg: Uint8Array.from(storedThumbnail(store, id)) };
}
