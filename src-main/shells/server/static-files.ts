/** @file The window's own files. They are listed once; only what is on the list is ever opened. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LookalikeError } from '../../contract/errors.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

/** Pathname of the address -> file. */
export type StaticFiles = ReadonlyMap<string, string>;

/** @throws LookalikeError NOT_FOUND when the window is not built. */
export async function listStaticFiles(directory: string): Promise<StaticFiles> {
  const files = new Map<string, string>();
  try {
    for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      files.set(encodeURI(`/${relative(directory, file).split(sep).join('/')}`), file);
    }
  } catch (cause) {
    throw notBuilt(directory, cause);
  }
  const index = files.get('/index.html');
  if (index === undefined) throw notBuilt(directory);
  files.set('/', index);
  return files;
}

function notBuilt(directory: string, cause?: unknown): LookalikeError {
  return new LookalikeError('NOT_FOUND', `The window's files are missing: ${directory}`, {
    nextStep: 'Build them with “npm run build”.',
    cause,
  });
}

/** @returns false when there is no such file. */
export async function answerStatic(
  files: StaticFiles,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const file = files.get(pathname);
  if (file === undefined) return false;
  const { size } = await stat(file);
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-length': size,
    'cache-control': 'no-cache',
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file), response);
  return true;
}
