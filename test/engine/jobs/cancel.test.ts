import { describe, expect, it } from 'vitest';
import { untilCancelled } from '../../../src-main/engine/jobs/cancel.ts';

describe('untilCancelled', () => {
  it('gives what the work gives', async () => {
    const { signal } = new AbortController();
    await expect(untilCancelled(Promise.resolve(7), signal)).resolves.toBe(7);
    await expect(untilCancelled(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  });

  it('rejects with CANCELLED while the work still goes on', async () => {
    const controller = new AbortController();
    const never = new Promise<number>(() => undefined);
    const result = untilCancelled(never, controller.signal);
    controller.abort(new Error('the user pressed stop'));
    await expect(result).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('rejects at once on a signal that is aborted already', async () => {
    await expect(untilCancelled(Promise.resolve(7), AbortSignal.abort())).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
