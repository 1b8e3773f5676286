import { describe, expect, it } from 'vitest';
import type { ScanProgress, ScanStage } from '../../../src-main/contract/progress.ts';
import { ProgressThrottle } from '../../../src-main/engine/jobs/progress-throttle.ts';

function progress(stage: ScanStage, done: number): ScanProgress {
  return {
    stage,
    done,
    total: null,
    bytesDone: 0,
    bytesTotal: null,
    known: 0,
    failed: 0,
    copies: 0,
    recent: [],
    seconds: 0,
    stageSeconds: 0,
  };
}

function record(): { sent: string[]; clock: { time: number; now(): number }; throttle: ProgressThrottle } {
  const clock = {
    time: 1_000_000,
    now() {
      return this.time;
    },
  };
  const sent: string[] = [];
  const throttle = new ProgressThrottle(clock, ({ stage, done }) => sent.push(`${stage} ${done}`));
  return { sent, clock, throttle };
}

describe('ProgressThrottle', () => {
  it('sends at most five reports a second', () => {
    const { sent, clock, throttle } = record();
    for (let done = 0; done < 1_000; done++) {
      throttle.report(progress('read', done));
      clock.time += 1;
    }
    expect(sent).toEqual(['read 0', 'read 200', 'read 400', 'read 600', 'read 800']);
  });

  it('never drops the last report of a stage when the next one begins', () => {
    const { sent, throttle } = record();
    throttle.report(progress('find', 1));
    throttle.report(progress('find', 2));
    throttle.report(progress('find', 3));
    throttle.report(progress('read', 0));
    expect(sent).toEqual(['find 1', 'find 3', 'read 0']);
  });

  it('sends what it held back on flush, once', () => {
    const { sent, throttle } = record();
    throttle.report(progress('group', 1));
    throttle.report(progress('group', 2));
    throttle.flush();
    throttle.flush();
    expect(sent).toEqual(['group 1', 'group 2']);
  });
});
