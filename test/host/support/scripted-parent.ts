/** @file A shell that starts a child, prints its pid and waits, to be killed. Run by node-child.test.ts. */
import { join } from 'node:path';
import { nodeChildLauncher } from '../../../src-main/host/adapters/node-child.ts';
import { HostClient } from '../../../src-main/host/client.ts';
import { options } from './engine-options.ts';

const client = new HostClient({
  launcher: nodeChildLauncher({
    nodeBinary: process.execPath,
    entry: join(import.meta.dirname, 'scripted-child.ts'),
  }),
  engineOptions: options,
  logger: { log: () => undefined },
});
await client.start();
console.log(client.pid);
