/** @file The kernel of the votes in WASM: one instance, and views of its memory. It needs SIMD. */
import { CODE_BYTES } from '../../features/parameters.ts';
import { growTo } from '../wasm-memory.ts';
import { type VoteArrays, type VoteKernel } from './kernel.ts';
import {
  BRANCHES,
  CHECKED_PHOTOS,
  FRESH_POSTINGS_MAX,
  LIST_MAX,
  PHOTOS_MAX,
  QUERY_FEATURES_MAX,
  QUERY_WORDS_MAX,
  SCALE_STEPS,
  TURN_STEPS,
  VOTES_REVISION,
  WORDS,
} from './parameters.ts';

export const VOTES_WASM = 'votes.wasm';

const POSTING_BYTES = 12;
/** Four postings are read at once, also at the end. */
const SPARE_BYTES = 16;

/** As wasm/index.ts exports it; the globals are addresses in bytes. */
type VoteExports = Record<
  | 'revision'
  | 'branches'
  | 'words'
  | 'offsets'
  | 'postings'
  | 'freshHeads'
  | 'freshLengths'
  | 'freshNext'
  | 'freshHigh'
  | 'freshLow'
  | 'freshPlace'
  | 'shares'
  | 'counts'
  | 'logarithms'
  | 'cosines'
  | 'sines'
  | 'scales'
  | 'codes'
  | 'nearest'
  | 'queryHigh'
  | 'queryLow'
  | 'queryPlace'
  | 'bestNumbers'
  | 'bestVotes',
  WebAssembly.Global
> & {
  memory: WebAssembly.Memory;
  assign: (count: number, branches: number, wanted: number) => void;
  collect: (count: number, wanted: number, wordBits: number, listMax: number, weightBase: number) => number;
  vote: (hits: number) => number;
};

/**
 * @param bytes votes.wasm, as scripts/build-wasm.ts made it
 * @throws WebAssembly.CompileError when it is damaged; Error when it was built from other sources
 */
export async function createWasmKernel(bytes: Uint8Array): Promise<VoteKernel> {
  const { instance } = await WebAssembly.instantiate(bytes);
  const exports = instance.exports as unknown as VoteExports;
  if (exports.revision.value !== VOTES_REVISION) {
    throw new Error(`It counts votes by revision ${exports.revision.value}, not ${VOTES_REVISION}.`);
  }
  let arrays = viewsOf(exports, 0);
  return {
    kind: 'wasm',
    get arrays() {
      return arrays;
    },
    reservePostings(count) {
      growTo(exports.memory, exports.postings.value + count * POSTING_BYTES + SPARE_BYTES);
      arrays = viewsOf(exports, count);
    },
    assign: (count, branches, wanted) => exports.assign(count, branches, wanted),
    collect: ({ count, words, wordBits, listMax, weightBase }) =>
      exports.collect(count, words, wordBits, listMax, weightBase),
    vote: (hits) => exports.vote(hits),
  };
}

function viewsOf(exports: VoteExports, postings: number): VoteArrays {
  const { buffer } = exports.memory;
  const bytes = ({ value }: WebAssembly.Global, length: number): Uint8Array =>
    new Uint8Array(buffer, value, length);
  const halves = ({ value }: WebAssembly.Global, length: number): Uint16Array =>
    new Uint16Array(buffer, value, length);
  const whole = ({ value }: WebAssembly.Global, length: number): Uint32Array =>
    new Uint32Array(buffer, value, length);
  const signed = ({ value }: WebAssembly.Global, length: number): Int32Array =>
    new Int32Array(buffer, value, length);
  const fresh = (address: WebAssembly.Global): Uint32Array => whole(address, FRESH_POSTINGS_MAX + 1);
  return {
    branches: bytes(exports.branches, BRANCHES * CODE_BYTES),
    words: bytes(exports.words, WORDS * CODE_BYTES),
    main: {
      offsets: whole(exports.offsets, WORDS + 1),
      postings: whole(exports.postings, postings * (POSTING_BYTES / 4)),
    },
    fresh: {
      heads: whole(exports.freshHeads, WORDS),
      lengths: whole(exports.freshLengths, WORDS),
      next: fresh(exports.freshNext),
      high: fresh(exports.freshHigh),
      low: fresh(exports.freshLow),
      place: fresh(exports.freshPlace),
    },
    shares: halves(exports.shares, PHOTOS_MAX),
    counts: bytes(exports.counts, PHOTOS_MAX),
    logarithms: halves(exports.logarithms, LIST_MAX + 1),
    cosines: signed(exports.cosines, TURN_STEPS),
    sines: signed(exports.sines, TURN_STEPS),
    scales: signed(exports.scales, 2 * SCALE_STEPS),
    codes: bytes(exports.codes, QUERY_FEATURES_MAX * CODE_BYTES),
    nearest: halves(exports.nearest, QUERY_FEATURES_MAX * QUERY_WORDS_MAX),
    query: {
      high: whole(exports.queryHigh, QUERY_FEATURES_MAX),
      low: whole(exports.queryLow, QUERY_FEATURES_MAX),
      place: whole(exports.queryPlace, QUERY_FEATURES_MAX),
    },
    bestNumbers: whole(exports.bestNumbers, CHECKED_PHOTOS),
    bestVotes: new Float64Array(buffer, exports.bestVotes.value, CHECKED_PHOTOS),
  };
}
