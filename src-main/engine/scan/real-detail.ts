/** @file Measures how much of its resolution a photo uses, where a keeper depends on it: an enlarged copy must not stay. */
import { LookalikeError } from '../../contract/errors.ts';
import type { GroupIndex } from '../groups/group-index.ts';
import type { GroupPhoto, GroupSummary } from '../groups/group-summary.ts';
import { mayBeEnlarged } from '../similarity/keeper-rules.ts';
import { pathOf } from './same-pixels.ts';
import type { StageRun } from './stage.ts';

/** Once a content. A file that can't be read now is left for the next scan. */
export async function measureDetail(run: StageRun, index: GroupIndex, group: GroupSummary): Promise<void> {
  if (!index.keepers().uses('detail') && !index.keepers().uses('original')) return;
  const photos = [...new Map(group.members.map(({ photo }) => [photo.content, photo])).values()];
  const open = photos.filter(({ detail }) => detail === null);
  if (open.length === 0 || !mayBeEnlarged(photos)) return;
  for (const photo of open) await measure(run, index, photo);
}

async function measure(run: StageRun, index: GroupIndex, photo: GroupPhoto): Promise<void> {
  const path = pathOf(index, photo.content);
  if (path === undefined) return;
  const reader = await run.reader();
  try {
    const share = await reader.detail(path, run.signal);
    run.store.contents.setDetail(index.rows.contents[photo.content] ?? 0, share);
  } catch (error) {
    if (!(error instanceof LookalikeError) || error.code !== 'PHOTO_UNREADABLE') throw error;
    run.logger.log('warn', 'Detail of a photo could not be measured.');
  }
}
