/** @file A process that commits one batch and hangs in the midst of the next until it is killed. */
import { writeSync } from 'node:fs';
import { openStore } from '../../../src-main/engine/store/open.ts';

const STDOUT = 1;
const store = openStore(process.argv[2] ?? '');
store.lock();
store.transaction(() => store.meta.set('first', 'kept'));
store.transaction(() => {
  store.meta.set('second', 'lost');
  writeSync(STDOUT, 'half\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
