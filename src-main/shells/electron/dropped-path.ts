/** What Electron 29 brought for this; undefined before. */
interface WebUtils {
  getPathForFile?(file: unknown): string;
}

/**
 * The path on disk of a File that was dropped onto the window. Electron before 29 has it as `path` on the File
 * itself, as the runtime of the tests does; later ones ask `webUtils`.
 * @returns '' for a File that was made in the page, and for anything that is no File
 */
export function pathOfDropped(file: unknown, webUtils: WebUtils | undefined): string {
  if (!(file instanceof File)) return '';
  if (webUtils?.getPathForFile !== undefined) return webUtils.getPathForFile(file);
  const path: unknown = Reflect.get(file, 'path');
  return typeof path === 'string' ? path : '';
}
