/** @file Main file of a real child whose engine does what only a real process can. Run by node-child.test.ts. */
import type { Engine } from '../../../src-main/contract/engine.ts';
import { parentPipe } from '../../../src-main/host/adapters/parent-pipe.ts';
import { serve } from '../../../src-main/host/serve.ts';

const POINTS = 100_000;
const BUSY_MS = 1500;

const behaviours: Record<string, () => unknown> = {
  'map.points': () => ({
    dims: 2,
    explainedVariance: [0.5, 0.25],
    coordinates: Float32Array.from({ length: 2 * POINTS }, (_, i) => i / 3),
    ids: Int32Array.of(1),
    paths: ['/ä/ö.jpg'],
    labels: ['ü'],
  }),
  'photos.picture': () => ({ mime: 'image/jpeg', data: Buffer.from([0, 255, 127]) }),
  // Never answers.
  'doctor.report': () => new Promise(() => undefined),
  // The main thread is busy and hears nothing.
  'library.summary': () => {
    const end = Date.now() + BUSY_MS;
    while (Date.now() < end);
    return { photos: 5 };
  },
  // An error that nobody catches.
  'demo.create': () => {
    setTimeout(() => {
      throw new Error('a bug');
    });
    return new Promise(() => undefined);
  },
  'scan.stop': () => {
    console.log('a native library says hello');
    console.error('and warns');
    return { stopped: true };
  },
};

const engine: Engine = {
  request: (name) => Promise.resolve(behaviours[name]?.() as never),
  subscribe: () => () => undefined,
  close: () => Promise.resolve(),
};

const server = serve({
  channel: parentPipe(),
  createEngine: () => engine,
  blamedFiles: () => [],
  exit: (code) => process.exit(code),
});
process.on('uncaughtException', (error) => server.fatal(error));
