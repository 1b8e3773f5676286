import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAccess, createToken, sameSecret } from '../../../src-main/shells/server/access.ts';

const PORT = 4780;
const token = createToken();
const access = createAccess(token, PORT);

function request(headers: Record<string, string>, method = 'GET'): IncomingMessage {
  return { method, headers: { host: `127.0.0.1:${PORT}`, ...headers } } as unknown as IncomingMessage;
}
const cookie = access.cookie().split(';')[0]!;

describe('who is let in', () => {
  it('lets in the cookie and the bearer of the token, for 127.0.0.1 and localhost', () => {
    expect(access.judge(request({ cookie }))).toEqual({ admitted: true });
    expect(access.judge(request({ authorization: `Bearer ${token}` }))).toEqual({ admitted: true });
    expect(access.judge(request({ cookie: `a=b; ${cookie}; c=d`, host: `localhost:${PORT}` }))).toEqual({
      admitted: true,
    });
  });

  it('refuses whoever has no token or another one', () => {
    for (const headers of [{}, { cookie: `lookalike-${PORT}=x` }, { authorization: 'Bearer x' }])
      expect(access.judge(request(headers))).toMatchObject({ admitted: false, status: 401, keyless: true });
    const otherServers = cookie.replace(String(PORT), '4781');
    expect(access.judge(request({ cookie: otherServers }))).toMatchObject({ admitted: false, status: 401 });
  });

  it('refuses other names for this machine, whatever the token (DNS rebinding)', () => {
    for (const host of [
      'evil.example',
      `evil.example:${PORT}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `[::1]:${PORT}`,
      '',
    ])
      expect(access.judge(request({ cookie, host }))).toMatchObject({ admitted: false, status: 403 });
  });

  it('needs an Origin of its own for everything but reading', () => {
    const own = `http://127.0.0.1:${PORT}`;
    expect(access.judge(request({ cookie, origin: own }, 'POST'))).toEqual({ admitted: true });
    expect(access.judge(request({ cookie }, 'POST'))).toMatchObject({ admitted: false, status: 403 });
    for (const origin of ['http://evil.example', 'null', `https://127.0.0.1:${PORT}`, `${own}.evil.example`])
      for (const method of ['POST', 'GET'])
        expect(access.judge(request({ cookie, origin }, method))).toMatchObject({
          admitted: false,
          status: 403,
        });
  });

  it('refuses pages of another port, which SameSite lets through', () => {
    const judged = access.judge(request({ cookie, 'sec-fetch-site': 'same-site' }));
    expect(judged).toMatchObject({ admitted: false, status: 403 });
    expect(access.judge(request({ cookie, 'sec-fetch-site': 'same-origin' }))).toEqual({ admitted: true });
  });

  it('knows no other HTTP methods', () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'TRACE'])
      expect(access.judge(request({ cookie }, method))).toMatchObject({ admitted: false, status: 405 });
  });

  it('takes the key at / only', () => {
    const first = (address: string, headers = {}): boolean =>
      access.isFirstLoad(request(headers), new URL(address, `http://127.0.0.1:${PORT}`));
    expect(first(`/?key=${token}`)).toBe(true);
    expect(first(`/api?key=${token}`)).toBe(false);
    expect(first('/?key=x')).toBe(false);
    expect(first('/')).toBe(false);
    expect(first(`/?key=${token}`, { host: 'evil.example' })).toBe(false);
  });
});

describe('the token', () => {
  it('is new each time, with 256 bits', () => {
    expect(createToken()).not.toBe(createToken());
    expect(Buffer.from(createToken(), 'base64url')).toHaveLength(32);
  });

  it('is compared exactly', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => sameSecret(a, b) === (a === b)),
      { seed: 1 },
    );
    fc.assert(
      fc.property(fc.string(), (a) => sameSecret(a, a)),
      { seed: 1 },
    );
  });
});
