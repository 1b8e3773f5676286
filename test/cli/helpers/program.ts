/** @file The built command line as a user runs it: a process, with a home folder of its own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');
const program = join(root, 'out/node/cli.js');

const steps: { output: string; command: string[] }[] = [
  { output: 'out/encoder/trunk.bin', command: ['scripts/build-trunk.ts'] },
  {
    output: 'out/node/cli.js',
    command: ['node_modules/vite/bin/vite.js', 'build', '-c', 'vite.node.config.ts', '--logLevel', 'warn'],
  },
  {
    output: 'out/renderer/index.html',
    command: ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
  },
];

/** Builds what is missing; what is there is taken as it is (“npm test” has made it anew). */
export function buildWhatIsMissing(): void {
  for (const { output, command } of steps) {
    if (existsSync(join(root, output))) continue;
    const { status, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command.join(' ')} failed: ${stderr}`);
  }
}

/** A developer's own settings are none of a test's business. */
const ownVariables = new Set(['LOOKALIKE_DB', 'NO_COLOR', 'XDG_DATA_HOME']);

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface Running {
  process: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves once the text so far matches. */
  until(stream: 'out' | 'err', pattern: RegExp): Promise<RegExpExecArray>;
}

export interface StartOptions {
  home: string;
  cwd?: string;
  env?: Record<string, string>;
}

export function start(words: string[], { home, cwd = home, env = {} }: StartOptions): Running {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ownVariables.has(name)),
  );
  const child = spawn(process.execPath, [program, ...words], {
    cwd,
    env: { ...inherited, HOME: home, USERPROFILE: home, LOCALAPPDATA: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  const waiting = new Set<() => void>();
  const listen = (stream: 'out' | 'err') => (chunk: Buffer) => {
    text[stream] += chunk.toString();
    for (const look of [...waiting]) look();
  };
  child.stdout.on('data', listen('out'));
  child.stderr.on('data', listen('err'));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...text }));
  });
  return {
    process: child,
    ended,
    until: (stream, pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(text[stream]);
          if (found === null) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        void ended.then(({ err }) => reject(new Error(`ended before ${String(pattern)} came: ${err}`)));
        look();
      }),
  };
}

export function lookalike(words: string[], options: StartOptions): Promise<Ended> {
  return start(words, options).ended;
}
