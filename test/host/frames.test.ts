import { describe, expect, test } from 'vitest';
import {
  address,
  PROTOCOL_VERSION,
  receiveFromChild,
  receiveFromParent,
} from '../../src-main/host/frames.ts';

describe('what arrives is checked', () => {
  test('a frame of the parent and of the child', () => {
    const ask = { kind: 'request', requestId: 1, name: 'folders.list', input: {} } as const;
    expect(receiveFromParent(address(ask, 2))).toMatchObject({ kind: 'frame', generation: 2, frame: ask });
    const pong = { kind: 'pong', beat: 4 } as const;
    expect(receiveFromChild(address(pong, 1))).toMatchObject({ kind: 'frame', frame: pong });
  });

  test.each([
    ['nothing', undefined],
    ['text', 'ready'],
    ['no head', { kind: 'pong', beat: 1 }],
    ['an unknown kind', { kind: 'dance', version: PROTOCOL_VERSION, generation: 1 }],
    ['a missing field', { kind: 'pong', version: PROTOCOL_VERSION, generation: 1 }],
    [
      'a wrong field',
      { kind: 'event', requestId: 'one', event: 1, version: PROTOCOL_VERSION, generation: 1 },
    ],
    [
      'an unknown error code',
      {
        kind: 'failure',
        requestId: 1,
        error: { code: 'OOPS', message: '' },
        version: PROTOCOL_VERSION,
        generation: 1,
      },
    ],
    ['a frame of the other direction', address({ kind: 'ping', beat: 1 }, 1)],
  ])('%s is malformed', (_what, value) => {
    expect(receiveFromChild(value)).toMatchObject({ kind: 'malformed' });
  });

  test('another version decides before the shape', () => {
    expect(receiveFromChild({ version: PROTOCOL_VERSION + 1, generation: 1, anything: true })).toEqual({
      kind: 'other-version',
      version: PROTOCOL_VERSION + 1,
      generation: 1,
    });
  });
});
