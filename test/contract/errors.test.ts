import { describe, expect, test } from 'vitest';
import { errorCodes, fromEnvelope, LookalikeError, toEnvelope } from '../../src-main/contract/errors.ts';

describe('error envelopes', () => {
  test.each(errorCodes)('%s crosses a process with message and next step', (code) => {
    const sent = new LookalikeError(code, 'What happened.', { nextStep: 'What to do.' });
    const received = fromEnvelope(structuredClone(toEnvelope(sent)));
    expect(received).toBeInstanceOf(LookalikeError);
    expect(received).toMatchObject({ code, message: 'What happened.', nextStep: 'What to do.' });
  });

  test('without a next step there is none, not an empty one', () => {
    const envelope = toEnvelope(new LookalikeError('NOT_FOUND', 'Gone.'));
    expect(envelope).toEqual({ code: 'NOT_FOUND', message: 'Gone.' });
    expect(fromEnvelope(envelope).nextStep).toBeUndefined();
  });

  test('what is not ours is INTERNAL with its message', () => {
    expect(toEnvelope(new TypeError('x is not a function'))).toEqual({
      code: 'INTERNAL',
      message: 'x is not a function',
    });
    expect(toEnvelope('just text')).toEqual({ code: 'INTERNAL', message: 'just text' });
  });

  test('the cause stays on its side', () => {
    const error = new LookalikeError('INTERNAL', 'No.', { cause: new Error('/home/eva/secret.jpg') });
    expect(JSON.stringify(toEnvelope(error))).not.toContain('secret');
    expect(error.cause).toBeInstanceOf(Error);
  });
});
