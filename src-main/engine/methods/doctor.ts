import { statSync } from 'node:fs';
import { toEnvelope } from '../../contract/errors.ts';
import type { DoctorReport } from '../../contract/model.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { processTurn } from '../encoder/thread-turn.ts';

/** Reports what can't be used instead of failing on it: that is what it is asked for. */
export function doctorMethods(context: EngineContext): Pick<Handlers, 'doctor.report'> {
  return {
    'doctor.report': async () => {
      const { options } = context;
      // Loaded only here: the engine's own thread has no other use for backends and decoders.
      const [{ describeBackends }, { describeFormats }] = await Promise.all([
        import('../encoder/extractor.ts'),
        import('./doctor-formats.ts'),
      ]);
      return {
        version: options.version,
        node: process.version,
        // A scan may be computing meanwhile.
        backends: await processTurn.runAsync(() => describeBackends(options.trunkDirectory, options.backend)),
        localFeatures: await localFeatures(options.wasmDirectory),
        formats: describeFormats(),
        ...databaseReport(context),
        model: await modelName(context),
      };
    },
  };
}

async function localFeatures(wasmDirectory: string): Promise<DoctorReport['localFeatures']> {
  const { createFeatureExtractor } = await import('../features/extractor.ts');
  try {
    const { kind, reason = '' } = await createFeatureExtractor(wasmDirectory);
    return { runs: kind, reason };
  } catch (error) {
    return { runs: null, reason: toEnvelope(error).message };
  }
}

function databaseReport(context: EngineContext): Pick<DoctorReport, 'database' | 'folders'> {
  const path = context.options.databasePath;
  const bytes = statSync(path, { throwIfNoEntry: false })?.size;
  // Not there yet is no fault, and looking must not make it.
  if (bytes === undefined)
    return { database: { path, schema: 0, photos: 0, bytes: 0, ok: true }, folders: [] };
  try {
    const { store } = context;
    const folders = store.folders
      .list()
      .map(({ path, role, online, photos }) => ({ path, role, online, photos }));
    const { photos } = store.photos.totals();
    return { database: { path: store.path, schema: store.schema, photos, ...store.health() }, folders };
  } catch (error) {
    context.logger.log('error', `The database can't be used: ${toEnvelope(error).message}`);
    return { database: { path, schema: 0, photos: 0, bytes, ok: false }, folders: [] };
  }
}

async function modelName(context: EngineContext): Promise<string> {
  try {
    return (await context.model()).name;
  } catch (error) {
    return toEnvelope(error).message;
  }
}
