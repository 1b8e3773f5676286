/** @file What the engine needs from outside, so that tests can stand in for it. */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Logger {
  /** One line for a developer; names no photo unless `level` is debug. */
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string): void;
}

export interface EnginePorts {
  clock: Clock;
  logger: Logger;
}

export const systemClock: Clock = { now: () => Date.now() };
export const silentLogger: Logger = { log: () => undefined };
