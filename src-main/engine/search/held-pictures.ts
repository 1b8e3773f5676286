/**
 * @file Pictures that are no photos of the library, read once for all questions about them. Their bytes come from the
 * window; the reader's workers read files, so they lie in a folder of their own while they are read.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LookalikeError } from '../../contract/errors.ts';
import type { HeldPicture, Region } from '../../contract/model.ts';
import type { EngineContext } from '../context.ts';
import { readPhotos } from '../methods/read-photo.ts';
import type { ContentRecord, ThumbnailLook } from '../store/store.ts';

export interface Held {
  name: string;
  record: ContentRecord;
}

/** About 100 kB each; the last ones asked for. */
const PICTURES_KEPT = 32;

export class HeldPictures {
  readonly #context: EngineContext;
  readonly #held = new Map<string, Held>();

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** @throws LookalikeError PHOTO_UNREADABLE, CANCELLED, BACKEND_UNAVAILABLE */
  async add(name: string, data: Uint8Array, signal: AbortSignal): Promise<HeldPicture> {
    const record = await this.#read(name, data, signal);
    const picture = Buffer.from(record.hash).toString('hex');
    this.#keep(picture, { name, record });
    const { width, height, bytes, format, takenAt, camera, look } = record;
    const content = contentRegion(look);
    return { picture, name, width, height, bytes, format, takenAt, camera, content };
  }

  /** @throws LookalikeError NOT_FOUND */
  get(picture: string): Held {
    const held = this.#held.get(picture);
    if (held === undefined) {
      throw new LookalikeError('NOT_FOUND', 'The picture is not held any more.', {
        nextStep: 'Choose it again.',
      });
    }
    this.#keep(picture, held);
    return held;
  }

  #keep(picture: string, held: Held): void {
    this.#held.delete(picture);
    this.#held.set(picture, held);
    const [oldest] = this.#held.keys();
    if (this.#held.size > PICTURES_KEPT && oldest !== undefined) this.#held.delete(oldest);
  }

  async #read(name: string, data: Uint8Array, signal: AbortSignal): Promise<ContentRecord> {
    const folder = await mkdtemp(path.join(tmpdir(), 'lookalike-picture-'));
    const file = path.join(folder, 'picture');
    try {
      await writeFile(file, data, { mode: 0o600 });
      const [read] = await readPhotos(this.#context, [file], signal);
      if (read === undefined) throw new RangeError('The reader gave no result.');
      return read.record;
    } catch (error) {
      throw named(error, file, name);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** The file's own name means nothing to anybody. */
function named(error: unknown, file: string, name: string): unknown {
  if (!(error instanceof LookalikeError) || error.code !== 'PHOTO_UNREADABLE') return error;
  const message = error.message.replaceAll(file, name === '' ? 'The picture' : name);
  return new LookalikeError('PHOTO_UNREADABLE', message, {
    nextStep: 'Choose a JPEG, PNG, WebP, AVIF, GIF or TIFF file.',
    cause: error,
  });
}

/** The largest content box in parts of the frame. */
function contentRegion({ boxes, thumbnail }: ThumbnailLook): Region | null {
  const [box] = boxes;
  if (box === undefined) return null;
  return {
    left: box.left / thumbnail.width,
    top: box.top / thumbnail.height,
    width: box.width / thumbnail.width,
    height: box.height / thumbnail.height,
  };
}
