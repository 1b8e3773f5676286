/** @file All state of the window, wired to one client. Truth lives in the engine; here is what is shown of it. */
import { createContext } from 'svelte';
import type { Notice } from '../../src-main/contract/engine.ts';
import type { Folder, ModelId, Photo, PhotoId, TrainingSource } from '../../src-main/contract/model.ts';
import type { ShellInfo } from '../../src-main/contract/shell.ts';
import type { Client } from '../client/engine-client.ts';
import { Compare } from './compare.svelte.ts';
import { Decisions } from './decisions.svelte.ts';
import { Details } from './details.svelte.ts';
import { EngineStatus } from './engine-status.svelte.ts';
import { Groups, noFilter } from './groups.svelte.ts';
import { Library } from './library.svelte.ts';
import { MapState } from './map.svelte.ts';
import { Messages } from './messages.svelte.ts';
import { Models } from './models.svelte.ts';
import { addressOf, Navigation } from './navigation.svelte.ts';
import { PairCheck } from './pair-check.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import { Scan } from './scan.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { Similar } from './similar.svelte.ts';
import { Teach } from './teach.svelte.ts';
import { Threshold } from './threshold.svelte.ts';
import { Training } from './training.svelte.ts';

/** The engine lists no more at once. */
const MOST_COMPARED = 1_000;

export class AppState {
  readonly client: Client;
  readonly messages = new Messages();
  readonly navigation = new Navigation();
  readonly preferences: Preferences;
  readonly engine: EngineStatus;
  readonly library: Library;
  readonly scan: Scan;
  readonly groups: Groups;
  readonly selection: Selection;
  readonly compare: Compare;
  readonly similar: Similar;
  readonly map: MapState;
  readonly pairCheck: PairCheck;
  readonly teach: Teach;
  readonly training: Training;
  readonly models: Models;
  readonly threshold: Threshold;
  readonly details: Details;
  readonly decisions: Decisions;
  /** What this shell can do; null until it has told. */
  info = $state.raw<ShellInfo | null>(null);
  /** The server shell's panel for choosing folders is open. */
  browsing = $state(false);
  /** The list of keys is open. */
  showsKeys = $state(false);
  makingDemo = $state(false);

  constructor(client: Client, store: Pick<Storage, 'getItem' | 'setItem'>) {
    this.client = client;
    this.preferences = new Preferences(store);
    this.engine = new EngineStatus(client, this.messages);
    this.library = new Library(client, this.messages);
    this.scan = new Scan(client, this.messages);
    this.groups = new Groups(client, this.messages);
    this.selection = new Selection(this.groups);
    this.similar = new Similar(client, this.messages);
    this.map = new MapState(client, this.messages);
    this.pairCheck = new PairCheck(client, this.messages);
    this.teach = new Teach(client, this.messages);
    this.training = new Training(client, this.messages);
    this.models = new Models(client, this.messages);
    this.threshold = new Threshold(client, this.messages, this.groups);
    this.details = new Details(client, this.messages, this.groups);
    this.decisions = new Decisions(client, this.messages, this.groups, this.selection);
    this.compare = new Compare(client, this.messages, this);
  }

