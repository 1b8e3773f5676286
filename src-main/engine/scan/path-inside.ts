import { sep } from 'node:path';

/**
 * Where a path lies below a folder, with '/' as separator; '' for the folder itself, undefined when it lies
 * elsewhere. Both are absolute and without links.
 */
export function placeInside(path: string, folder: string): string | undefined {
  const above = folder.endsWith(sep) ? folder.slice(0, -sep.length) : folder;
  if (path === folder || path === above) return '';
  if (!path.startsWith(above + sep)) return undefined;
  return path
    .slice(above.length + sep.length)
    .split(sep)
    .join('/');
}
