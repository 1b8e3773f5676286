/**
 * @file Nearest embeddings of all photos: time of the screened exact search, by threads, and of the graph, and which neighbours
 * they find. Real embeddings and made ones of their mean and covariance. `node test/bench/neighbours.ts [ROWS...]`
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { photosArePresent, splitPhotos } from '../../scripts/head-data.ts';
import { root } from '../../scripts/setup/paths.mjs';
import { createRandom, type Random } from '../../src-main/engine/demo/random.ts';
import { createEncoder } from '../../src-main/engine/encoder/encoder.ts';
import { decodePhoto } from '../../src-main/engine/imaging/decode.ts';
import { createScreenedIndex } from '../../src-main/engine/similarity/exact/screened-index.ts';
import { createHnswIndex } from '../../src-main/engine/similarity/hnsw.ts';
import { emptyLists, type NearestLists, offer } from '../../src-main/engine/similarity/nearest-lists.ts';
import { cosineOfRows, rowCount, rowOf, type UnitVectors } from '../../src-main/engine/similarity/vectors.ts';
import { openScreening } from '../../src-main/engine/neighbours/open-screening.ts';
import { buildWasm } from '../engine/features/built-wasm.ts';
import { processorMs } from './measure.ts';

const ROWS = [20_000, 100_000];
const THREADS = [1, 2];
const WORKER = path.join(root, 'src-main/engine/neighbours/search-worker.ts');
const TARGET_S = 30;
const NEIGHBOURS = 10;
/** Rows whose neighbours are known by comparing with every other. */
const CHECKED_ROWS = 200;
const GRAPH_QUERIES = 1_000;
const ENCODED_AT_ONCE = 8;
const SEED = 3;
/** Real photos that a made one is mixed from: enough for a normal distribution of their covariance. */
const MIXED = 24;
const COPY_SHARE = 0.3;
const COPY_COSINES = [0.6, 0.98] as const;

