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

/** Names a request so that `POST /cancel/ID` can end it. */
export const REQUEST_HEADER = 'x-request';
