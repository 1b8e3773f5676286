import { conforms, openInProcess } from '../conformance.ts';

conforms({
  name: 'no transport (in process)',
  reach: 'shell',
  open: (library) => {
    const engine = openInProcess(library);
    return Promise.resolve({ asked: engine, owner: engine, close: () => engine.close() });
  },
});