async function realEmbeddings(): Promise<Float32Array[]> {
  const encoder = await createEncoder({
    trunkDirectory: path.join(root, 'out/encoder'),
    headDirectory: path.join(root, 'assets/encoder'),
  });
  sharp.concurrency(1);
  const { calibration, heldOut, distractors } = splitPhotos();
  const files = [...calibration, ...heldOut, ...distractors];
  const found: Float32Array[] = [];
  for (let from = 0; from < files.length; from += ENCODED_AT_ONCE) {
    const batch = files.slice(from, from + ENCODED_AT_ONCE);
    const photos = await Promise.all(batch.map(async (file) => decodePhoto(await readFile(file))));
    const encoded = encoder.encode(photos.map(({ thumbnail }) => thumbnail));
    found.push(...encoded.map(({ embedding }) => embedding));
  }
  encoder.dispose();
  return found;
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

function scaledTo(vector: Float64Array, length: number): Float64Array {
  const now = Math.hypot(...vector);
  return vector.map((value) => (value * length) / now);
}

/** The real rows, then made ones: photos of their mean and covariance, and copies of any row before. */
function fillRows(real: readonly Float32Array[], rows: number): UnitVectors {
  const dims = real[0]?.length ?? 0;
  const random = createRandom(SEED);
  const mean = Float64Array.from(
    { length: dims },
    (_, i) => real.reduce((sum, row) => sum + (row[i] ?? 0), 0) / real.length,
  );
  // As the store gives them: threads share them.
  const bytes = rows * dims * Float32Array.BYTES_PER_ELEMENT;
  const filled = { vectors: new Float32Array(new SharedArrayBuffer(bytes)), dims };
  const photo = (): Float64Array => {
    const made = Float64Array.from(mean);
    for (let k = 0; k < MIXED; k++) {
      const drawn = real[random.integer(0, real.length - 1)];
      const weight = normal(random) / Math.sqrt(MIXED);
      for (let i = 0; i < dims; i++) made[i] = (made[i] ?? 0) + weight * ((drawn?.[i] ?? 0) - (mean[i] ?? 0));
    }
    return made;
  };
  for (let row = 0; row < rows; row++) {
    const known = real[row];
    if (known !== undefined) filled.vectors.set(known, row * dims);
    else if (random.chance(COPY_SHARE)) {
      const cosine = random.between(...COPY_COSINES);
      const change = scaledTo(photo(), Math.sqrt(1 - cosine ** 2));
      const parent = rowOf(filled, random.integer(0, row - 1));
      filled.vectors.set(
        scaledTo(
          change.map((value, i) => value + cosine * (parent[i] ?? 0)),
          1,
        ),
        row * dims,
      );
    } else filled.vectors.set(scaledTo(photo(), 1), row * dims);
  }
  return filled;
}

/** Every cosine of some rows. */
function bruteForce(rows: UnitVectors, queries: Int32Array): NearestLists {
  const lists = emptyLists(queries.length, NEIGHBOURS);
  for (const [list, query] of queries.entries()) {
    for (let row = 0; row < rowCount(rows); row++) {
      if (row !== query) offer(lists, list, row, cosineOfRows(rows, query, row));
    }
  }
  return lists;
}

/** @param listOf the list in `found` of checked row i */
function recall(expected: NearestLists, found: NearestLists, listOf: (i: number) => number): string {
  let hits = 0;
  for (let i = 0; i < CHECKED_ROWS; i++) {
    const at = listOf(i) * NEIGHBOURS;
    const there = new Set(found.rows.subarray(at, at + NEIGHBOURS));
    for (const row of expected.rows.subarray(i * NEIGHBOURS, (i + 1) * NEIGHBOURS))
      if (there.has(row)) hits++;
  }
  return (hits / (CHECKED_ROWS * NEIGHBOURS)).toFixed(4);
}

function secondsSince(began: number): number {
  return (processorMs() - began) / 1000;
}

async function measure(rows: UnitVectors, wasm: string): Promise<string[]> {
  const total = rowCount(rows);
  const step = Math.floor(total / GRAPH_QUERIES);
  const some = Int32Array.from({ length: GRAPH_QUERIES }, (_, i) => i * step);
  const expected = bruteForce(rows, some.subarray(0, CHECKED_ROWS));
  const lines: string[] = [];
  const count = total.toLocaleString('en');
  let first: NearestLists | undefined;
  for (const threads of THREADS) {
    const opened = await openScreening({ wasmDirectory: wasm, searchWorker: WORKER, threads });
    if (opened.screening === undefined) return [`  ${opened.reason}`];
    const [wall, began] = [performance.now(), processorMs()];
    const all = Int32Array.from({ length: total }, (_, row) => row);
    const exact = await createScreenedIndex(rows, opened.screening).search(all, NEIGHBOURS);
    const seconds = ((performance.now() - wall) / 1000).toFixed(1);
    first ??= exact;
    const same = exact.rows.every((row, i) => row === first?.rows[i]) ? '' : ', NOT the same lists';
    lines.push(
      `  ${count} rows, screened, ${threads === 1 ? '1 thread' : `${threads} threads`}  wall ${seconds} s, processor ${secondsSince(began).toFixed(1)} s, recall@10 ${recall(expected, exact, (i) => some[i] ?? 0)}${same}`,
    );
  }
  let began = processorMs();
  const graph = await createHnswIndex(rows);
  const buildSeconds = secondsSince(began);
  began = processorMs();
  const found = await graph.search(some, NEIGHBOURS);
  const searchSeconds = (secondsSince(began) * total) / GRAPH_QUERIES;
  lines.push(
    `  ${count} rows, graph     ${buildSeconds.toFixed(1)} s to build, ${searchSeconds.toFixed(1)} to search (from ${GRAPH_QUERIES} rows), recall@10 ${recall(expected, found, (i) => i)}`,
  );
  return lines;
}

/** @returns lines to print */
export async function benchNeighbours(sizes: readonly number[] = ROWS): Promise<string[]> {
  if (!photosArePresent()) return ['neighbours: skipped: ../shared/photos is not there'];
  const wasm = await buildWasm();
  const real = await realEmbeddings();
  const lines = [
    `neighbours: ${NEIGHBOURS} nearest of all rows, ${real.length} real; target ${TARGET_S} s for 100,000 on two cores`,
  ];
  for (const rows of sizes) lines.push(...(await measure(fillRows(real, rows), wasm)));
  return lines;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const sizes = process.argv.slice(2).map(Number);
  for (const line of await benchNeighbours(sizes.length > 0 ? sizes : ROWS)) console.log(line);
}
