import path from 'node:path';

/** Absolute path of a file: the folder's own, then the directory in it ('/' separators, '' for itself), then the name. */
export function absolutePath(folder: string, directory: string, name: string): string {
  const base = folder.endsWith(path.sep) ? folder : folder + path.sep;
  if (directory === '') return base + name;
  const inside = path.sep === '/' ? directory : directory.replaceAll('/', path.sep);
  return base + inside + path.sep + name;
}
