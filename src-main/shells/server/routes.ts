/**
 * @file Which request goes where, and the protocol that the browser side (src-renderer/client) speaks.
 *
 * Bodies and lines are `encodeWire` of contract/wire.ts, so typed arrays survive. Nothing sent names a path.
 *
 * Who may ask: the first load is `/?key=TOKEN`, which sets a cookie (HttpOnly, SameSite=Strict) and goes on to `/`.
 * From then on same-origin requests just work: `fetch(url, { credentials: 'same-origin' })` and nothing else.
 * Programs without a cookie jar send `authorization: Bearer TOKEN`. Every request but GET and HEAD needs an `origin`
 * header equal to this server's address (browsers send it by themselves).
 *
 * POST /api/METHOD      body: the input (an empty body is `{}`); content-type application/json. Only methods of reach
 *                       `window`; any other name gets FORBIDDEN or NOT_FOUND.
 *   header x-request    optional, 8 to 64 of [A-Za-z0-9-]: the name under which this request can be cancelled.
 *   answer              content-type application/x-ndjson, one JSON document a line: any number of `{"event": E}`,
 *                       then exactly one `{"output": O}` or `{"error": ErrorEnvelope}`. When the error is the first
 *                       line the status fits it (400, 403, 404, …); once an event was sent the status is 200 and the
 *                       line decides. A body that ends without that last line means that the server went away:
 *                       ENGINE_EXITED for the caller.
 * POST /cancel/ID       cancels the request that was sent with `x-request: ID` (also one that has not arrived yet);
 *                       204. Keep reading the answer: a stopped scan still resolves, with `stopped: true`.
 *                       Closing the connection instead (aborting the fetch) cancels too, and the output is lost; a
 *                       resumable method (`scan.run`) is then left to go on, so that a reload or a closed tab ends
 *                       no scan. `scan.state` and the notices tell of it, `scan.stop` ends it.
 * GET /notices          text/event-stream; the `data:` of each message is one Notice. EventSource reconnects by itself.
 * POST /shell/METHOD    the methods of contract/shell.ts; answer application/json, one document `{"output": O}` or
 *                       `{"error": ErrorEnvelope}` with the fitting status.
 * GET /photo/ID/SIZE    the picture (thumbnail | view) as JPEG with an ETag; 304 when unchanged.
 * GET /…                the window's own files.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LookalikeError } from '../../contract/errors.ts';
import type { Access, Verdict } from './access.ts';
import { answerMethod, type ApiServices } from './api.ts';
import { streamNotices } from './notices.ts';
import { enterPage, keylessPage } from './pages.ts';
import { answerPicture } from './pictures.ts';
import { readInput, securityHeaders, sendError, sendJson, sendText } from './respond.ts';
import { callShell, type ShellServices } from './shell-methods.ts';
import { answerStatic, type StaticFiles } from './static-files.ts';

/** Names a request so that `POST /cancel/ID` can end it. */
export const REQUEST_HEADER = 'x-request';

export interface RouteServices extends ApiServices, ShellServices {
  access: Access;
  files: StaticFiles;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function requestName(request: IncomingMessage): string | undefined {
  const value = request.headers[REQUEST_HEADER];
  return Array.isArray(value) ? value[0] : value;
}

function refuse(
  verdict: Verdict & { admitted: false },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (verdict.keyless && (request.headers.accept ?? '').includes('text/html')) {
    sendText(response, verdict.status, 'text/html', keylessPage);
    return;
  }
  sendJson(response, verdict.status, { error: { code: 'FORBIDDEN', message: verdict.reason } });
}

async function answerPost(
  services: RouteServices,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, room, name = ''] = /^\/(api|shell|cancel)\/([A-Za-z0-9.-]+)$/.exec(pathname) ?? [];
  if (room === 'api') return answerMethod(services, name, requestName(request), request, response);
  if (room === 'shell') {
    const output = await callShell(services, name, await readInput(request));
    sendJson(response, 200, { output });
    return;
  }
  if (room === 'cancel') {
    services.running.cancel(name);
    response.writeHead(204).end();
    return;
  }
  throw new LookalikeError('NOT_FOUND', 'There is nothing here to ask.');
}

async function answerGet(
  services: RouteServices,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (pathname === '/notices') {
    streamNotices(services.engine, response);
    return;
  }
  if (pathname.startsWith('/photo/')) return answerPicture(services.engine, pathname, request, response);
  if (await answerStatic(services.files, pathname, request, response)) return;
  throw new LookalikeError('NOT_FOUND', 'There is no such page.');
}

async function answer(
  services: RouteServices,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const address = request.url ?? '';
  if (!address.startsWith('/')) throw new LookalikeError('INVALID_INPUT', 'The address must be a path.');
  const url = new URL(`http://127.0.0.1${address}`);
  if (services.access.isFirstLoad(request, url)) {
    response.setHeader('set-cookie', services.access.cookie());
    sendText(response, 200, 'text/html', enterPage);
    return;
  }
  const verdict = services.access.judge(request);
  if (!verdict.admitted) {
    refuse(verdict, request, response);
    return;
  }
  const answerBy = request.method === 'POST' ? answerPost : answerGet;
  await answerBy(services, url.pathname, request, response);
}

/** Never rejects: what fails is answered with its envelope, or the connection is cut if an answer has begun. */
export function createRoutes(services: RouteServices): Answer {
  return async (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    try {
      await answer(services, request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else sendError(response, error);
    }
  };
}
