/** @file A scan from its first directory to its last group, under the one writer's lock. */
import { LookalikeError } from '../../contract/errors.ts';
import type { ParsedInput } from '../../contract/methods.ts';
import type { Folder, ScanSummary } from '../../contract/model.ts';
import type { ScanProgress } from '../../contract/progress.ts';
import type { EngineContext, ModelInfo } from '../context.ts';
import { backendInUse, firstBackend, rememberBackend } from './backend-in-use.ts';
import {
  areGroupsCurrent,
  areLooksGrouped,
  groupSource,
  looksOf,
  setGroupSource,
  setLooksGrouped,
} from './change-number.ts';
import { compareStage } from './compare-stage.ts';
import { findStage, type Found } from './find-stage.ts';
import { groupStage } from './group-stage.ts';
import { lookStage, openPairs } from './look-stage.ts';
import { readStage } from './read-stage.ts';
import { ResultWriter } from './result-writer.ts';
import { failedByCode, ScanReporter } from './scan-progress.ts';
import type { Stage, StageRun } from './stage.ts';

export interface ScanCall {
  signal: AbortSignal;
  tell: (progress: ScanProgress) => void;
}

/**
 * Aborting resolves with `stopped: true`; what was committed stays, and the next scan goes on from there.
 * @throws LookalikeError NOTHING_TO_DO without folders, FOLDER_MISSING when none can be reached, NOT_FOUND,
 * DATABASE_LOCKED, BACKEND_UNAVAILABLE.
 */
export async function runScan(
  context: EngineContext,
  input: ParsedInput<'scan.run'>,
  call: ScanCall,
): Promise<ScanSummary> {
  const model = await context.model();
  const lock = context.store.lock();
  try {
    const chosen = chooseFolders(context.store.folders.list(), input.folders);
    const scan = new Scan(context, model, call);
    return await scan.run(chosen, input.retryFailed);
  } finally {
    lock.release();
  }
}

class Scan {
  readonly #context: EngineContext;
  readonly #model: ModelInfo;
  readonly #signal: AbortSignal;
  readonly #reporter: ScanReporter;

  constructor(context: EngineContext, model: ModelInfo, { signal, tell }: ScanCall) {
    this.#context = context;
    this.#model = model;
    this.#signal = signal;
    this.#reporter = new ScanReporter(context.clock, tell);
  }

