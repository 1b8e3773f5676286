import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Tests that start whole programs run one file at a time: two cores, and each brings its own processes. */
const wholePrograms = { fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'engine',
          include: ['test/{contract,engine,host,scripts}/**/*.test.ts'],
          exclude: ['test/contract/transports/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        // css: the colours of the themes are tested too.
        test: { name: 'renderer', include: ['test/renderer/**/*.test.ts'], css: true },
      },
      { test: { name: 'transports', include: ['test/contract/transports/**/*.test.ts'], ...wholePrograms } },
      { test: { name: 'cli', include: ['test/cli/**/*.test.ts'], ...wholePrograms } },
      // Chromium on a loaded machine now and then loses an event: a test that fails twice is at fault itself.
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], retry: 1, ...wholePrograms } },
      { test: { name: 'package', include: ['test/package/**/*.test.ts'], ...wholePrograms } },
      { test: { name: 'quality', include: ['test/quality/**/*.test.ts'], ...wholePrograms } },
    ],
  },
});
