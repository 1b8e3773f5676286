/** @file Writes what readers found into the library, a batch a transaction: a kill loses at most one. */
import type { FailureCode, PhotoId } from '../../contract/model.ts';
import type { Clock } from '../ports.ts';
import type { ReadResult } from '../reader/reader.ts';
import type { ContentId, FileRow, FileStamp, Store } from '../store/store.ts';
import { countChange } from './change-number.ts';
import type { PendingFile } from './pending-file.ts';
import type { ScanReporter } from './scan-progress.ts';

/** Whichever comes first. */
const COMMIT_FILES = 64;
const COMMIT_MS = 500;
/** Lists that show the library are told of what was read no more often than this. */
const NEWS_MS = 2000;

interface Outcome {
  file: PendingFile;
  result: ReadResult;
}

interface Failure {
  code: FailureCode;
  reason: string;
  since: string;
}

type FileContent = Pick<FileRow, 'state' | 'contentId'>;

export class ResultWriter {
  readonly #store: Store;
  readonly #model: string;
  readonly #clock: Clock;
  readonly #reporter: ScanReporter;
  readonly #tellNews: () => void;
  #waiting: Outcome[] = [];
  #committedAt: number;
  #toldAt = -Infinity;

  /** @param tellNews called after commits that changed the library's photos, not after each of them */
  constructor(store: Store, model: string, clock: Clock, reporter: ScanReporter, tellNews: () => void) {
    this.#store = store;
    this.#model = model;
    this.#clock = clock;
    this.#reporter = reporter;
    this.#tellNews = tellNews;
    this.#committedAt = clock.now();
  }

  /** Takes results of the files, in their order. */
  add(files: readonly PendingFile[], results: readonly ReadResult[]): void {
    for (const [index, file] of files.entries()) {
      const result = results[index];
      if (result === undefined) throw new Error('A reader gave fewer results than it got files');
      this.#waiting.push({ file, result });
    }
    const late = this.#clock.now() - this.#committedAt >= COMMIT_MS;
    if (late || this.#waiting.length >= COMMIT_FILES) this.commit();
  }

  commit(): void {
    const outcomes = this.#waiting;
    this.#waiting = [];
    const changed = outcomes.length > 0 && this.#store.transaction(() => this.#writeAll(outcomes));
    this.#committedAt = this.#clock.now();
    if (changed && this.#committedAt - this.#toldAt >= NEWS_MS) {
      this.#toldAt = this.#committedAt;
      this.#tellNews();
    }
    for (const { file } of outcomes) this.#reporter.add(1, file.stamp.bytes);
  }

  /** @returns whether the library's photos are others now. */
  #writeAll(outcomes: Outcome[]): boolean {
    const changed = outcomes.map((outcome) => this.#write(outcome)).includes(true);
    if (changed) countChange(this.#store);
    return changed;
  }

  #write({ file, result }: Outcome): boolean {
    switch (result.kind) {
      case 'read':
        return this.#writePhoto(file, result.stamp, this.#store.contents.insert(result.record, this.#model));
      case 'known': {
        const contentId = this.#store.contents.idByHash(result.hash);
        if (contentId === undefined) throw new Error('A known content was forgotten during the scan');
        return this.#writePhoto(file, result.stamp, contentId);
      }
      case 'other':
        this.#save(file, result.stamp, { state: 'other', contentId: null });
        return wasPhoto(file);
      case 'failed':
        return this.#writeFailure(file, result);
    }
  }

  #writePhoto(file: PendingFile, stamp: FileStamp, contentId: ContentId): boolean {
    const { counts } = this.#reporter;
    const id = this.#save(file, stamp, { state: 'photo', contentId });
    this.#reporter.show(id);
    const touched = file.known?.contentId === contentId;
    if (file.known === null) counts.new++;
    else if (touched) counts.unchanged++;
    else counts.changed++;
    return !touched;
  }

  #writeFailure(file: PendingFile, result: Extract<ReadResult, { kind: 'failed' }>): boolean {
    // It could not even be opened, and nothing says that it is a photo: the next scan tries again.
    if (!file.named && result.stamp === null) return false;
    this.#reporter.counts.failed++;
    // Still the same: nothing to write.
    if (file.failed === result.code) return false;
    const { code, reason } = result;
    const since = new Date(this.#clock.now()).toISOString();
    const stamp = result.stamp ?? file.stamp;
    this.#save(file, stamp, { state: 'failed', contentId: null }, { code, reason, since });
    return wasPhoto(file);
  }

  #save(file: PendingFile, stamp: FileStamp, content: FileContent, failure?: Failure): PhotoId {
    const { photos } = this.#store;
    const row = { ...stamp, ...content };
    if (file.known !== null) {
      photos.update(file.known.id, row, failure);
      return file.known.id;
    }
    const { root, directory, name } = file;
    return photos.insert({ folderId: root.id, directory, name, ...row }, failure);
  }
}

function wasPhoto(file: PendingFile): boolean {
  return typeof file.known?.contentId === 'number';
}
