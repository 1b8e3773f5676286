/** @file Runs a step of the set-up quietly: its output goes to a log that is shown only when it fails. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { fail } from './say.mjs';

const TAIL_LINES = 12;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** @param advice what the user can do when the step fails. */
export function runStep(name, command, args, advice) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    shell: process.platform === 'win32' && command.endsWith('npm.cmd'),
  });
  if (result.status === 0) return;
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`;
  const log = path.join(root, '.setup', `${name}.log`);
  mkdirSync(path.dirname(log), { recursive: true });
  writeFileSync(log, output);
  process.stderr.write(`${output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n')}\n`);
  fail(`${name} failed. ${advice} The whole output is in ${path.relative(process.cwd(), log) || log}.`);
}
