import type { EngineContext, Handlers } from '../context.ts';
import { backendInUse } from '../scan/backend-in-use.ts';

export function libraryMethods(context: EngineContext): Pick<Handlers, 'library.summary'> {
  return {
    'library.summary': async (_input, { signal }) => {
      const { store } = context;
      const folders = store.folders.list();
      const { groups, copies, bytesToGain } = await context.groups.totals(signal);
      const scans = folders.map(({ lastScanAt }) => lastScanAt).filter((at) => at !== null);
      return {
        ...store.photos.totals(),
        folders,
        formats: store.photos.formatCounts(),
        failed: store.photos.failedCounts(),
        groups,
        copies,
        bytesToGain,
        // ISO 8601 in UTC sorts as text.
        lastScanAt: scans.sort().at(-1) ?? null,
        model: (await context.model()).name,
        backend: backendInUse(context),
      };
    },
  };
}
