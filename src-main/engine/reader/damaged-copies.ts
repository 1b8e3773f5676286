/** @file A worker's part of the self-test: a photo is decoded, damaged in memory, and the copies are read as files are. */
import { damages } from '../damage/damages.ts';
import { createRandom } from '../demo/random.ts';
import type { RgbImage } from '../imaging/image.ts';
import type { ContentRecord } from '../store/store.ts';
import type { BatchReader } from './batch-reader.ts';
import { READ_BATCH_FILES } from './reader.ts';
import { STOPPED, type CopiesTask } from './tasks.ts';

const BY_NAME = new Map(damages.map((damage) => [damage.name, damage]));

/** @throws RangeError for a damage that does not exist; LookalikeError PHOTO_UNREADABLE, BACKEND_UNAVAILABLE */
export async function damagedCopies(
  task: CopiesTask,
  reader: BatchReader,
  decode: (path: string) => Promise<RgbImage>,
): Promise<ContentRecord[] | typeof STOPPED> {
  const image = await decode(task.path);
  const others: RgbImage[] = [];
  for (const path of task.others) others.push(await decode(path));
  const records: ContentRecord[] = [];
  for (let from = 0; from < task.damages.length; from += READ_BATCH_FILES) {
    const files: Buffer[] = [];
    for (const [at, name] of task.damages.slice(from, from + READ_BATCH_FILES).entries()) {
      if (Atomics.load(task.cancel, 0) !== 0) return STOPPED;
      const damage = BY_NAME.get(name);
      if (damage === undefined) throw new RangeError(`There is no damage called "${name}".`);
      files.push(await damage.apply(image, createRandom(task.seed + from + at), others));
    }
    records.push(...(await reader.readBytes(files)));
  }
  return records;
}
