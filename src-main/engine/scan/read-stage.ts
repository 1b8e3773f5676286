/** @file Stage "read": everything that has to be opened, through the pool of readers, into the library. */
import { randomUUID } from 'node:crypto';
import { LookalikeError } from '../../contract/errors.ts';
import { throwIfCancelled, untilCancelled } from '../jobs/cancel.ts';
import { together } from '../jobs/together.ts';
import { InFlightRecord, inFlightPath, isSameFile, type SuspectFile } from '../reader/in-flight.ts';
import {
  READ_BATCH_FILES,
  type DecodeNotes,
  type FileToRead,
  type ReaderPool,
  type ReadResult,
} from '../reader/reader.ts';
import type { Store } from '../store/store.ts';
import { placeInside } from './path-inside.ts';
import { pathOf, type PendingFile, type Root } from './pending-file.ts';
import type { ResultWriter } from './result-writer.ts';

export interface ReadRun {
  store: Store;
  pool: ReaderPool;
  writer: ResultWriter;
  signal: AbortSignal;
  /** Folders that were looked through: what is not among the files is not there any more. */
  roots: readonly Root[];
}

/** @returns whether all files were read (false: aborted; what was done is committed). */
export async function readStage(run: ReadRun, files: PendingFile[]): Promise<boolean> {
  if (!(await areWorkersIdle(run))) return false;
  const record = new InFlightRecord(inFlightPath(run.store.path), randomUUID());
  let finished = false;
  try {
    const { alone, blamed, others } = sortOut(record, run.roots, files);
    for (const { file } of blamed) run.writer.add([file], [blame(file)]);
    for (const { file, suspect } of alone) await readAlone(run, record, file, suspect);
    await readTogether(run, record, others);
    run.writer.commit();
    for (const { suspect } of blamed) record.settle(suspect);
    finished = true;
  } catch (error) {
    // On a failed database this throws again, and rightly so.
    run.writer.commit();
    if (!(error instanceof LookalikeError && error.code === 'CANCELLED')) throw error;
  } finally {
    await record.close(finished);
  }
  return finished;
}

/** A worker may still be busy with what an aborted scan gave it; its note must not look like a crash. */
async function areWorkersIdle({ pool, signal }: ReadRun): Promise<boolean> {
  try {
    await untilCancelled(pool.idle(), signal);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

interface Suspected {
  file: PendingFile;
  suspect: SuspectFile;
}

/**
 * What an earlier crash left behind: files that are tried alone first, and files that are not tried any more. A
 * file that crashed in an earlier scan and is tried again at the user's wish goes alone as well.
 */
function sortOut(
  record: InFlightRecord,
  roots: readonly Root[],
  files: PendingFile[],
): { alone: Suspected[]; blamed: Suspected[]; others: PendingFile[] } {
  const suspects = new Map(record.suspects.map((suspect) => [suspect.path, suspect]));
  const [alone, blamed, others]: [Suspected[], Suspected[], PendingFile[]] = [[], [], []];
  for (const file of files) {
    const found = { path: pathOf(file), ...file.stamp };
    const suspect = suspects.get(found.path);
    if (suspect !== undefined && isSameFile(suspect, found)) {
      (suspect.blamed ? blamed : alone).push({ file, suspect });
      suspects.delete(found.path);
    } else if (file.failed === 'DECODER_CRASHED') {
      alone.push({ file, suspect: record.suspect(found) });
    } else {
      others.push(file);
    }
  }
  // Gone, changed, or committed before the crash. What lies in other folders waits for their scan.
  for (const suspect of suspects.values()) {
    if (roots.some(({ path }) => placeInside(suspect.path, path) !== undefined)) record.settle(suspect);
  }
  return { alone, blamed, others };
}

function blame(file: PendingFile): ReadResult {
  return {
    kind: 'failed',
    path: pathOf(file),
    stamp: file.stamp,
    code: 'DECODER_CRASHED',
    reason: 'Decoding it ended the whole process, twice. It is left out until it changes.',
  };
}

async function readAlone(
  run: ReadRun,
  record: InFlightRecord,
  file: PendingFile,
  suspect: SuspectFile,
): Promise<void> {
  const notes = { file: record.path, run: record.run, attempt: 2, slot: suspect.slot };
  await readBatch(run, [file], notes, run.signal);
  record.settle(suspect);
}

/** As many batches at a time as the pool can take. */
async function readTogether(run: ReadRun, record: InFlightRecord, files: PendingFile[]): Promise<void> {
  const notes = { file: record.path, run: record.run, attempt: 1 };
  let next = 0;
  await together(run.pool.capacity, run.signal, async (signal) => {
    while (next < files.length) {
      throwIfCancelled(signal);
      const batch = files.slice(next, (next += READ_BATCH_FILES));
      await readBatch(run, batch, notes, signal);
    }
  });
}

async function readBatch(
  { pool, writer }: ReadRun,
  batch: PendingFile[],
  notes: DecodeNotes,
  signal: AbortSignal,
): Promise<void> {
  const files: FileToRead[] = batch.map((file) => ({ path: pathOf(file), named: file.named }));
  const results = await pool.read(files, signal, notes);
  writer.add(batch, results);
}
