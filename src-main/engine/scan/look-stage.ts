/**
 * @file Stage "look": pairs that thumbnails leave open, and that would stand in a group, looked at on both their files. One
 * after the other, so that one worker does it: each that looks takes some 126 MB.
 */
import { LookalikeError } from '../../contract/errors.ts';
import { SERIES_RELATIONS } from '../groups/library-rows.ts';
import { savedThreshold } from '../groups/settings.ts';
import { StoredSides } from '../matching/side.ts';
import { createPause } from '../similarity/pacing.ts';
import { isCopyRelation } from '../similarity/relation.ts';
import type { ContentId, PairRow, ScoredPair, Store } from '../store/store.ts';
import { countLook } from './change-number.ts';
import { lookAtPair, type ContentOnDisk, type LookTools } from './look-at-pair.ts';
import type { Stage, StageRun } from './stage.ts';

/** A scan looks at no more than these, and for no longer; the next one goes on. */
const LOOKS_MAX = 100;
const LOOKS_MS_MAX = 30_000;
/** Pairs that are looked at before they are committed. */
const COMMIT_PAIRS = 10;

const SERIES = new Set(Object.values(SERIES_RELATIONS));

interface OpenPair {
  a: ContentOnDisk;
  b: ContentOnDisk;
}

/** Open pairs of groups whose files are on disks that are there, the surest first. */
export function* openPairs({ store, model }: Pick<StageRun, 'store' | 'model'>): Generator<OpenPair> {
  const threshold = savedThreshold(store) ?? model.threshold;
  const isGrouped = ({ score, relation }: ScoredPair): boolean =>
    SERIES.has(relation) || (score >= threshold && isCopyRelation(relation));
  for (const pair of store.pairs.open(model.name)) {
    if (!isGrouped(pair)) continue;
    const [a, b] = [onDisk(store, pair.a), onDisk(store, pair.b)];
    if (a !== undefined && b !== undefined) yield { a, b };
  }
}

function onDisk(store: Store, id: ContentId): ContentOnDisk | undefined {
  const path = store.photos.reachable(id);
  return path === undefined ? undefined : { id, path };
}

/** An abort keeps what was found so far. Files that can't be read, or have changed, leave their pairs open. */
export const lookStage: Stage = async (run) => {
  const rows: PairRow[] = [];
  try {
    await lookAll(run, rows);
    return true;
  } catch (error) {
    if (run.signal.aborted) return false;
    throw error;
  } finally {
    commit(run, rows);
  }
};

async function lookAll(run: StageRun, rows: PairRow[]): Promise<void> {
  const { clock, logger, signal } = run;
  const total = openPairs(run).take(LOOKS_MAX).toArray().length;
  run.report({ done: 0, total });
  if (total === 0) return;
  const tools = await toolsOf(run);
  const end = clock.now() + LOOKS_MS_MAX;
  let [done, unreadable] = [0, 0];
  const pause = createPause(signal);
  for (const { a, b } of openPairs(run)) {
    await pause();
    if (done === LOOKS_MAX || clock.now() >= end) break;
    const row = await lookIfReadable(tools, a, b);
    if (row === 'unreadable') unreadable++;
    else if (row !== undefined) rows.push(row);
    if (row === 'unreadable' || row === undefined) continue;
    run.report({ done: ++done, total });
    if (rows.length >= COMMIT_PAIRS) commit(run, rows);
  }
  if (unreadable > 0) logger.log('info', `${unreadable} open pairs could not be looked at on their files.`);
}

async function toolsOf({ store, model, signal, ...run }: StageRun): Promise<LookTools> {
  const [judge, weights, reader] = [await run.judge(), await run.weights(), await run.reader()];
  return { store, model, sides: new StoredSides(store, model.name), judge, weights, reader, signal };
}

async function lookIfReadable(
  tools: LookTools,
  a: ContentOnDisk,
  b: ContentOnDisk,
): Promise<PairRow | 'unreadable' | undefined> {
  try {
    return await lookAtPair(tools, a, b);
  } catch (error) {
    if (error instanceof LookalikeError && error.code === 'PHOTO_UNREADABLE') return 'unreadable';
    throw error;
  }
}

/** Stores the rows and empties the list. */
function commit(run: Pick<StageRun, 'store' | 'model'>, rows: PairRow[]): void {
  if (rows.length > 0) storeLooks(run, rows.splice(0));
}

/** Groups follow from it. */
export function storeLooks({ store, model }: Pick<StageRun, 'store' | 'model'>, rows: PairRow[]): void {
  store.transaction(() => {
    store.pairs.upsert(model.name, rows);
    countLook(store);
  });
}