  /** Listens, then asks for what is there. @returns the function that ends it. */
  start(): () => void {
    const ends = [
      this.client.onNotice((notice) => this.#notice(notice)),
      this.client.onConnection((connected) => {
        this.engine.connection(connected);
        if (connected) void this.load();
      }),
    ];
    void this.load();
    return () => {
      for (const end of ends) end();
    };
  }

  async load(): Promise<void> {
    await Promise.all([this.#loadInfo(), this.library.load(), this.scan.load(), this.groups.reload()]);
  }

  /** Adds folders as this shell does it, then reads them. */
  async addFolders(): Promise<void> {
    if (this.info?.addFolders === 'browse') this.browsing = true;
    else await this.scan.scanAdded(await this.library.pick());
  }

  async addBrowsed(tokens: string[]): Promise<void> {
    this.browsing = false;
    await this.scan.scanAdded(await this.library.addBrowsed(tokens));
  }

  async dropFolders(files: File[], role: Folder['role']): Promise<void> {
    await this.scan.scanAdded(await this.library.drop(files, role));
  }

  async tryDemo(): Promise<void> {
    this.makingDemo = true;
    const added = await this.library.makeDemo();
    this.makingDemo = false;
    await this.scan.scanAdded(added);
  }

  /** Opens the selected group in Compare. @param picks places of its photos; without any, the one that the keys are at */
  compareSelected(picks?: readonly number[]): void {
    const { group, position } = this.selection;
    if (group === undefined) return;
    this.compare.open(group, position.row, picks ?? (position.photo === null ? [] : [position.photo]));
    location.hash = addressOf('compare');
  }

  /** One picture is looked for; of two it is asked whether they are one photo. */
  async dropPictures(files: File[]): Promise<void> {
    const [a, b] = files;
    if (a === undefined) return;
    if (b !== undefined) return this.pairCheck.files(a, b);
    location.hash = addressOf('similar');
    await this.similar.askFile(a);
  }

  /** Photos that are like this one. */
  findSimilar(id: PhotoId): void {
    location.hash = addressOf('similar');
    void this.similar.askPhoto(id);
  }

  showOnMap(ids: readonly PhotoId[]): void {
    location.hash = addressOf('map');
    this.map.selectPhotos(ids);
  }

  /** The picked results with each other; fewer than two with what was asked for; none: the best with it. */
  compareFound(): void {
    const { asked, chosen, shown } = this.similar;
    const picked = chosen.length === 0 ? shown.slice(0, 1) : chosen;
    const [first] = picked;
    if (asked === null || first === undefined) return;
    if (asked.kind === 'picture' && picked.length === 1) {
      void this.pairCheck.open(asked, { kind: 'photo', photo: first.photo });
      return;
    }
    const photos = picked.map(({ photo }) => photo);
    this.comparePhotos(asked.kind === 'photo' && picked.length === 1 ? [asked.photo, ...photos] : photos);
  }

  /** Photos that need not be of one group. */
  comparePhotos(photos: readonly Photo[]): void {
    this.compare.openPhotos(photos);
    location.hash = addressOf('compare');
  }

  /** The same by their ids. */
  async compareIds(ids: readonly PhotoId[]): Promise<void> {
    try {
      this.comparePhotos(await this.client.request('photos.list', { ids: ids.slice(0, MOST_COMPARED) }));
    } catch (error) {
      this.messages.report(error);
    }
  }

  /** Trains a version; one that is better is shown with what it would change, and is not in use yet. */
  async train(data: Extract<TrainingSource, 'self' | 'verdicts'>): Promise<void> {
    const result = await this.training.run(data);
    await this.models.load();
    if (result?.accepted === true && result.model !== null) await this.models.compare(result.model);
  }

  async useModel(id: ModelId): Promise<void> {
    if (!(await this.models.use(id))) return;
    this.training.settle();
    this.teach.refresh();
  }

  /** Groups of copies that these photos are in. */
  async reviewPhotos(ids: readonly PhotoId[]): Promise<void> {
    location.hash = addressOf('duplicates');
    this.selection.reset();
    await this.groups.show({ kind: 'copies', ...noFilter, photos: ids });
  }

  async reveal(id: number): Promise<void> {
    try {
      const { shown } = await this.client.shell('shell.reveal', { id });
      if (!shown) {
        this.messages.show({
          key: 'reveal',
          kind: 'info',
          title: 'The file is not where it was.',
          detail: 'Scan again, so that the list follows the disk.',
        });
      }
    } catch (error) {
      this.messages.report(error);
    }
  }

  async #loadInfo(): Promise<void> {
    try {
      this.info = await this.client.shell('shell.info', {});
    } catch (error) {
      this.messages.report(error);
    }
  }

  #notice(notice: Notice): void {
    this.engine.notice(notice);
    this.scan.notice(notice);
    if (notice.type === 'scan-failed') {
      this.messages.show({
        key: `${notice.code}: ${notice.message}`,
        kind: 'error',
        title: 'The scan ended early.',
        detail: `What was read is kept. ${notice.message}`,
      });
    }
    if (notice.type === 'engine-restarted') void this.load();
    if (notice.type === 'library-changed' || notice.type === 'scan-ended' || notice.type === 'scan-failed') {
      this.library.refresh();
      this.groups.refresh();
      this.threshold.refresh();
      this.map.refresh();
      this.teach.refresh();
    }
  }
}

export const [useApp, provideApp] = createContext<AppState>();
