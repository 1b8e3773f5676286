/** @file Answers and bodies over HTTP: statuses of errors, headers that every answer carries, limits of what is read. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LookalikeError, toEnvelope, type ErrorCode } from '../../contract/errors.ts';
import { MAX_PICTURE_BYTES } from '../../contract/methods.ts';
import { decodeWire, encodeWire } from '../../contract/wire.ts';

/** Inputs are a few ids and words … */
const BODY_LIMIT_BYTES = 1024 * 1024;
/** … but for a picture, whose bytes come as base64. */
export const PICTURE_BODY_LIMIT_BYTES = Math.ceil((MAX_PICTURE_BYTES * 4) / 3) + BODY_LIMIT_BYTES;

const statuses: Record<ErrorCode, number> = {
  INVALID_INPUT: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  NOTHING_TO_DO: 409,
  FOLDER_MISSING: 404,
  DATABASE_LOCKED: 423,
  DATABASE_NEWER: 500,
  DATABASE_DAMAGED: 500,
  DATABASE_UNUSABLE: 500,
  BACKEND_UNAVAILABLE: 503,
  PHOTO_UNREADABLE: 422,
  // No status of the standard says "the asker took it back"; this one is in wide use.
  CANCELLED: 499,
  ENGINE_NOT_STARTED: 503,
  ENGINE_EXITED: 503,
  ENGINE_GAVE_UP: 503,
  INTERNAL: 500,
};

export function statusOf(error: unknown): number {
  return statuses[toEnvelope(error).code];
}

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Set on every answer, whatever it is. */
export const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

export function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(text);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendText(response, status, 'application/json', encodeWire(value));
}

export function sendError(response: ServerResponse, error: unknown): void {
  sendJson(response, statusOf(error), { error: toEnvelope(error) });
}

async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit)
      throw new LookalikeError('INVALID_INPUT', `The request is larger than ${limit} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The decoded body; an empty one is `{}`. @param limit bytes @throws LookalikeError INVALID_INPUT */
export async function readInput(
  request: IncomingMessage,
  limit: number = BODY_LIMIT_BYTES,
): Promise<unknown> {
  const text = await readBody(request, limit);
  if (text === '') return {};
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new LookalikeError('INVALID_INPUT', 'The body must be application/json.');
  try {
    return decodeWire(text);
  } catch (cause) {
    throw new LookalikeError('INVALID_INPUT', 'The body is not JSON.', { cause });
  }
}
