/** @file How the bench measures: processor time of this process and of whole programs (by the shell), memory, medians. */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface ProgramTime {
  /** User and system seconds of the program and all its children. */
  cpu: number;
  wall: number;
}

/** Runs a program to its end. `times` of the shell counts every descendant that was waited for. */
export function timeProgram(command: string[], env: NodeJS.ProcessEnv = {}): ProgramTime {
  const began = performance.now();
  const result = spawnSync(
    'sh',
    ['-c', '"$@" >/dev/null 2>"$0.err" || exit 9; times', tempName(), ...command],
    {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    },
  );
  if (result.status !== 0) throw new Error(`${command.join(' ')} failed`);
  const children = result.stdout.trim().split('\n').at(-1) ?? '';
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
  return { cpu, wall: (performance.now() - began) / 1000 };
}

function tempName(): string {
  return `/tmp/lookalike-bench-${process.pid}`;
}

/** Of this process since it began. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

export interface MemorySample {
  seconds: number;
  /** Resident, of the largest process and of all. */
  largestMb: number;
  totalMb: number;
}

export interface WatchedProgram {
  samples: MemorySample[];
  /** What it said on its standard error, line by line. */
  said: { seconds: number; text: string }[];
  code: number | null;
}

/** Starts a program and samples the resident memory of its whole process tree (Linux). */
export async function watchMemory(command: string[], intervalMs: number): Promise<WatchedProgram> {
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] });
  const began = performance.now();
  const samples: MemorySample[] = [];
  const said: WatchedProgram['said'] = [];
  const lines = createInterface(child.stderr);
  lines.on('line', (text) => said.push({ seconds: (performance.now() - began) / 1000, text }));
  const timer = setInterval(() => {
    const sizes = processTree(child.pid ?? 0).map(residentMb);
    if (sizes.length === 0) return;
    samples.push({
      seconds: (performance.now() - began) / 1000,
      largestMb: Math.max(...sizes),
      totalMb: sizes.reduce((a, b) => a + b, 0),
    });
  }, intervalMs);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(timer);
  return { samples, said, code };
}

function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0]));
    } catch {
      // It ended between the two reads.
    }
  }
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

function residentMb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
