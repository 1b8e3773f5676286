import { startEngine } from '../../../src-main/host/index.ts';
import { conforms, installation } from '../conformance.ts';

conforms({
  name: 'frames to a child process',
  reach: 'shell',
  open: (library) => {
    const engine = startEngine({ installation, databasePath: library.database, threads: 1 });
    return Promise.resolve({ asked: engine, owner: engine, close: () => engine.close() });
  },
});
