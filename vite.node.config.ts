/**
 * @file Build of what runs on plain Node: the engine's process, its reader workers and the command line. The window's
 * side is electron-vite's. Native modules and packages that load files of their own stay outside; the rest is bundled,
 * because one file starts faster than hundreds.
 */
import { defineConfig } from 'vite';

const outside = [/^@tensorflow\//, /^better-sqlite3$/, /^piscina$/, /^sharp$/, /^usearch$/];

export default defineConfig({
  publicDir: false,
  ssr: { target: 'node', noExternal: true },
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'out/node',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: {
        engine: 'src-main/host/engine-entry.ts',
        reader: 'src-main/engine/reader/worker.ts',
        training: 'src-main/engine/training/worker.ts',
        search: 'src-main/engine/neighbours/search-worker.ts',
        cli: 'src-main/shells/cli/main.ts',
      },
      external: outside,
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'shared/[name]-[hash].js',
      },
    },
  },
});
