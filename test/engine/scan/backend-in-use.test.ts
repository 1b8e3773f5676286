import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstBackend } from '../../../src-main/engine/scan/backend-in-use.ts';
import { createEngine, silentLogger, systemClock } from '../../../src-main/engine/index.ts';
import { addFolder, optionsFor, temporaryLibrary } from './temporary-library.ts';

describe('backend of a summary', () => {
  it('is our own runtime, without SIMD the native library where it is there', () => {
    const missing = (name: string): string => {
      throw new Error(`Cannot find module '${name}'`);
    };
    expect(firstBackend(true, missing)).toBe('wasm');
    expect(firstBackend(false, (name) => `/modules/${name}`)).toBe('tensorflow');
    expect(firstBackend(false, missing)).toBe('cpu');
  });

  it('is told of a first scan that was stopped, and none is started for that', async () => {
    const library = await temporaryLibrary();
    await library.write('a.jpg', 1);
    const { backend, ...options } = optionsFor(library.database, {
      readerWorker: join(library.directory, 'there-is-no-worker.ts'),
    });
    expect(backend).toBe('wasm');
    const engine = createEngine(options, { clock: systemClock, logger: silentLogger });
    try {
      await addFolder(engine, library.photos);
      const stop = new AbortController();
      const { signal } = stop;
      const summary = await engine.request('scan.run', {}, { signal, onEvent: () => stop.abort() });
      expect(summary).toMatchObject({ stopped: true, new: 0, backend: firstBackend() });
      // tfjs-core makes it when it is loaded.
      expect(globalThis).not.toHaveProperty('_tfengine');
      expect((await engine.request('library.summary', {})).backend).toBeNull();
    } finally {
      await engine.close();
    }
  });
});
