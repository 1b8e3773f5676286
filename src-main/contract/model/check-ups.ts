/** @file How well the library’s own copies are found, and what works on this machine. */
import type { BackendName, FolderRole } from './library.ts';

export interface SelfTestProgress {
  /** Damaged copies looked for so far, of all. */
  done: number;
  total: number;
}

interface SelfTestFigures {
  /** Pairs of a copy with another photo than its own that were taken for copies. */
  falseMatches: number;
  /** Part of the copies, 0 to 1, that found their photo. */
  recall: number;
  perDamage: { damage: string; recall: number }[];
}

export interface SelfTest extends SelfTestFigures {
  photos: number;
  threshold: number;
  model: string;
  /** The same, where only matches of the safe tier count. */
  safe: SelfTestFigures;
}

export interface DoctorReport {
  version: string;
  node: string;
  backends: { name: BackendName; available: boolean; chosen: boolean; reason: string }[];
  /** What makes local features here, and why it is not the fast one (wasm); null: neither works. */
  localFeatures: { runs: 'wasm' | 'typescript' | null; reason: string };
  /** true, or why not. */
  formats: Record<string, true | string>;
  database: { path: string; schema: number; photos: number; bytes: number; ok: boolean };
  folders: { path: string; role: FolderRole; online: boolean; photos: number }[];
  model: string;
}
