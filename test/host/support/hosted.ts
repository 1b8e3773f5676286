/** @file A host client over the in-memory wire, with scripted engines behind it. Use with fake timers. */
import { vi } from 'vitest';
import type { Notice } from '../../../src-main/contract/engine.ts';
import type { ScanProgress } from '../../../src-main/contract/progress.ts';
import { inMemoryLauncher, type InMemoryChild } from '../../../src-main/host/adapters/in-memory.ts';
import { HostClient } from '../../../src-main/host/client.ts';
import { serve } from '../../../src-main/host/serve.ts';
import { options } from './engine-options.ts';
import { ScriptedEngine } from './scripted-engine.ts';

export interface Hosted {
  client: HostClient;
  /** One for each launched child, oldest first. */
  children: InMemoryChild[];
  engines: ScriptedEngine[];
  notices: Notice[];
  log: string[];
  child: () => InMemoryChild;
  engine: () => ScriptedEngine;
}

interface Script {
  /** Replaces the engine's making: throw to refuse. */
  create?: (launch: number) => ScriptedEngine;
  blamed?: (launch: number) => string[];
  /** Replaces the whole child. */
  start?: (child: InMemoryChild) => void;
}

export function host(script: Script = {}): Hosted {
  const children: InMemoryChild[] = [];
  const engines: ScriptedEngine[] = [];
  const notices: Notice[] = [];
  const log: string[] = [];
  const launcher = inMemoryLauncher((child) => {
    children.push(child);
    const launch = children.length;
    if (script.start !== undefined) {
      script.start(child);
      return;
    }
    serve({
      channel: child.channel,
      createEngine: () => {
        const engine = script.create?.(launch) ?? new ScriptedEngine();
        engines.push(engine);
        return engine;
      },
      blamedFiles: () => script.blamed?.(launch) ?? [],
      exit: () => undefined,
    });
  });
  const client = new HostClient({
    launcher,
    engineOptions: options,
    logger: { log: (level, message) => log.push(`${level}: ${message}`) },
  });
  client.subscribe((notice) => notices.push(notice));
  const last = <T>(list: T[]): T => list.at(-1)!;
  return {
    client,
    children,
    engines,
    notices,
    log,
    child: () => last(children),
    engine: () => last(engines),
  };
}

/** Lets frames through without time passing. */
export const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
export const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** How a promise ended, without waiting for it. */
export function outcome(promise: Promise<unknown>): { value?: unknown; error?: unknown; settled: boolean } {
  const state: { value?: unknown; error?: unknown; settled: boolean } = { settled: false };
  promise.then(
    (value) => Object.assign(state, { value, settled: true }),
    (error: unknown) => Object.assign(state, { error, settled: true }),
  );
  return state;
}

export function reading(done: number, known = 0): ScanProgress {
  return {
    stage: 'read',
    done,
    total: 100,
    bytesDone: 0,
    bytesTotal: null,
    known,
    failed: 0,
    copies: 0,
    recent: [],
    seconds: 0,
    stageSeconds: 0,
  };
}
