/**
 * @file The in-flight record: which files are being decoded right now, so that after a crash (a native decoder
 * takes the whole process along, and so does kill -9) the next start knows which files to suspect.
 *
 * A small file of fixed slots beside the database. Before a file is decoded its worker writes it into a slot,
 * afterwards it clears the slot; one pwrite each, no fsync, because the page cache outlives the process. A file
 * that is found in flight at the next start becomes a suspect: it is tried once more with nothing else in flight,
 * in a slot that says "second attempt". Found in flight there again, it is blamed and not tried any more.
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';

const HEADER_BYTES = 64;
const PATH_BYTES = 4_096;
const SLOT_BYTES = HEADER_BYTES + PATH_BYTES;
/** The first slots belong to the workers, those behind them to suspects. */
export const MAX_LANES = 64;
/** A file in flight in its second attempt was alone: it is the one that ended the process. */
const LAST_ATTEMPT = 2;

const state = { free: 0, inFlight: 1, suspect: 2, blamed: 3 } as const;
const CHECK_BYTES = 32;
const CHECK_OFFSET = HEADER_BYTES - CHECK_BYTES;

/** A file as it was when its decoding began. */
export interface InFlightFile {
  path: string;
  bytes: number;
  modifiedMs: number;
}

export interface SuspectFile extends InFlightFile {
  slot: number;
  /** It ended the process while nothing else was in flight. */
  blamed: boolean;
}

interface Entry extends InFlightFile {
  state: number;
  attempt: number;
}

/** Slot: state u32, attempt u32, bytes of the path u32, 4 spare, file size f64, mtime f64, SHA-256 of all that; path. */
function toSlot(entry: Entry): Buffer {
  // A longer path (Windows only) is cut; its stamp and its beginning still tell it from others.
  const path = Buffer.from(entry.path, 'utf8').subarray(0, PATH_BYTES);
  const slot = Buffer.alloc(HEADER_BYTES + path.length);
  slot.writeUInt32LE(entry.state, 0);
  slot.writeUInt32LE(entry.attempt, 4);
  slot.writeUInt32LE(path.length, 8);
  slot.writeDoubleLE(entry.bytes, 16);
  slot.writeDoubleLE(entry.modifiedMs, 24);
  path.copy(slot, HEADER_BYTES);
  checksum(slot).copy(slot, CHECK_OFFSET);
  return slot;
}

function checksum(slot: Buffer): Buffer {
  const hash = createHash('sha256');
  return hash.update(slot.subarray(0, CHECK_OFFSET)).update(slot.subarray(HEADER_BYTES)).digest();
}

/** A free slot, or one that was only half written when the power failed, is undefined. */
function fromSlot(slot: Buffer): Entry | undefined {
  if (slot.length < HEADER_BYTES || slot.readUInt32LE(0) === state.free) return undefined;
  const whole = slot.subarray(0, HEADER_BYTES + Math.min(slot.readUInt32LE(8), PATH_BYTES));
  if (!checksum(whole).equals(whole.subarray(CHECK_OFFSET, HEADER_BYTES))) return undefined;
  return {
    state: whole.readUInt32LE(0),
    attempt: whole.readUInt32LE(4),
    bytes: whole.readDoubleLE(16),
    modifiedMs: whole.readDoubleLE(24),
    path: whole.toString('utf8', HEADER_BYTES),
  };
}

/** The same file, unchanged since. */
export function isSameFile(a: InFlightFile, b: InFlightFile): boolean {
  return cutPath(a.path) === cutPath(b.path) && a.bytes === b.bytes && a.modifiedMs === b.modifiedMs;
}

function cutPath(path: string): string {
  return path.length * 3 <= PATH_BYTES ? path : Buffer.from(path).subarray(0, PATH_BYTES).toString('utf8');
}

export function inFlightPath(databasePath: string): string {
  return `${databasePath}.inflight`;
}

/** A worker's side: one slot of the record at a time. */
export class DecodeNote {
  readonly #fd: number;

  /** Opens the record that the scan made. @throws when it is not there. */
  constructor(file: string) {
    this.#fd = openSync(file, 'r+');
  }

