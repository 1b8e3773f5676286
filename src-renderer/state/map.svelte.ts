/**
 * @file The map: its points as they came, what is shown of them, what is selected. Points are typed arrays and are replaced
 * as a whole; nothing looks into them for changes.
 */
import type {
  LibraryMap,
  MapClusters,
  MapColoring,
  MapLabels,
  MapLinks,
  Photo,
  PhotoId,
  Verdict,
} from '../../src-main/contract/model.ts';
import type { Client } from '../client/engine-client.ts';
import { fit, wholeMap, wholeSolid, type Camera, type Fitted } from '../plot/camera.ts';
import { legendOf, type Legend } from '../plot/colours.ts';
import { counted } from '../text/numbers.ts';
import type { Messages } from './messages.svelte.ts';
import { createRefresher, type Timers } from './refresher.ts';

export type MapMode = 'flat' | 'solid' | 'list';

const REFRESH_GAP_MS = 5_000;
/** Selected photos that are listed. */
const MOST_LISTED = 60;

/** In `placeOf` of links. */
const PLACE_IN_BOTH = 3;

type Labels = Pick<MapLabels, 'labels' | 'labelOf'>;

/** Numbers of the points whose value counts. */
function pointsWhere(values: ArrayLike<number>, counts: (value: number) => boolean): number[] {
  const points: number[] = [];
  for (let point = 0; point < values.length; point++) if (counts(values[point] ?? 0)) points.push(point);
  return points;
}

export class MapState {
  readonly #client: Client;
  readonly #messages: Messages;
  /** Call it on news; nothing is asked before the map was looked at. */
  readonly refresh: () => void;
  #wanted: readonly PhotoId[] | null = null;

  points = $state.raw<LibraryMap | null>(null);
  labels = $state.raw<Labels | null>(null);
  clusters = $state.raw<MapClusters | null>(null);
  links = $state.raw<MapLinks | null>(null);
  /** Folders whose overlap is shown; null: none. */
  folders = $state.raw<readonly [number, number] | null>(null);
  mode = $state<MapMode>('flat');
  colorBy = $state<MapColoring>('folder');
  /** Components that the axes are. */
  axes = $state.raw<readonly number[]>([0, 1, 2]);
  camera = $state.raw<Camera>(wholeMap);
  /** Keys of entries of the legend that are hidden. */
  hidden = $state.raw<ReadonlySet<string>>(new Set());
  /** Numbers of points, not of photos. */
  selected = $state.raw<ReadonlySet<number>>(new Set());
  /** Of the first of the selection. */
  listed = $state.raw<readonly Photo[]>([]);
  busy = $state(false);
  said = $state('');

  readonly dims: 2 | 3 = $derived(this.mode === 'solid' ? 3 : 2);
  /** The points as this view shows them. */
  readonly fitted: Fitted | null = $derived.by(() => this.#fit());
  readonly legend: Legend | null = $derived(
    this.labels === null ? null : legendOf(this.labels.labels, this.labels.labelOf, this.colorBy),
  );
  /** 1 for each entry of the legend that is shown. */
  readonly shownEntries: Uint8Array = $derived(
    Uint8Array.from(this.legend?.entries ?? [], ({ key }) => (this.hidden.has(key) ? 0 : 1)),
  );

  constructor(client: Client, messages: Messages, timers?: Timers) {
    this.#client = client;
    this.#messages = messages;
    const again = createRefresher(() => this.load(), REFRESH_GAP_MS, timers);
    this.refresh = () => {
      if (this.points !== null) again();
    };
  }

  /** Whether a point is drawn and can be picked. */
  isShown = (point: number): boolean => {
    if (this.links !== null) return true;
    const entry = this.legend?.entryOf[this.labels?.labelOf[point] ?? 0] ?? 0;
    return this.shownEntries[entry] !== 0;
  };

  /** Never rejects: what fails is said. */
  async load(): Promise<void> {
    await this.#ask(async () => {
      const before = this.points;
      const { axes, colorBy } = this;
      const points = await this.#client.request('map.points', { dims: 3, axes: [...axes], colorBy });
      this.labels = points;
      this.points = points;
      if (before !== null && before.source !== points.source) this.#carryOver(before, points);
      if (this.#wanted !== null) this.selectPhotos(this.#wanted);
      if (this.clusters !== null) await this.#loadClusters();
      if (this.folders !== null) await this.compareFolders(...this.folders);
    });
  }

  async show(mode: MapMode): Promise<void> {
    const before = this.mode;
    this.mode = mode;
    if (mode === 'list') {
      if (this.clusters === null) await this.#ask(() => this.#loadClusters());
    } else if (mode !== before && before !== 'list') this.whole();
  }

