/** @file A worker's work on a batch: read, hash, leave out what is known, decode, note, embed. */
import { LookalikeError } from '../../contract/errors.ts';
import type { BackendName } from '../../contract/model.ts';
import type { Encoded, Encoder } from '../encoder/encoder.ts';
import type { FeatureExtractor } from '../features/local-features.ts';
import type { DecodedPhoto } from '../imaging/decode.ts';
import { DecodeFailure } from '../imaging/failure.ts';
import { detectFormat } from '../imaging/format.ts';
import { contentHash } from '../imaging/hashes.ts';
import type { KnownContents } from '../store/open.ts';
import type { ContentRecord, FileStamp, ThumbnailLook } from '../store/store.ts';
import { DecodeNote } from './in-flight.ts';
import { boxImages, encodeAll, lookOf } from './look.ts';
import { FileFailure, FileMemory, withOpenFile, type OpenFile } from './read-file.ts';
import { READ_BATCH_FILES, type FileToRead, type ReadResult } from './reader.ts';
import { STOPPED, type ReadAnswer, type ReadTask } from './tasks.ts';

/** While a file up to this size is decoded the next one is read already; larger ones are alone in memory. */
const READ_AHEAD_BYTES = 32 * 1024 * 1024;

export interface BatchTools {
  decode: (bytes: Buffer) => Promise<DecodedPhoto>;
  /** Made when the first photo has to be embedded, the same one afterwards. */
  encoder: () => Promise<Encoder>;
  /** Made when it is first needed, too. */
  extractor: () => Promise<FeatureExtractor>;
  known: KnownContents;
}

/** A file whose bytes are new. */
interface ToDecode {
  kind: 'decode';
  path: string;
  named: boolean;
  stamp: FileStamp;
  hash: Buffer;
  bytes: Buffer;
}

interface Decoded {
  kind: 'decoded';
  file: Omit<ToDecode, 'bytes'>;
  photo: DecodedPhoto;
}

export class BatchReader {
  readonly #tools: BatchTools;
  /** One for the file that is decoded, one for the next; they take turns. */
  readonly #memories = [new FileMemory(), new FileMemory()] as const;
  #backend: BackendName | null = null;
  #note: { run: string; note: DecodeNote } | undefined;

  constructor(tools: BatchTools) {
    this.#tools = tools;
  }

