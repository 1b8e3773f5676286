/** @file A process that takes the writer's place of a database and keeps it until it is killed. */
import { openStore } from '../../../src-main/engine/store/open.ts';

const store = openStore(process.argv[2] ?? '');
store.lock();
process.stdout.write('held\n');
setInterval(() => store.meta.get('alive'), 1000);
