/** @file The photos of an index: which number stands for which id, and the postings of each in the lists. */
import { type LocalFeatures } from '../../features/local-features.ts';
import { CODE_BYTES } from '../../features/parameters.ts';
import { createIdTable, type IdTable } from './id-table.ts';
import { type VoteKernel } from './kernel.ts';
import { linkFresh, mergeFresh, postingCount, sweepMain } from './lists.ts';
import {
  FRESH_PHOTOS_MAX,
  FRESH_PHOTOS_SEARCHED,
  INDEX_BRANCHES,
  INDEXED_FEATURES,
  PHOTOS_MAX,
  QUERY_WORDS_MAX,
  WORDS,
} from './parameters.ts';
import { writePostings } from './postings.ts';

/** The arrays of an index, to be written to a file or filled from one; they are the index itself, not copies. */
export interface SavedIndex {
  photos: number;
  postings: number;
  arrays: Uint8Array<ArrayBuffer>[];
}

export const SHARE_MAX = 65_535;
/** Photos with many codes have more hits by chance: votes count by this power of how many they have, from 20 on. */
const SHARE_EXPONENT = -0.35;
const SHARE_CODES_MIN = 20;
/** Removed photos are swept out when they are this part of all. */
const REMOVED_PART_MAX = 1 / 8;
const FIRST_CAPACITY = 1024;
const ID_MAX = 0xffffffff;
const REMOVED = -1;

function shareOf(codes: number): number {
  return Math.round(SHARE_MAX * (Math.max(SHARE_CODES_MIN, codes) / SHARE_CODES_MIN) ** SHARE_EXPONENT);
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array | Uint16Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

export class IndexedPhotos {
  readonly #kernel: VoteKernel;
  /** By number; a number whose share is 0 belongs to a removed photo. */
  #ids = new Uint32Array(FIRST_CAPACITY);
  #table: IdTable;
  #count = 0;
  #removed = 0;
  #freshPhotos = 0;
  #freshPostings = 0;

  constructor(kernel: VoteKernel) {
    this.#kernel = kernel;
    this.#table = this.#makeTable();
  }

  get size(): number {
    return this.#count - this.#removed;
  }

  /** Those of removed photos among them, until they are swept out. */
  get postings(): number {
    return postingCount(this.#kernel.arrays.main) + this.#freshPostings;
  }

  idOf(number: number): number {
    return this.#ids[number] ?? 0;
  }

  numberOf(id: number): number | undefined {
    const number = this.#table.numberOf(id);
    return number === undefined || this.#isRemoved(number) ? undefined : number;
  }

  *ids(): Generator<number> {
    for (let number = 0; number < this.#count; number++) {
      if (!this.#isRemoved(number)) yield this.idOf(number);
    }
  }

  /** @throws RangeError */
  add(id: number, features: LocalFeatures): void {
    if (!Number.isInteger(id) || id < 0 || id > ID_MAX) throw new RangeError(`${id} is no id of a photo.`);
    if (this.numberOf(id) !== undefined) throw new RangeError(`Photo ${id} is in the index already.`);
    this.#makeRoom();
    const number = this.#count++;
    this.#ids[number] = id;
    this.#table.set(id, number);
    const count = Math.min(features.count, INDEXED_FEATURES);
    this.#kernel.arrays.shares[number] = shareOf(count);
    this.#link(number, features, count);
  }

  remove(id: number): boolean {
    const number = this.numberOf(id);
    if (number === undefined) return false;
    this.#kernel.arrays.shares[number] = 0;
    this.#removed++;
    return true;
  }

  /** Before a search: too many new photos would be slow to look through. */
  tidy(): void {
    if (this.#freshPhotos > FRESH_PHOTOS_SEARCHED) this.#merge();
    if (this.#removed > this.#count * REMOVED_PART_MAX) this.#sweep();
  }

  save(): SavedIndex {
    this.#merge();
    return this.#saved();
  }

  /** @param read fills the arrays; when it fails, the index stays empty */
  async load(
    photos: number,
    postings: number,
    read: (arrays: Uint8Array<ArrayBuffer>[]) => Promise<void>,
  ): Promise<void> {
    if (this.#count > 0) throw new RangeError('Only an empty index can be loaded.');
    if (photos > PHOTOS_MAX) throw new RangeError(`An index holds ${PHOTOS_MAX} photos, not ${photos}.`);
    this.#kernel.reservePostings(postings);
    this.#ids = new Uint32Array(Math.max(FIRST_CAPACITY, photos));
    const { main, shares } = this.#kernel.arrays;
    main.offsets[WORDS] = postings;
    this.#count = photos;
    try {
      await read(this.#saved().arrays);
    } catch (error) {
      main.offsets.fill(0);
      this.#count = 0;
      throw error;
    }
    this.#removed = shares.subarray(0, photos).reduce((count, share) => count + (share === 0 ? 1 : 0), 0);
    this.#table = this.#makeTable();
  }

  #saved(): SavedIndex {
    const { main, shares } = this.#kernel.arrays;
    const postings = postingCount(main);
    const numbers = [this.#ids.subarray(0, this.#count), shares.subarray(0, this.#count), main.offsets];
    return {
      photos: this.#count,
      postings,
      arrays: [...numbers, main.postings.subarray(0, 3 * postings)].map(bytesOf),
    };
  }

  #isRemoved(number: number): boolean {
    return this.#kernel.arrays.shares[number] === 0;
  }

  #makeTable(): IdTable {
    const table = createIdTable((number) => this.idOf(number), this.#count);
    for (let number = 0; number < this.#count; number++) table.set(this.idOf(number), number);
    return table;
  }

  #makeRoom(): void {
    if (this.#freshPhotos === FRESH_PHOTOS_MAX) this.#merge();
    if (this.#count === PHOTOS_MAX && this.#removed > 0) this.#sweep();
    if (this.#count === PHOTOS_MAX) throw new RangeError(`An index holds at most ${PHOTOS_MAX} photos.`);
    if (this.#count < this.#ids.length) return;
    const larger = new Uint32Array(Math.min(PHOTOS_MAX, this.#ids.length * 2));
    larger.set(this.#ids);
    this.#ids = larger;
  }

  #link(number: number, features: LocalFeatures, count: number): void {
    const { codes, nearest, fresh } = this.#kernel.arrays;
    codes.set(features.codes.subarray(0, count * CODE_BYTES));
    this.#kernel.assign(count, INDEX_BRANCHES, 1);
    // Place 0 ends a list.
    const first = this.#freshPostings + 1;
    writePostings(features, count, number, fresh, first);
    for (let i = 0; i < count; i++) linkFresh(fresh, first + i, nearest[i * QUERY_WORDS_MAX] ?? 0);
    this.#freshPostings += count;
    this.#freshPhotos++;
  }

  #merge(): void {
    mergeFresh(this.#kernel, this.#freshPostings);
    this.#freshPostings = 0;
    this.#freshPhotos = 0;
  }

  /** Removed photos go, the others move up in their order. */
  #sweep(): void {
    this.#merge();
    const { main, shares } = this.#kernel.arrays;
    const numbers = new Int32Array(this.#count).fill(REMOVED);
    let kept = 0;
    for (let number = 0; number < this.#count; number++) {
      const share = shares[number] ?? 0;
      if (share === 0) continue;
      numbers[number] = kept;
      shares[kept] = share;
      this.#ids[kept++] = this.idOf(number);
    }
    shares.fill(0, kept, this.#count);
    sweepMain(main, numbers);
    this.#count = kept;
    this.#removed = 0;
    this.#table = this.#makeTable();
  }
}
