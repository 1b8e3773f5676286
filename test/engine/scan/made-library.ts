/** @file A library in a real database with made embeddings and thumbnails, and what a stage needs to run on it. */
import sharp from 'sharp';
import { silentLogger } from '../../../src-main/engine/ports.ts';
import type { Embedder, EngineContext, ModelInfo } from '../../../src-main/engine/context.ts';
import { GroupBook } from '../../../src-main/engine/groups/group-book.ts';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import type { FolderRole } from '../../../src-main/contract/model.ts';
import type { PairJudge } from '../../../src-main/engine/matching/judge.ts';
import type { LibraryVotes } from '../../../src-main/engine/votes/library-votes.ts';
import type { ReaderPool, ReadResult, StoredThumbnail } from '../../../src-main/engine/reader/reader.ts';
import type { StageRun } from '../../../src-main/engine/scan/stage.ts';
import type { ContentRecord, LookUpdate, Store } from '../../../src-main/engine/store/store.ts';
import { normalised } from '../similarity/made-vectors.ts';
import { addPhoto, content, MODEL, temporaryStore } from '../store/temporary-store.ts';

export const model: ModelInfo = {
  name: MODEL,
  dims: 8,
  threshold: 0.8,
  safeFrom: 0.95,
  calibration: [
    { score: 0.5, probability: 0 },
    { score: 0.8, probability: 0.9 },
    { score: 1, probability: 1 },
  ],
};

/** Unit vector in the plane of two axes of eight: photos of one plane have the cosine of their angles' difference. */
export function direction(plane: 0 | 1 | 2 | 3, degrees: number): Float32Array {
  const values = Array<number>(8).fill(0);
  values[plane * 2] = Math.cos((degrees * Math.PI) / 180);
  values[plane * 2 + 1] = Math.sin((degrees * Math.PI) / 180);
  return Float32Array.from(normalised(values));
}

/** A ramp with a bright corner: no turn or mirror leaves it as it is. */
async function rampThumbnail(turn: 0 | 90 | 180 | 270): Promise<Uint8Array> {
  const data = Buffer.alloc(64 * 48 * 3);
  for (let y = 0; y < 48; y++) {
    for (let x = 0; x < 64; x++)
      data.fill(x < 20 && y < 14 ? 255 : x * 2 + y, (y * 64 + x) * 3, (y * 64 + x) * 3 + 3);
  }
  const jpeg = sharp(data, { raw: { width: 64, height: 48, channels: 3 } })
    .rotate(turn)
    .jpeg({ quality: 95 });
  return new Uint8Array(await jpeg.toBuffer());
}

export const thumbnails = {
  upright: await rampThumbnail(0),
  clockwise: await rampThumbnail(90),
};

export interface MadeLibrary {
  store: Store;
  add: (
    name: string,
    changes?: Partial<ContentRecord>,
    folder?: FolderRole,
  ) => { id: number; contentId: number };
}

export function madeLibrary(): MadeLibrary {
  const store = temporaryStore();
  const folders = new Map<FolderRole, number>();
  const folderOf = (role: FolderRole): number => {
    const path = `/photos/${role}`;
    const known = folders.get(role);
    if (known !== undefined) return known;
    const id = store.folders.upsert({ path, role, hidden: false, followLinks: false, exclude: [] });
    store.folders.setOnline(id, true);
    folders.set(role, id);
    return id;
  };
  let seed = 0;
  return {
    store,
    add(name, changes = {}, role = 'library') {
      const record = content(++seed, {
        thumbnail: thumbnails.upright,
        embedding: direction(0, 0),
        ...changes,
      });
      return addPhoto(store, folderOf(role), name, record);
    },
  };
}

/** A reader that knows which files share pixels, and which can be read. */
export class FakeReader implements ReaderPool {
  readonly capacity: number = 1;
  readonly backend = null;
  readonly compared: string[] = [];
  readonly alike = new Set<string>();
  readonly missing = new Set<string>();
  readonly files = new Map<string, ReadResult>();
  readonly details = new Map<string, number>();
  readonly measured: string[] = [];

