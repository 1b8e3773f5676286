/** @file `app://lookalike/…`: the built renderer and nothing else, under a strict content security policy. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export const APP_SCHEME = 'app';
const APP_HOST = 'lookalike';
export const APP_START = `${APP_SCHEME}://${APP_HOST}/index.html`;

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' photo: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What the renderer's build puts out; anything else is not ours and not served. */
const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
};

/** True for a document of ours: scheme and host, whatever its path. */
export function isAppUrl(url: string): boolean {
  const parsed = parse(url);
  return parsed?.protocol === `${APP_SCHEME}:` && parsed.host === APP_HOST;
}

/**
 * The file that a URL names: decoded first, then normalised, then checked to lie inside `root`.
 * @returns null when the URL is not ours or leads outside
 */
export function resolveAppFile(url: string, root: string): string | null {
  if (!isAppUrl(url)) return null;
  const decoded = decode(parse(url)?.pathname ?? '');
  if (decoded === null || decoded.includes('\0') || decoded.includes('\\')) return null;
  const file = path.normalize(path.join(root, decoded === '/' ? 'index.html' : decoded));
  const inside = path.relative(root, file);
  if (inside === '' || inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) {
    return null;
  }
  return file;
}

/** Handler for `protocol.handle`. `root`: absolute folder of the built renderer. */
export function serveApp(root: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const file = resolveAppFile(request.url, root);
    const mime = file === null ? undefined : mimeTypes[path.extname(file)];
    if (file === null || mime === undefined || request.method !== 'GET') return plain(404, 'Not found');
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: headersFor(mime) });
    } catch (error) {
      if (isMissing(error)) return plain(404, 'Not found');
      throw error;
    }
  };
}

function headersFor(mime: string): Record<string, string> {
  return {
    'content-type': mime,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  };
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: headersFor('text/plain; charset=utf-8') });
}

function parse(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
