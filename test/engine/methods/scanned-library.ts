/** @file What the tests of the comparing methods share. */
import type { ReadResult } from '../../../src-main/engine/reader/reader.ts';
import { countChange } from '../../../src-main/engine/scan/change-number.ts';
import { compareStage } from '../../../src-main/engine/scan/compare-stage.ts';
import { groupStage } from '../../../src-main/engine/scan/group-stage.ts';
import type { ContentRecord } from '../../../src-main/engine/store/store.ts';
import { stageRun, type MadeLibrary } from '../scan/made-library.ts';

export const quiet: { signal: AbortSignal; emit: () => void } = {
  signal: new AbortController().signal,
  emit: () => undefined,
};

export async function scanned(library: MadeLibrary): Promise<MadeLibrary> {
  // As the stage does that found the photos: what is at hand of the library follows it.
  countChange(library.store);
  await compareStage(stageRun(library.store));
  await groupStage(stageRun(library.store));
  return library;
}

export function readAs(file: string, record: ContentRecord): ReadResult {
  return { kind: 'read', path: file, stamp: { bytes: record.bytes, modifiedMs: 0, inode: null }, record };
}
