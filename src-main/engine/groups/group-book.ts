/** @file The groups of an open database, made when they are first asked for and made anew where something changed. */
import type { GroupTotals } from '../../contract/model.ts';
import { pairsSource } from '../scan/change-number.ts';
import { untilCancelled } from '../jobs/cancel.ts';
import type { ModelInfo } from '../context.ts';
import type { Store } from '../store/store.ts';
import { readDecisions, readKeepers, readVerdicts } from './decisions.ts';
import { GroupIndex } from './group-index.ts';
import { totalsOf } from './group-page.ts';
import { readGroupRows } from './group-rows.ts';
import { revision, savedThreshold } from './settings.ts';

const TOTALS = 'groups.totals';
/**
 * While a scan writes, the library changes all the time: reading it anew may take this part of the time, so that it never
 * holds up the rest.
 */
const MOST_TIME_READING = 0.05;

interface Loaded {
  index: GroupIndex;
  /** What it was made from. */
  library: string;
  verdicts: string;
  keepers: string;
  at: number;
  tookMs: number;
}

/** What the groups of a database need of its engine. */
export interface BookTools {
  readonly store: Store;
  model(): Promise<ModelInfo>;
}

export class GroupBook {
  readonly #tools: BookTools;
  readonly #closing = new AbortController();
  #loaded: Loaded | undefined;
  #loading: Promise<Loaded> | undefined;

  constructor(tools: BookTools) {
    this.#tools = tools;
  }

  /** @throws LookalikeError CANCELLED when the signal is aborted; the work goes on for whoever asks next. */
  async index(signal?: AbortSignal): Promise<GroupIndex> {
    const { store } = this.#tools;
    const model = await this.#tools.model();
    let loaded = this.#loaded;
    if (loaded === undefined || this.#isOld(loaded, pairsSource(store, model.name))) {
      loaded = await untilCancelled(this.#load(model), signal);
    }
    this.#bringUpToDate(loaded);
    return loaded.index;
  }

  /** In use: the saved one, or else the model's own. */
  async threshold(): Promise<number> {
    const { threshold } = await this.#tools.model();
    return savedThreshold(this.#tools.store) ?? threshold;
  }

  /** Of the groups at the threshold in use; at hand without making them where nothing changed since they were noted. */
  async totals(signal?: AbortSignal): Promise<GroupTotals> {
    return (await this.#noted()) ?? this.#made(signal);
  }

  /** As they were noted last, whatever has changed since; undefined before the first scan. */
  lastTotals(): GroupTotals | undefined {
    return readNote(this.#tools.store)?.totals;
  }

  /** Notes the totals for the next start, so that it need not make the groups to tell them. */
  async noteTotals(signal?: AbortSignal): Promise<GroupTotals> {
    const { store } = this.#tools;
    const noted = await this.#noted();
    if (noted !== undefined) return noted;
    const totals = await this.#made(signal);
    store.meta.set(TOTALS, JSON.stringify({ source: await this.#source(), totals }));
    return totals;
  }

  /** The next one who asks gets what the database holds then. */
  forget(): void {
    this.#loaded = undefined;
  }

  /** Ends what is being made; nobody may ask any more. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([this.#loading]);
  }

  #load(model: ModelInfo): Promise<Loaded> {
    if (this.#loading === undefined) {
      const loading = this.#read(model).finally(() => {
        this.#loading = undefined;
      });
      // Whoever waits for it hears of a failure; it may be that nobody waits any more.
      loading.catch(() => undefined);
      this.#loading = loading;
    }
    return this.#loading;
  }

  async #read(model: ModelInfo): Promise<Loaded> {
    const { store } = this.#tools;
    const began = performance.now();
    const library = pairsSource(store, model.name);
    const [verdicts, keepers] = [revision(store, 'verdicts'), keeperRevision(store)];
    const rows = await readGroupRows(store, model.name, this.#closing.signal);
    const index = new GroupIndex(rows, model, readDecisions(store, rows));
    const at = performance.now();
    return (this.#loaded = { index, library, verdicts, keepers, at, tookMs: at - began });
  }

  #isOld({ library, at, tookMs }: Loaded, now: string): boolean {
    return library !== now && performance.now() - at >= tookMs / MOST_TIME_READING;
  }

  #bringUpToDate(loaded: Loaded): void {
    const { store } = this.#tools;
    const [verdicts, keepers] = [revision(store, 'verdicts'), keeperRevision(store)];
    if (loaded.verdicts !== verdicts) loaded.index.decideVerdicts(readVerdicts(store, loaded.index.rows));
    if (loaded.keepers !== keepers) loaded.index.decideKeepers(readKeepers(store));
    Object.assign(loaded, { verdicts, keepers });
  }

  async #made(signal: AbortSignal | undefined): Promise<GroupTotals> {
    const threshold = await this.threshold();
    return totalsOf((await this.index(signal)).at(threshold), threshold);
  }

  async #noted(): Promise<GroupTotals | undefined> {
    const source = await this.#source();
    const note = readNote(this.#tools.store);
    return note?.source === source ? note.totals : undefined;
  }

  /** All that the groups in use follow from. */
  async #source(): Promise<string> {
    const { store } = this.#tools;
    const { name } = await this.#tools.model();
    const parts = [pairsSource(store, name), revision(store, 'verdicts'), keeperRevision(store)];
    return [...parts, await this.threshold()].join(' | ');
  }
}

function readNote(store: Store): { source: string; totals: GroupTotals } | undefined {
  const text = store.meta.get(TOTALS);
  return text === undefined ? undefined : (JSON.parse(text) as { source: string; totals: GroupTotals });
}

/** Folders that come or go change the order of folders. */
function keeperRevision(store: Store): string {
  return `${revision(store, 'keepers')} ${store.folders
    .list()
    .map(({ id }) => id)
    .join()}`;
}