  /** @throws LookalikeError BACKEND_UNAVAILABLE */
  async read(task: ReadTask): Promise<ReadAnswer> {
    const outcomes = await this.#decodeAll(task);
    if (outcomes === STOPPED) return { backend: this.#backend, results: STOPPED };
    const results: ReadResult[] = [];
    for (let from = 0; from < outcomes.length; from += READ_BATCH_FILES) {
      results.push(...(await this.#embed(outcomes.slice(from, from + READ_BATCH_FILES))));
    }
    return { backend: this.#backend, results };
  }

  /** What a scan would make of files with these bytes, in their order. @throws DecodeFailure, LookalikeError */
  async readBytes(files: readonly Buffer[]): Promise<ContentRecord[]> {
    const decoded: Decoded[] = [];
    for (const bytes of files) {
      const stamp = { bytes: bytes.length, modifiedMs: 0, inode: null };
      const file = { kind: 'decode', path: '', named: true, stamp, hash: contentHash(bytes) } as const;
      decoded.push({ kind: 'decoded', file, photo: await this.#tools.decode(bytes) });
    }
    const results = await this.#embed(decoded);
    return results.flatMap((result) => (result.kind === 'read' ? [result.record] : []));
  }

  async #decodeAll({ files, notes, cancel }: ReadTask): Promise<(ReadResult | Decoded)[] | typeof STOPPED> {
    const outcomes: (ReadResult | Decoded)[] = [];
    let ahead: ReadResult | ToDecode | undefined;
    for (const [index, file] of files.entries()) {
      if (Atomics.load(cancel, 0) !== 0) return STOPPED;
      const current = ahead ?? this.#open(file, index);
      ahead = undefined;
      if (current.kind !== 'decode') {
        outcomes.push(current);
        continue;
      }
      const decoding = this.#decode(current, notes);
      const next = files[index + 1];
      // The decoder works on a thread of its own; this one would only wait.
      if (next !== undefined && current.bytes.length <= READ_AHEAD_BYTES) {
        ahead = this.#open(next, index + 1);
      }
      outcomes.push(await decoding);
    }
    return outcomes;
  }

  #open(file: FileToRead, turn: number): ReadResult | ToDecode {
    const { path, named } = file;
    try {
      return withOpenFile(path, (open) => {
        const { stamp } = open;
        // Whatever else lies in the folder, films of many gigabytes too, is not read whole.
        if (!named && typeof detectFormat(open.head) !== 'string') return { kind: 'other', path, stamp };
        const bytes = readOrFail(open, this.#memories[turn % 2 === 0 ? 0 : 1]);
        if (bytes instanceof FileFailure) return refused(file, stamp, bytes);
        const hash = contentHash(bytes);
        if (file.fresh !== true && this.#tools.known.has(hash)) {
          return { kind: 'known', path, stamp, hash: compact(hash) };
        }
        return { kind: 'decode', path, named, stamp, hash, bytes };
      });
    } catch (error) {
      if (error instanceof FileFailure) return refused(file, null, error);
      throw error;
    }
  }

  async #decode({ bytes, ...file }: ToDecode, notes: ReadTask['notes']): Promise<ReadResult | Decoded> {
    const note = this.#openNote(notes);
    if (note !== undefined && notes !== null) {
      note.begin(notes.slot, { path: file.path, ...file.stamp }, notes.attempt);
    }
    try {
      return { kind: 'decoded', file, photo: await this.#tools.decode(bytes) };
    } catch (error) {
      // No photo is to blame for a decoder that can't be opened.
      if (error instanceof LookalikeError) throw error;
      return refused(file, file.stamp, asDecodeFailure(error));
    } finally {
      if (note !== undefined && notes !== null) note.end(notes.slot);
    }
  }

  #openNote(notes: ReadTask['notes']): DecodeNote | undefined {
    if (notes === null) return undefined;
    if (this.#note?.run !== notes.run) {
      this.#note?.note.close();
      this.#note = { run: notes.run, note: new DecodeNote(notes.file) };
    }
    return this.#note.note;
  }

  async #embed(outcomes: (ReadResult | Decoded)[]): Promise<ReadResult[]> {
    const photos = outcomes.filter((outcome) => outcome.kind === 'decoded');
    if (photos.length === 0) return outcomes.filter((outcome) => outcome.kind !== 'decoded');
    const encoder = await this.#tools.encoder();
    this.#backend = encoder.backend;
    const extractor = await this.#tools.extractor();
    const looked = photos.map((decoded) => ({ decoded, look: lookOf(decoded.photo.thumbnail, extractor) }));
    const encoded = encodeAll(
      encoder,
      looked.map(({ decoded: { photo }, look }) => [photo.thumbnail, ...boxImages(photo.thumbnail, look)]),
    );
    const records = new Map(
      looked.map(({ decoded, look }, index) => [decoded, recordOf(decoded, look, encoded[index])]),
    );
    return outcomes.map((outcome) => {
      if (outcome.kind !== 'decoded') return outcome;
      const record = records.get(outcome);
      if (record === undefined) throw new Error('A decoded photo was not embedded');
      return { kind: 'read', path: outcome.file.path, stamp: outcome.file.stamp, record };
    });
  }
}

function readOrFail(open: OpenFile, memory: FileMemory): Buffer | FileFailure {
  try {
    return open.bytes(memory);
  } catch (error) {
    if (error instanceof FileFailure) return error;
    throw error;
  }
}

/** Nobody expects a photo in a file that is not named like one. */
function refused(
  { path, named }: FileToRead,
  stamp: FileStamp | null,
  { code, reason }: { code: FileFailure['code']; reason: string },
): ReadResult {
  if (!named && stamp !== null) return { kind: 'other', path, stamp };
  return { kind: 'failed', path, stamp, code, reason };
}

function asDecodeFailure(error: unknown): { code: FileFailure['code']; reason: string } {
  if (error instanceof DecodeFailure) return error;
  return {
    code: 'DAMAGED',
    reason: `It can't be decoded: ${error instanceof Error ? error.message : String(error)}`,
  };
}

function recordOf(
  { file, photo }: Decoded,
  look: ThumbnailLook,
  [frame, ...boxes]: readonly Encoded[] = [],
): ContentRecord {
  if (frame === undefined) throw new Error('The encoder gave fewer results than it got images');
  const { format, width, height, takenAt, camera, jpegQuality, jpegWriter, facts } = photo;
  return {
    hash: compact(file.hash),
    bytes: file.stamp.bytes,
    format,
    width,
    height,
    takenAt,
    camera,
    jpegQuality,
    jpegWriter,
    facts,
    thumbnailHash: compact(photo.thumbnailHash),
    streamHash: photo.streamHash && compact(photo.streamHash),
    thumbnail: compact(photo.thumbnailJpeg),
    look,
    ...frame,
    boxes,
  };
}

/** A copy of its own: a message carries the whole memory behind a view. */
function compact(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes);
}
