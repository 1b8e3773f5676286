/** @file Which contents of a group hold the same pixels: proved by a full decode, and only once for each pair. */
import { LookalikeError } from '../../contract/errors.ts';
import type { ReaderPool } from '../reader/reader.ts';
import type { GroupIndex } from '../groups/group-index.ts';
import type { GroupSummary } from '../groups/group-summary.ts';
import { withoutOpenQuestion } from '../matching/open-pair.ts';
import { createPause } from '../similarity/pacing.ts';
import { maySharePixels } from '../similarity/relation.ts';
import { cosine } from '../similarity/vectors.ts';
import type { ContentId, ContentRow } from '../store/store.ts';
import type { StageRun } from './stage.ts';

/**
 * Pairs of a group that may share pixels are decoded whole; what is proved is stored. A content that was proved equal to
 * one is not compared with others that are.
 */
export async function provePixels(run: StageRun, index: GroupIndex, group: GroupSummary): Promise<void> {
  const { store, signal } = run;
  const contents = [...new Set(group.members.map(({ photo }) => photo.content))];
  if (contents.length < 2) return;
  const rows = new Map(
    store.contents.byIds(contents.map((content) => idOf(index, content))).map((row) => [row.id, row]),
  );
  const first: number[] = [];
  const pause = createPause(signal);
  for (const content of contents) {
    await pause();
    const row = rows.get(idOf(index, content));
    if (row === undefined) continue;
    let found = false;
    for (const other of first) {
      const known = rows.get(idOf(index, other));
      if (known === undefined || !(await sharePixels(run, index, [other, known], [content, row]))) continue;
      found = true;
      break;
    }
    if (!found) first.push(content);
  }
}

type Numbered = readonly [content: number, row: ContentRow];

async function sharePixels(
  run: StageRun,
  index: GroupIndex,
  [contentA, a]: Numbered,
  [contentB, b]: Numbered,
): Promise<boolean> {
  const { store, model, signal } = run;
  const cosineOf = (): number => {
    const [one, other] = [a, b].map(({ id }) => store.contents.embedding(id, model.name));
    return one === undefined || other === undefined ? -1 : cosine(one, other);
  };
  if (!maySharePixels(a, b, cosineOf)) return false;
  const stored = store.pairs.get(model.name, a.id, b.id);
  if (stored?.relation === 'same-pixels') return true;
  const [pathA, pathB] = [pathOf(index, contentA), pathOf(index, contentB)];
  if (pathA === undefined || pathB === undefined) return false;
  const proved = await comparePixels(await run.reader(), pathA, pathB, signal);
  if (proved === 'unreadable') run.logger.log('warn', 'Two photos could not be compared pixel by pixel.');
  if (proved !== 'same') return false;
  const [low, high] = a.id < b.id ? [a.id, b.id] : [b.id, a.id];
  const measures = withoutOpenQuestion(stored?.measures ?? null);
  store.pairs.upsert(model.name, [
    { a: low, b: high, score: stored?.score ?? 1, relation: 'same-pixels', reasons: [], measures },
  ]);
  return true;
}

function idOf({ rows }: GroupIndex, content: number): ContentId {
  return rows.contents[content] ?? 0;
}

/** Of a file that can be reached, if there is one. */
export function pathOf({ rows }: GroupIndex, content: number): string | undefined {
  const photos = rows.photos[content] ?? [];
  return (photos.find(({ folderId }) => rows.online.has(folderId)) ?? photos[0])?.path;
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
