/**
 * @file The index of votes on disk: a line of JSON that says what follows, the arrays as they lie in memory (little
 * endian), a checksum. 0.8 kB a photo.
 */
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import * as v from 'valibot';
import { VOTES_REVISION } from '../similarity/votes/parameters.ts';
import { type VoteIndex } from '../similarity/votes/vote-index.ts';

/** Written and read at once: one call can't take 2 GB. */
const CHUNK_BYTES = 1 << 24;
const HEADER_BYTES = 1024;
const CHECKSUM_BYTES = 4;

const header = v.object({
  revision: v.number(),
  vocabulary: v.string(),
  key: v.string(),
  photos: v.pipe(v.number(), v.integer(), v.minValue(0)),
  postings: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

type Header = v.InferOutput<typeof header>;

/** Why the photos have to be added again; undefined when the index holds what the file held. */
export type NotLoaded = 'missing' | 'stale' | 'damaged' | undefined;

/**
 * Replaces the file at once, whole or not at all.
 * @param key what the index was made from; a file with another key is not loaded
 */
export async function saveVoteIndex(index: VoteIndex, file: string, key: string): Promise<void> {
  const { photos, postings, arrays } = index.save();
  const said: Header = { revision: VOTES_REVISION, vocabulary: index.vocabulary, key, photos, postings };
  const line = Buffer.from(JSON.stringify(said).padEnd(HEADER_BYTES));
  if (line.length > HEADER_BYTES) throw new RangeError(`A key of ${key.length} letters is too long.`);
  const temporary = `${file}.new`;
  const target = await open(temporary, 'w');
  try {
    await target.write(line);
    const checksum = Buffer.alloc(CHECKSUM_BYTES);
    checksum.writeUInt32LE(await inChunks(arrays, (chunk) => writeAll(target, chunk)));
    await target.write(checksum);
    await target.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await target.close();
  }
  await rename(temporary, file);
}

/**
 * Into an empty index, which stays empty when the file can't be used.
 * @throws Error when the file is there but can't be read from the disk
 */
export async function loadVoteIndex(index: VoteIndex, file: string, key: string): Promise<NotLoaded> {
  let source: FileHandle;
  try {
    source = await open(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'missing';
    throw error;
  }
  try {
    const said = await readHeader(source);
    if (said === undefined) return 'damaged';
    if (said.revision !== VOTES_REVISION || said.vocabulary !== index.vocabulary || said.key !== key) {
      return 'stale';
    }
    await index.load(said.photos, said.postings, async (arrays) => {
      const checksum = await inChunks(arrays, (chunk) => readAll(source, chunk));
      const written = Buffer.alloc(CHECKSUM_BYTES);
      await readAll(source, written);
      if (written.readUInt32LE() !== checksum) throw new DamagedFile();
    });
    return undefined;
  } catch (error) {
    if (error instanceof DamagedFile) return 'damaged';
    throw error;
  } finally {
    await source.close();
  }
}

class DamagedFile extends Error {}

async function readHeader(source: FileHandle): Promise<Header | undefined> {
  const line = Buffer.alloc(HEADER_BYTES);
  await readAll(source, line);
  try {
    const parsed = v.safeParse(header, JSON.parse(line.toString()));
    return parsed.success ? parsed.output : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @returns the checksum of all arrays, one after the other */
async function inChunks(
  arrays: readonly Uint8Array<ArrayBuffer>[],
  move: (chunk: Uint8Array<ArrayBuffer>) => Promise<void>,
): Promise<number> {
  let checksum = 0;
  for (const array of arrays) {
    for (let at = 0; at < array.length; at += CHUNK_BYTES) {
      const chunk = array.subarray(at, at + CHUNK_BYTES);
      await move(chunk);
      checksum = crc32(chunk, checksum);
    }
  }
  return checksum;
}

async function writeAll(target: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length;) at += (await target.write(chunk, at)).bytesWritten;
}

async function readAll(source: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length;) {
    const { bytesRead } = await source.read(chunk, at, chunk.length - at);
    if (bytesRead === 0) throw new DamagedFile();
    at += bytesRead;
  }
}