  whole(): void {
    this.camera = this.mode === 'solid' ? wholeSolid : wholeMap;
  }

  async color(colorBy: MapColoring): Promise<void> {
    await this.#ask(async () => {
      const labels = await this.#client.request('map.labels', { colorBy });
      if (labels.source !== this.points?.source) return this.load();
      this.colorBy = colorBy;
      this.hidden = new Set();
      this.labels = labels;
    });
  }

  async chooseAxes(axes: readonly number[]): Promise<void> {
    if (new Set(axes).size !== axes.length) return;
    this.axes = axes;
    await this.load();
    this.whole();
  }

  toggle(key: string): void {
    const hidden = new Set(this.hidden);
    if (!hidden.delete(key)) hidden.add(key);
    this.hidden = hidden;
  }

  /** Copies that two folders share. */
  async compareFolders(a: number, b: number): Promise<void> {
    await this.#ask(async () => {
      const links = await this.#client.request('map.links', { a, b });
      this.folders = [a, b];
      this.links = links;
      this.said = `${counted(links.lines.length / 2, 'line')} between copies.`;
    });
  }

  leaveFolders(): void {
    this.folders = null;
    this.links = null;
  }

  select(points: Iterable<number>): void {
    this.#wanted = null;
    this.selected = new Set(points);
    this.said =
      this.selected.size === 0 ? 'Nothing selected.' : `${counted(this.selected.size, 'photo')} selected.`;
    void this.#list();
  }

  /** Adds a point, or takes it away. */
  pick(point: number): void {
    const selected = new Set(this.selected);
    if (!selected.delete(point)) selected.add(point);
    this.select(selected);
  }

  /** Before the points are here, too. */
  selectPhotos(ids: readonly PhotoId[]): void {
    if (this.points === null) {
      this.#wanted = ids;
      return;
    }
    const wanted = new Set(ids);
    this.select(pointsWhere(this.points.ids, (id) => wanted.has(id)));
  }

  selectCluster(cluster: number): void {
    const { clusters } = this;
    if (clusters === null) return;
    this.select(pointsWhere(clusters.clusterOf, (of) => of === cluster));
  }

  /** The photos that are in both folders, or have a copy in the other. */
  selectShared(): void {
    this.select(pointsWhere(this.links?.placeOf ?? [], (place) => place === PLACE_IN_BOTH));
  }

  idOf(point: number): PhotoId | undefined {
    return this.points?.ids[point];
  }

  selectedIds(): PhotoId[] {
    return [...this.selected].flatMap((point) => this.idOf(point) ?? []);
  }

  /** All pairs of the selection; asked for a few photos only. */
  async answer(verdict: Verdict): Promise<void> {
    const ids = this.selectedIds();
    const pairs = ids.flatMap((a, i) => ids.slice(i + 1).map((b) => ({ a, b })));
    if (pairs.length === 0) return;
    await this.#ask(async () => {
      await this.#client.request('verdicts.set', { pairs, verdict });
      this.said = `Kept as your answer: ${verdict === 'same' ? 'same photo' : 'different'}.`;
    });
  }

  #fit(): Fitted | null {
    const { points, dims } = this;
    if (points === null) return null;
    if (dims === 3) return fit(points.coordinates, 3);
    const flat = new Float32Array(points.ids.length * 2);
    for (let point = 0; point < points.ids.length; point++) {
      flat[point * 2] = points.coordinates[point * 3] ?? 0;
      flat[point * 2 + 1] = points.coordinates[point * 3 + 1] ?? 0;
    }
    return fit(flat, 2);
  }

  /** Points have other numbers now; the photos are the same. */
  #carryOver(before: LibraryMap, after: LibraryMap): void {
    const ids = new Set([...this.selected].map((point) => before.ids[point]));
    this.selected = new Set(pointsWhere(after.ids, (id) => ids.has(id)));
  }

  async #loadClusters(): Promise<void> {
    this.clusters = await this.#client.request('map.clusters', {});
  }

  async #list(): Promise<void> {
    const { selected } = this;
    const ids: PhotoId[] = [];
    for (const point of selected) {
      if (ids.length >= MOST_LISTED) break;
      const id = this.idOf(point);
      if (id !== undefined) ids.push(id);
    }
    try {
      const photos = ids.length === 0 ? [] : await this.#client.request('photos.list', { ids });
      if (this.selected === selected) this.listed = photos;
    } catch (error) {
      this.#messages.report(error);
    }
  }

  async #ask(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await work();
    } catch (error) {
      this.#messages.report(error);
    } finally {
      this.busy = false;
    }
  }
}
