/** @file A screen of its own for a test file: Xvfb on a display number that is free. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const XVFB = '/usr/bin/Xvfb';
const SCREEN = '1600x1000x24';

export interface Display {
  /** For the DISPLAY variable, such as `:99`. */
  name: string;
  close(): Promise<void>;
}

/** @returns why no screen can be had, or undefined */
export function whyNoDisplay(): string | undefined {
  return existsSync(XVFB) ? undefined : 'Xvfb is not installed (apt-get install xvfb)';
}

/** Starts Xvfb, which picks the number itself and says it on descriptor 3 once it takes clients. */
export async function openDisplay(): Promise<Display> {
  const server = spawn(XVFB, ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await Promise.race([firstLine(server), failure(server)]);
  return {
    name: `:${number}`,
    close: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}

async function firstLine(server: ChildProcess): Promise<string> {
  const lines = createInterface({ input: server.stdio[3] as NodeJS.ReadableStream });
  const [line] = (await once(lines, 'line')) as [string];
  lines.close();
  return line.trim();
}

async function failure(server: ChildProcess): Promise<never> {
  const [code] = (await once(server, 'exit')) as [number | null];
  throw new Error(`Xvfb ended with code ${String(code)} before it had a display.`);
}