  /** None of its files can be opened. */
  secondLook(): Promise<null> {
    return Promise.reject(new LookalikeError('PHOTO_UNREADABLE', 'Made files can’t be looked at.'));
  }

  samePixels(a: string, b: string): Promise<boolean> {
    this.compared.push([a, b].sort().join(' '));
    const gone = [a, b].find((path) => this.missing.has(path));
    if (gone !== undefined) {
      return Promise.reject(new LookalikeError('PHOTO_UNREADABLE', `${gone} can't be read.`));
    }
    return Promise.resolve(this.alike.has(a) && this.alike.has(b));
  }

  read(files: { path: string }[]): Promise<ReadResult[]> {
    return Promise.resolve(
      files.map(
        ({ path }): ReadResult =>
          this.files.get(path) ?? {
            kind: 'failed',
            path,
            stamp: null,
            code: 'VANISHED',
            reason: 'It is gone.',
          },
      ),
    );
  }

  looks(thumbnails: StoredThumbnail[]): Promise<LookUpdate[]> {
    this.compared.push(...thumbnails.map(({ id }) => `look ${id}`));
    return Promise.reject(new Error('Made contents have their looks.'));
  }

  damagedCopies(): Promise<never> {
    return Promise.reject(new Error('No photo is damaged in these tests.'));
  }

  detail(path: string): Promise<number> {
    this.measured.push(path);
    return Promise.resolve(this.details.get(path) ?? 1);
  }

  picture(): Promise<never> {
    return Promise.reject(new Error('No picture is asked for in these tests.'));
  }

  idle(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Takes the three features of a made content; where they point, its embedding points. */
export const madeHead: Embedder = {
  features: 3,
  embed: (features) => Float32Array.from(normalised([...features, 0, 0, 0, 0, 0])),
};

/** Made contents have no pictures: their cosine says what they are. */
export const cosineJudge: PairJudge = {
  judge: (_a, _b, cosine) =>
    Promise.resolve({
      score: Math.max(0, cosine),
      likeness: cosine >= model.threshold ? 'copy' : 'none',
      measures: null,
      evidence: { cosine, verification: null, second: null, trusted: false },
      looked: null,
    }),
};

const noVotes: LibraryVotes = {
  search: () => [],
  searchFor: () => [],
  save: () => Promise.resolve(),
};

export type Report = Parameters<StageRun['report']>[0];

export function stageRun(
  store: Store,
  { reader = new FakeReader(), signal = new AbortController().signal, reports = [] as Report[] } = {},
): StageRun {
  return {
    store,
    model,
    clock: { now: () => 0 },
    logger: silentLogger,
    reader: () => Promise.resolve(reader),
    head: () => Promise.resolve(madeHead),
    judge: () => Promise.resolve(cosineJudge),
    weights: () => Promise.reject(new Error('Made files can’t be looked at.')),
    votes: () => Promise.resolve(noVotes),
    screening: () => Promise.resolve(undefined),
    signal,
    report: (counts) => reports.push(counts),
  };
}

export function engineContext(store: Store, reader = new FakeReader()): EngineContext {
  return {
    store,
    groups: new GroupBook({ store, model: () => Promise.resolve(model) }),
    reader: () => Promise.resolve(reader),
    backend: null,
    useModel: () => Promise.reject(new Error('No model is switched in these tests.')),
    model: () => Promise.resolve(model),
    head: () => Promise.resolve(madeHead),
    judge: () => Promise.resolve(cosineJudge),
    weights: () => Promise.reject(new Error('Made files can’t be looked at.')),
    votes: () => Promise.resolve(noVotes),
    screening: () => Promise.resolve(undefined),
    clock: { now: () => 0 },
    logger: silentLogger,
    options: {
      databasePath: store.path,
      trunkDirectory: '',
      headDirectory: '',
      matcherDirectory: '',
      vocabularyDirectory: '',
      wasmDirectory: '',
      readerWorker: '',
      searchWorker: '',
      demoDirectory: '',
      version: '0.0.0',
    },
    notify: () => undefined,
  };
}