  async run(chosen: Folder[], retryFailed: boolean): Promise<ScanSummary> {
    const { store } = this.#context;
    const { name } = this.#model;
    const current = areGroupsCurrent(store, name);
    const before = `${groupSource(store, name)} ${looksOf(store)}`;
    const found = await this.#find(chosen, retryFailed);
    const finished = found !== undefined && (await this.#read(found)) && (await this.#compareAndGroup());
    if (found !== undefined && finished) this.#setScanned(found);
    const changed = !current || `${groupSource(store, name)} ${looksOf(store)}` !== before;
    if (changed || found?.online.length !== chosen.length) this.#context.notify({ type: 'library-changed' });
    return this.#summary(!finished, await this.#groups(finished));
  }

  /** @returns undefined when aborted. */
  async #find(chosen: Folder[], retryFailed: boolean): Promise<Found | undefined> {
    const { store, clock, logger } = this.#context;
    const reporter = this.#reporter;
    const signal = this.#signal;
    const library = store.folders.list();
    const run = { store, library, chosen, retryFailed, reporter, clock, logger, signal };
    let found: Found;
    try {
      found = await reporter.stage('find', {}, () => findStage(run));
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
    if (found.online.length === 0) {
      this.#context.notify({ type: 'library-changed' });
      throw noneReachable(chosen);
    }
    return found;
  }

  async #read({ pending, online }: Found): Promise<boolean> {
    if (pending.length === 0) return !this.#signal.aborted;
    const { store, clock } = this.#context;
    const pool = await this.#context.reader();
    const tellNews = (): void => this.#context.notify({ type: 'library-changed' });
    const writer = new ResultWriter(store, this.#model.name, clock, this.#reporter, tellNews);
    const run = { store, pool, writer, signal: this.#signal, roots: online };
    const bytesTotal = pending.reduce((sum, { stamp }) => sum + stamp.bytes, 0);
    const finished = await this.#reporter.stage('read', { total: pending.length, bytesTotal }, () =>
      readStage(run, pending),
    );
    if (pool.backend !== null) rememberBackend(this.#context, pool.backend);
    tellNews(); // what was committed last
    return finished;
  }

  async #compareAndGroup(): Promise<boolean> {
    const { store } = this.#context;
    const { name } = this.#model;
    if (this.#signal.aborted) return false;
    const current = areGroupsCurrent(store, name);
    const source = groupSource(store, name);
    if (!current && !(await this.#stage('compare', compareStage))) return false;
    if (!(await this.#look())) return false;
    if (current && areLooksGrouped(store)) return true;
    const looks = looksOf(store);
    if (!(await this.#stage('group', groupStage))) return false;
    store.transaction(() => {
      setGroupSource(store, source);
      setLooksGrouped(store, looks);
    });
    this.#context.groups.forget();
    return true;
  }

  /** Also at pairs that earlier scans had no time for. */
  async #look(): Promise<boolean> {
    const { store } = this.#context;
    const [first] = openPairs({ store, model: this.#model }).take(1);
    return first === undefined || this.#stage('look', lookStage);
  }

  async #stage(name: 'compare' | 'look' | 'group', stage: Stage): Promise<boolean> {
    const { store, clock, logger } = this.#context;
    const run: StageRun = {
      store,
      model: this.#model,
      clock,
      logger,
      reader: () => this.#context.reader(),
      head: () => this.#context.head(),
      judge: () => this.#context.judge(),
      weights: () => this.#context.weights(),
      screening: () => this.#context.screening(),
      votes: (contents, signal) => this.#context.votes(contents, signal),
      signal: this.#signal,
      report: (counts) => this.#reporter.update(counts),
    };
    return this.#reporter.stage(name, {}, () => stage(run));
  }

  #setScanned({ online }: Found): void {
    const { store, clock } = this.#context;
    const at = new Date(clock.now()).toISOString();
    store.transaction(() => {
      for (const { id } of online) store.folders.setScanned(id, at);
    });
  }

  /** Groups of copies; as they were noted last where there is no time to make them. */
  async #groups(finished: boolean): Promise<number> {
    const { groups } = this.#context;
    try {
      if (finished) return (await groups.noteTotals(this.#signal)).groups;
    } catch (error) {
      if (!this.#signal.aborted) throw error;
    }
    return groups.lastTotals()?.groups ?? 0;
  }

  #summary(stopped: boolean, groups: number): ScanSummary {
    const { store } = this.#context;
    const { new: added, changed, moved, unchanged, removed, unreachable } = this.#reporter.counts;
    return {
      photos: store.photos.totals().photos,
      new: added,
      changed,
      moved,
      unchanged,
      removed,
      offline: store.photos.offlineCount() + unreachable,
      failed: failedByCode(store.photos.failedCounts()),
      groups,
      seconds: this.#reporter.seconds,
      backend: backendInUse(this.#context) ?? firstBackend(),
      model: this.#model.name,
      stopped,
    };
  }
}

/** @throws LookalikeError NOTHING_TO_DO, NOT_FOUND */
function chooseFolders(library: Folder[], ids: readonly number[] | undefined): Folder[] {
  const unknown = ids?.find((id) => !library.some((folder) => folder.id === id));
  if (unknown !== undefined) {
    throw new LookalikeError('NOT_FOUND', `There is no folder with the number ${unknown} in the library.`);
  }
  const chosen = library.filter(
    ({ id, role }) => role !== 'excluded' && (ids === undefined || ids.includes(id)),
  );
  if (chosen.length > 0) return chosen;
  const all = library.length === 0 ? 'The library has no folder yet.' : 'All of these folders are excluded.';
  throw new LookalikeError('NOTHING_TO_DO', all, { nextStep: 'Add a folder with photos, then scan.' });
}

function noneReachable(chosen: Folder[]): LookalikeError {
  const paths = chosen.map(({ path }) => path).join(', ');
  const message =
    chosen.length === 1
      ? `The folder ${paths} can't be reached.`
      : `None of these folders can be reached: ${paths}.`;
  return new LookalikeError('FOLDER_MISSING', message, {
    nextStep: 'Connect the disk or the network share that it is on, then scan again. Its photos stay listed.',
  });
}
