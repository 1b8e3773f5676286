/** @file Adding folders to the library and scanning them, for the commands that do. */
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../../contract/engine.ts';
import type { Folder, FolderRole, ScanSummary } from '../../contract/model.ts';
import type { Notes } from './notes.ts';

/** How files are found in a folder; undefined leaves a known folder as it is. */
export interface FindRules {
  hidden: boolean;
  followLinks: boolean;
  exclude: string[];
}

export interface FolderRequest {
  paths: readonly string[];
  role: FolderRole;
  rules: FindRules | undefined;
  workingDirectory: string;
}

async function realPath(path: string): Promise<string> {
  // A folder that is not connected now is still known by its path.
  return realpath(path).catch(() => path);
}

/**
 * A scan without rules must not undo what an earlier one said, and naming a reference folder must not make it
 * one that may be cleaned up.
 */
function keepsAsItIs(known: Folder, request: FolderRequest): boolean {
  if (request.rules !== undefined) return false;
  return known.role === request.role || (known.role === 'reference' && request.role === 'library');
}

function rulesOf(folder: Folder | undefined): FindRules | undefined {
  return folder && { hidden: folder.hidden, followLinks: folder.followLinks, exclude: folder.exclude };
}

/** @returns the folders of the request, in its order. @throws LookalikeError FOLDER_MISSING */
export async function addFolders(engine: Engine, request: FolderRequest, notes: Notes): Promise<Folder[]> {
  if (request.paths.length === 0) return [];
  const known = await engine.request('folders.list', {});
  const folders: Folder[] = [];
  for (const path of request.paths) {
    const absolute = resolve(request.workingDirectory, path);
    const real = await realPath(absolute);
    const there = known.find((folder) => folder.path === absolute || folder.path === real);
    if (there !== undefined && keepsAsItIs(there, request)) {
      folders.push(there);
      continue;
    }
    const role = there?.role === 'reference' ? 'reference' : request.role;
    if (role !== request.role) notes.say(`${absolute} stays a reference folder.`);
    const rules = request.rules ?? rulesOf(there);
    folders.push(...(await engine.request('folders.add', { paths: [absolute], role, ...rules })));
  }
  return folders;
}

/** Scans with progress on standard error. When the signal aborts, the summary says `stopped`. */
export async function scanFolders(
  engine: Engine,
  folders: readonly Folder[],
  notes: Notes,
  signal: AbortSignal,
): Promise<ScanSummary> {
  try {
    return await engine.request(
      'scan.run',
      { folders: [...new Set(folders.map(({ id }) => id))] },
      { signal, onEvent: (progress) => notes.progress(progress) },
    );
  } finally {
    notes.endProgress();
  }
}

/** The summary as the contract of the command line names its fields. */
export function summaryJson(summary: ScanSummary): Record<string, unknown> {
  return {
    photos: summary.photos,
    new: summary.new,
    changed: summary.changed,
    moved: summary.moved,
    unchanged: summary.unchanged,
    removed: summary.removed,
    offline: summary.offline,
    failed: summary.failed,
    groups: summary.groups,
    seconds: summary.seconds,
    backend: summary.backend,
    model: summary.model,
    stopped: summary.stopped,
  };
}
