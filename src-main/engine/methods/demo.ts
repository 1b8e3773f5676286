import { realpath } from 'node:fs/promises';
import { LookalikeError } from '../../contract/errors.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { addFolders } from './folders.ts';

export function demoMethods(context: EngineContext): Pick<Handlers, 'demo.create'> {
  return {
    'demo.create': async (_input, { signal }) => {
      // Loaded only here: nobody else needs the generator.
      const { createDemoLibrary } = await import('../demo/index.ts');
      const { directory } = await createDemoLibrary(context.options.demoDirectory, { signal });
      const path = await realpath(directory);
      const [folder] = addFolders(context, [
        { path, role: 'library', hidden: false, followLinks: false, exclude: [] },
      ]);
      if (folder === undefined)
        throw new LookalikeError('INTERNAL', `The demo library ${path} was not added.`);
      return folder;
    },
  };
}
