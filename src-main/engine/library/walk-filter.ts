/** @file Which names a walk passes over: hidden ones, folders of systems and programs, what the user excludes. */
import path from 'node:path';
import picomatch from 'picomatch';
import { LookalikeError } from '../../contract/errors.ts';
import { nameKind } from './photo-names.ts';

export interface FilterOptions {
  /** Absolute path of the folder that is walked. */
  root: string;
  /** Look at names that begin with a dot. */
  hidden: boolean;
  /**
   * Globs, matched on the path relative to the root with '/' separators. One without '/' is matched on the
   * name of every file and folder. An absolute one counts from the root of the disk.
   */
  exclude: readonly string[];
}

/** Whether an entry is looked at; `relative` is its path below the root. */
export interface WalkFilter {
  directory(relative: string): boolean;
  file(relative: string): boolean;
}

/** The app's own folder on a disk. */
export const OWN_FOLDER = '.lookalike';

/** Trash, indexes and thumbnails that systems and network disks keep: nobody's photos, or copies of them. */
const SYSTEM_FOLDERS = new Set(
  [
    OWN_FOLDER,
    '.Trash',
    '.Trashes',
    '.thumbnails',
    '.thumbs',
    '.dthumbs',
    '.Spotlight-V100',
    '.fseventsd',
    '.TemporaryItems',
    '.DocumentRevisions-V100',
    '.AppleDouble',
    '.AppleDB',
    '.AppleDesktop',
    '.@__thumb',
    '@eaDir',
    '@Recycle',
    '@Recently-Snapshot',
    '#recycle',
    '#snapshot',
    '$RECYCLE.BIN',
    'RECYCLER',
    'System Volume Information',
    'lost+found',
  ].map((name) => name.toLowerCase()),
);
const TRASH_OF_A_USER = /^\.trash-\d+$/;
/** A catalogue's previews; the photos themselves lie elsewhere. */
const PREVIEW_FOLDER = '.lrdata';
/** Inside a library of macOS only these hold photos, the others hold smaller copies. */
const PHOTO_LIBRARY = '.photoslibrary';
const ORIGINALS = new Set(['originals', 'masters']);
/** What macOS writes beside a file on foreign disks. */
const RESOURCE_FORK = '._';

function split(relative: string): { parent: string; name: string } {
  const slash = relative.lastIndexOf('/');
  const parent = slash < 0 ? '' : relative.slice(relative.lastIndexOf('/', slash - 1) + 1, slash);
  return { parent: parent.toLowerCase(), name: relative.slice(slash + 1) };
}

function isSystemFolder(parent: string, name: string): boolean {
  const lower = name.toLowerCase();
  if (SYSTEM_FOLDERS.has(lower) || TRASH_OF_A_USER.test(lower) || lower.endsWith(PREVIEW_FOLDER)) return true;
  if (parent === '.cache' && lower === 'thumbnails') return true;
  return parent.endsWith(PHOTO_LIBRARY) && !ORIGINALS.has(lower);
}

function isInside(root: string, pattern: string): boolean {
  return pattern.startsWith(root.endsWith('/') ? root : `${root}/`);
}

/** A glob as it is matched below the root. */
function relativeGlob(root: string, pattern: string): string {
  const glob = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  const base = path.sep === '/' ? root : root.replaceAll(path.sep, '/');
  if (isInside(base, glob)) return glob.slice(base.length).replace(/^\/+/, '');
  return glob;
}

function excluder(root: string, patterns: readonly string[]): (relative: string) => boolean {
  const tests = patterns.map((pattern) => {
    const glob = relativeGlob(root, pattern.trim());
    if (glob === '') {
      throw new LookalikeError('INVALID_INPUT', `The pattern "${pattern}" excludes nothing or everything.`, {
        nextStep: 'Name files or folders to leave out, such as node_modules or "**/exports/*.png".',
      });
    }
    return picomatch(glob, {
      dot: true,
      basename: !glob.includes('/'),
      nocase: process.platform === 'win32' || process.platform === 'darwin',
    });
  });
  return (relative) => tests.some((test) => test(relative));
}

/** @throws LookalikeError INVALID_INPUT for a pattern without a name. */
export function walkFilter(options: FilterOptions): WalkFilter {
  const isExcluded = excluder(options.root, options.exclude);
  const isHidden = (name: string): boolean => !options.hidden && name.startsWith('.');
  return {
    directory: (relative) => {
      const { parent, name } = split(relative);
      return !isHidden(name) && !isSystemFolder(parent, name) && !isExcluded(relative);
    },
    file: (relative) => {
      const { name } = split(relative);
      if (isHidden(name) || name.startsWith(RESOURCE_FORK) || nameKind(name) === 'other') return false;
      return !isExcluded(relative);
    },
  };
}
