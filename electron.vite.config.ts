import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import path from 'node:path';

const root = import.meta.dirname;
const shell = path.join(root, 'src-main/shells/electron');
const renderer = path.join(root, 'src-renderer');

/**
 * Main and preload are one CommonJS file each, dependencies inside: a sandboxed preload can be nothing else, and the
 * tests run main on an Electron without ES modules. Both land in one folder, which neither build may empty.
 */
function oneFile(entry: string) {
  return {
    externalizeDeps: false,
    outDir: path.join(root, 'out/electron'),
    emptyOutDir: false,
    target: 'node18',
    rolldownOptions: {
      input: { [entry]: path.join(shell, `${entry}.ts`) },
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  } as const;
}

export default defineConfig({
  main: { build: oneFile('main') },
  preload: { build: oneFile('preload') },
  renderer: {
    root: renderer,
    plugins: [svelte()],
    build: {
      outDir: path.join(root, 'out/renderer'),
      target: 'chrome114',
      minify: true,
      // The policy of both shells allows no data: URLs, so nothing is put inline.
      assetsInlineLimit: 0,
      rolldownOptions: { input: path.join(renderer, 'index.html') },
    },
  },
});
