/** @file Main file of the engine's process. The one place of this room that reaches into the engine. */
import { createEngine } from '../engine/index.ts';
import { systemClock } from '../engine/ports.ts';
import { blamedFiles } from '../engine/reader/in-flight.ts';
import { parentPipe } from './adapters/parent-pipe.ts';
import { serve } from './serve.ts';

// Ctrl-C in a terminal reaches the whole process group; what it means is for the shell to say.
process.on('SIGINT', () => undefined);

const server = serve({
  channel: parentPipe(),
  createEngine: (options, ports) => createEngine(options, { clock: systemClock, ...ports }),
  blamedFiles: (options) => blamedFiles(options.databasePath),
  exit: (code) => process.exit(code),
});

// Nothing is known about the state after this, so the process ends and the parent starts a new one.
process.on('uncaughtException', (error) => server.fatal(error));
