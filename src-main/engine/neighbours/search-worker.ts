/** @file A thread of an exact search: takes one tile after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { READY, type SearchThreadData } from './search-threads.ts';
import { searchTile, type Tile } from '../similarity/exact/tile.ts';
import { createWasmScreen } from '../similarity/exact/wasm-screen.ts';

if (parentPort === null) throw new Error('This runs as a thread.');
const port = parentPort;
const { module, stop, ...search } = workerData as SearchThreadData;
const screen = await createWasmScreen(module);

port.on('message', (tile: Tile) => {
  const blocks = searchTile(search, tile, screen);
  while (blocks.next().done !== true) {
    if (Atomics.load(stop, 0) !== 0) return;
  }
  port.postMessage(READY);
});
port.postMessage(READY);
