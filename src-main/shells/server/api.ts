/** @file POST /api/METHOD: one request to the engine, its events and its result as lines of JSON. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Engine } from '../../contract/engine.ts';
import { LookalikeError, toEnvelope, type ErrorEnvelope } from '../../contract/errors.ts';
import { isMethodName, methods, parseInput, type MethodName } from '../../contract/methods.ts';
import { encodeWire } from '../../contract/wire.ts';
import { PICTURE_BODY_LIMIT_BYTES, readInput, statusOf } from './respond.ts';
import type { RunningRequests } from './running-requests.ts';

/** @throws LookalikeError NOT_FOUND, or FORBIDDEN for a method whose input names paths. */
function windowMethod(name: string): MethodName {
  if (!isMethodName(name)) throw new LookalikeError('NOT_FOUND', `There is no method "${name}".`);
  if (methods[name].reach !== 'window')
    throw new LookalikeError('FORBIDDEN', `"${name}" names paths, so no browser may ask it.`);
  return name;
}

/** Writes lines; the head waits for the first one, because an error in that place decides the status. */
class LineWriter {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  event(event: unknown): void {
    if (this.#begin(200)) this.#response.write(`${encodeWire({ event })}\n`);
  }

  /** The line that decides. It goes out together with the end, so that whoever stops at it has read all. */
  last(line: { output: unknown } | { error: ErrorEnvelope }, status = 200): void {
    if (this.#begin(status)) this.#response.end(`${encodeWire(line)}\n`);
  }

  #begin(status: number): boolean {
    const response = this.#response;
    if (response.destroyed || response.writableEnded) return false;
    if (!response.headersSent)
      response.writeHead(status, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    return true;
  }
}

export interface ApiServices {
  engine: Engine;
  running: RunningRequests;
}

async function runMethod(
  services: ApiServices,
  name: MethodName,
  input: unknown,
  requestName: string | undefined,
  response: ServerResponse,
  lines: LineWriter,
): Promise<void> {
  const parsed = parseInput(name, input);
  const controller = services.running.start(requestName);
  const abortUnlessResumable = (): void => {
    if (!response.writableFinished && !methods[name].resumable) controller.abort();
  };
  response.once('close', abortUnlessResumable);
  try {
    const output = await services.engine.request(name, parsed, {
      signal: controller.signal,
      onEvent: (event) => lines.event(event),
    });
    lines.last({ output });
  } finally {
    services.running.end(requestName, controller);
  }
}

/** Answers completely, errors included. */
export async function answerMethod(
  services: ApiServices,
  name: string,
  requestName: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const lines = new LineWriter(response);
  try {
    const known = windowMethod(name);
    const limit = known === 'similar.addPicture' ? PICTURE_BODY_LIMIT_BYTES : undefined;
    await runMethod(services, known, await readInput(request, limit), requestName, response, lines);
  } catch (error) {
    lines.last({ error: toEnvelope(error) }, statusOf(error));
  }
}
