/** @file What of a folder the library lacks: its photos are read and looked for as a scan would; nothing is written. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { LookalikeError } from '../../contract/errors.ts';
import type { MissingPhotos, SimilarPhoto } from '../../contract/model.ts';
import type { EngineContext, ModelInfo } from '../context.ts';
import { throwIfCancelled } from '../jobs/cancel.ts';
import { nameKind } from '../library/photo-names.ts';
import { walk } from '../library/walk.ts';
import { NO_CONTENT, sideOfRecord } from '../matching/side.ts';
import { libraryAtHand } from '../at-hand/library-at-hand.ts';
import { READ_BATCH_FILES, type FileToRead, type ReadResult } from '../reader/reader.ts';
import { isCopyRelation } from '../similarity/relation.ts';
import { similarPhotos } from './similar-photos.ts';

interface Progress {
  done: number;
  total: number;
}

/** @throws LookalikeError FOLDER_MISSING, CANCELLED, BACKEND_UNAVAILABLE */
export async function missingPhotos(
  context: EngineContext,
  model: ModelInfo,
  folder: string,
  { signal, emit }: { signal: AbortSignal; emit: (progress: Progress) => void },
): Promise<MissingPhotos> {
  const files = await filesIn(folder, signal);
  const found: MissingPhotos = { photos: 0, same: 0, copies: [], missing: [], failed: [] };
  const reader = await context.reader();
  for (let from = 0; from < files.length; from += READ_BATCH_FILES) {
    throwIfCancelled(signal);
    for (const result of await reader.read(files.slice(from, from + READ_BATCH_FILES), signal))
      await lookFor(context, model, result, found, signal);
    emit({ done: Math.min(files.length, from + READ_BATCH_FILES), total: files.length });
  }
  return found;
}

async function filesIn(folder: string, signal: AbortSignal): Promise<FileToRead[]> {
  const root = await folderAt(folder);
  const files: FileToRead[] = [];
  const options = { root, hidden: false, followLinks: false, exclude: [], signal };
  for await (const listing of walk(options)) {
    for (const { name } of listing.files) {
      const kind = nameKind(name);
      if (kind === 'other') continue;
      files.push({ path: path.join(root, listing.directory, name), named: kind === 'photo' });
    }
  }
  return files;
}

async function folderAt(folder: string): Promise<string> {
  try {
    if ((await stat(folder)).isDirectory()) return await realpath(folder);
  } catch (cause) {
    throw missing(folder, cause);
  }
  throw missing(folder);
}

function missing(folder: string, cause?: unknown): LookalikeError {
  return new LookalikeError('FOLDER_MISSING', `${folder} is no folder that can be read.`, {
    nextStep: 'Check the path, or connect its disk.',
    cause,
  });
}

async function lookFor(
  context: EngineContext,
  model: ModelInfo,
  result: ReadResult,
  found: MissingPhotos,
  signal: AbortSignal,
): Promise<void> {
  if (result.kind === 'other') return;
  if (result.kind === 'failed') {
    found.failed.push({ path: result.path, reason: result.reason });
    return;
  }
  found.photos += 1;
  const hash = result.kind === 'known' ? result.hash : result.record.hash;
  const content = context.store.contents.idByHash(hash);
  const { photosOf } = await libraryAtHand(context, model, signal);
  if (content !== undefined && photosOf.has(content)) {
    found.same += 1;
    return;
  }
  const copy = result.kind === 'read' ? await bestCopy(context, model, result, signal) : undefined;
  if (copy === undefined) found.missing.push(result.path);
  else {
    const { photo, relation, probability } = copy;
    found.copies.push({ path: result.path, of: photo, relation, probability });
  }
}

/** As in groups: a copy is what scores at least the threshold in use. */
async function bestCopy(
  context: EngineContext,
  model: ModelInfo,
  { path: file, record }: ReadResult & { kind: 'read' },
  signal: AbortSignal,
): Promise<SimilarPhoto | undefined> {
  const side = sideOfRecord(record, NO_CONTENT);
  const asked = { path: file, side, top: 1, metric: 'cosine', among: { undated: false } } as const;
  const [best] = await similarPhotos(context, model, asked, signal);
  if (best === undefined || best.score < (await context.groups.threshold())) return undefined;
  return isCopyRelation(best.relation) || best.relation === 'similar' ? best : undefined;
}
