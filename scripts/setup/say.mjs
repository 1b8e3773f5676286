/** @file What the set-up tells the user: short lines on standard error, so that standard output stays the program's. */

export function say(line) {
  process.stderr.write(`lookalike: ${line}\n`);
}

/** Ends the run with one clear line. */
export function fail(line) {
  say(line);
  process.exit(1);
}
