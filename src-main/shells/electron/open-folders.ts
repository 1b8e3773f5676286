/** @file Folders named on the command line, of this start or a second one: added, then scanned, one after the other. */
import type { Engine, Notice } from '../../contract/engine.ts';
import { LookalikeError } from '../../contract/errors.ts';

const endings = new Set<Notice['type']>(['scan-ended', 'scan-failed', 'engine-exited']);

/**
 * @returns a function that takes folders and resolves when they are scanned. Calls queue up. While a scan of
 *   someone else runs, it waits for that to end. @throws LookalikeError of folders.add or scan.run
 */
export function createFolderOpener(engine: Engine): (folders: string[]) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (folders) => {
    const next = last.then(() => addAndScan(engine, folders));
    // A failure is this call's own; the next one starts all the same.
    last = next.catch(() => undefined);
    return next;
  };
}

async function addAndScan(engine: Engine, paths: string[]): Promise<void> {
  if (paths.length === 0) return;
  const added = await engine.request('folders.add', { paths });
  const ids = added.map((folder) => folder.id);
  for (;;) {
    const ended = nextScanEnd(engine);
    try {
      await engine.request('scan.run', { folders: ids });
      return;
    } catch (error) {
      if (!(error instanceof LookalikeError) || error.code !== 'DATABASE_LOCKED') throw error;
      const { progress } = await engine.request('scan.state', {});
      // Locked, and not by a scan of this engine: another program has the database.
      if (progress === null && !ended.seen()) throw error;
      await ended.promise;
    } finally {
      ended.forget();
    }
  }
}

interface NextScanEnd {
  promise: Promise<void>;
  seen: () => boolean;
  forget: () => void;
}

/** Subscribed before the request, so that no end is missed between its refusal and the wait. */
function nextScanEnd(engine: Engine): NextScanEnd {
  let seen = false;
  let forget = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    forget = engine.subscribe(({ type }) => {
      if (!endings.has(type)) return;
      seen = true;
      resolve();
    });
  });
  return { promise, seen: () => seen, forget: () => forget() };
}