  begin(slot: number, file: InFlightFile, attempt: number): void {
    writeSlot(this.#fd, slot, { ...file, attempt, state: state.inFlight });
  }

  end(slot: number): void {
    clearSlot(this.#fd, slot);
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function writeSlot(fd: number, slot: number, entry: Entry): void {
  const data = toSlot(entry);
  writeSync(fd, data, 0, data.length, slot * SLOT_BYTES);
}

function clearSlot(fd: number, slot: number): void {
  const free = Buffer.alloc(4);
  writeSync(fd, free, 0, free.length, slot * SLOT_BYTES);
}

/** The scan's side: what an earlier process left behind. Only the holder of the writer's lock may open it. */
export class InFlightRecord {
  readonly path: string;
  /** Tells this opening of the record from the next. */
  readonly run: string;
  readonly #fd: number;
  readonly #suspects = new Map<number, SuspectFile>();

  constructor(path: string, run: string) {
    this.path = path;
    this.run = run;
    this.#fd = openIfThere(path, 'r+') ?? openSync(path, 'w+');
    this.#takeOver();
  }

  /** Files to try alone, and files to leave out. */
  get suspects(): readonly SuspectFile[] {
    return [...this.#suspects.values()];
  }

  /** Gives a file a suspect's slot without a crash before it: one that crashed in an earlier scan. */
  suspect(file: InFlightFile): SuspectFile {
    let slot = MAX_LANES;
    while (this.#suspects.has(slot)) slot++;
    writeSlot(this.#fd, slot, { ...file, state: state.suspect, attempt: 1 });
    const suspect = { ...file, slot, blamed: false };
    this.#suspects.set(slot, suspect);
    return suspect;
  }

  /** What became of it is in the database, or it is no longer there. */
  settle(suspect: SuspectFile): void {
    if (this.#suspects.delete(suspect.slot)) clearSlot(this.#fd, suspect.slot);
  }

  /** Closes the record; with nothing left in it the file goes too. `finished`: no worker writes into it any more. */
  async close(finished: boolean): Promise<void> {
    closeSync(this.#fd);
    if (finished && this.#suspects.size === 0) await rm(this.path, { force: true });
  }

  #takeOver(): void {
    const entries = readEntries(this.#fd);
    const lanes = entries.filter(({ slot }) => slot < MAX_LANES);
    for (const { slot, entry } of entries) {
      if (slot >= MAX_LANES) this.#keep(slot, entry);
    }
    for (const { entry } of lanes) {
      if (!this.suspects.some((known) => isSameFile(known, entry))) this.suspect(entry);
    }
    // Only now: a crash in between leaves an entry twice, never not at all.
    for (const { slot } of lanes) clearSlot(this.#fd, slot);
    ftruncateSync(this.#fd, this.#end());
  }

  #keep(slot: number, entry: Entry): void {
    const blamed = isBlamed(entry);
    if (blamed) writeSlot(this.#fd, slot, { ...entry, state: state.blamed });
    const { path, bytes, modifiedMs } = entry;
    this.#suspects.set(slot, { path, bytes, modifiedMs, slot, blamed });
  }

  #end(): number {
    return Math.max(0, ...[...this.#suspects.keys()].map((slot) => slot + 1)) * SLOT_BYTES;
  }
}

function openIfThere(path: string, flags: 'r' | 'r+'): number | undefined {
  try {
    return openSync(path, flags);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function readEntries(fd: number): { slot: number; entry: Entry }[] {
  const content = Buffer.alloc(fstatSync(fd).size);
  readSync(fd, content, 0, content.length, 0);
  const entries = [];
  for (let slot = 0; slot * SLOT_BYTES < content.length; slot++) {
    const entry = fromSlot(content.subarray(slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES));
    if (entry !== undefined) entries.push({ slot, entry });
  }
  return entries;
}

/** Paths that ended their process twice, for who restarts it. Reads only and needs no lock. */
export function blamedFiles(databasePath: string): string[] {
  const fd = openIfThere(inFlightPath(databasePath), 'r');
  if (fd === undefined) return [];
  try {
    const entries = readEntries(fd).filter(({ slot }) => slot >= MAX_LANES);
    return entries.filter(({ entry }) => isBlamed(entry)).map(({ entry }) => entry.path);
  } finally {
    closeSync(fd);
  }
}

function isBlamed(entry: Entry): boolean {
  return entry.state === state.blamed || (entry.state === state.inFlight && entry.attempt >= LAST_ATTEMPT);
}
