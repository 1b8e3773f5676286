/** @file Who is let in: the token, the Host and Origin headers, and what a browser says of where a request began. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const TOKEN_BYTES = 32;
/** Name of the query parameter that carries the token on the first load. */
export const KEY_PARAMETER = 'key';

export type Verdict =
  | { admitted: true }
  /** `keyless`: nothing is wrong with the request, it lacks the token. */
  | { admitted: false; status: 401 | 403 | 405; reason: string; keyless: boolean };

export interface Access {
  readonly token: string;
  /** Decides on a request for anything but the first load. */
  judge(request: IncomingMessage): Verdict;
  /** Is this the first load, with the right key? Its Host is checked too. */
  isFirstLoad(request: IncomingMessage, url: URL): boolean;
  /** The Set-Cookie value that the first load gets. */
  cookie(): string;
}

export function createToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Takes the same time whatever the difference, and whatever the lengths. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** The addresses under which this server is itself; a browser leaves port 80 out. */
function ownHosts(port: number): Set<string> {
  const HTTP_PORT = 80;
  const names = ['127.0.0.1', 'localhost'];
  return new Set(names.flatMap((name) => [`${name}:${port}`, ...(port === HTTP_PORT ? [name] : [])]));
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...rest] = part.trim().split('=');
    if (key === name) return rest.join('=');
  }
  return undefined;
}

function refused(status: 403 | 405, reason: string): Verdict {
  return { admitted: false, status, reason, keyless: false };
}

export function createAccess(token: string, port: number): Access {
  const hosts = ownHosts(port);
  // Cookies know no ports: two servers on one machine must not overwrite each other's.
  const cookieName = `lookalike-${port}`;

  const hostIsOwn = (request: IncomingMessage): boolean => hosts.has(request.headers.host ?? '');

  function hasToken(request: IncomingMessage): boolean {
    const cookie = cookieValue(request.headers.cookie, cookieName);
    if (cookie !== undefined && sameSecret(cookie, token)) return true;
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    return bearer !== undefined && sameSecret(bearer, token);
  }

  function originProblem(request: IncomingMessage): string | undefined {
    const origin = request.headers.origin;
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (origin === undefined) return reads ? undefined : 'The request lacks an Origin header.';
    return origin === `http://${request.headers.host ?? ''}`
      ? undefined
      : 'The request comes from another page.';
  }

  return {
    token,
    isFirstLoad: (request, url) =>
      request.method === 'GET' &&
      url.pathname === '/' &&
      hostIsOwn(request) &&
      sameSecret(url.searchParams.get(KEY_PARAMETER) ?? '', token),
    cookie: () => `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict`,
    judge(request) {
      if (!hostIsOwn(request))
        return refused(403, 'This server answers to 127.0.0.1 and localhost with its own port only.');
      if (!['GET', 'HEAD', 'POST'].includes(request.method ?? ''))
        return refused(405, 'Only GET, HEAD and POST.');
      const problem = originProblem(request);
      if (problem !== undefined) return refused(403, problem);
      // Another port of this machine is the same site, so SameSite=Strict alone lets its pages in.
      const site = request.headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin' && site !== 'none' && hasToken(request))
        return refused(403, 'The request comes from another page.');
      if (hasToken(request)) return { admitted: true };
      return {
        admitted: false,
        status: 401,
        reason: 'This address needs the key that Lookalike printed when it started.',
        keyless: true,
      };
    },
  };
}
