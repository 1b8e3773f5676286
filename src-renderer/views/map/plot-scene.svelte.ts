/** @file What is under the pointer on the map, what it drags, and which points are shown as pictures. */
import type { PhotoId } from '../../../src-main/contract/model.ts';
import { panned, project, turned, zoomAt, type Camera, type Frame, type Place } from '../../plot/camera.ts';
import {
  inView,
  lassoWith,
  nearestPoint,
  picturePoints,
  pointBeside,
  pointsInside,
} from '../../plot/picking.ts';
import type { MapState } from '../../state/map.svelte.ts';
import type { PlotCommand } from './plot-keys.ts';

const REACH_PX = 14;
const CLICK_PX = 5;
const CELL_PX = 72;
const NEAR_PX = 130;
const MOST_NEAR = 7;
const MOST_PICTURES = 40;
/** Up to so many points in view, pictures are shown of all. */
const SPARSE = 250;
const WHEEL_STEP = 1.0015;
const KEY_ZOOM = 1.4;

export interface NearPicture {
  point: number;
  id: PhotoId;
  x: number;
  y: number;
}

interface Drag {
  from: Place;
  last: Place;
  moves: boolean;
  far: boolean;
}

/** What of a pointer event counts. */
export interface Press {
  at: Place;
  /** Turns in three dimensions unless this is set. */
  pans: boolean;
  /** To what is selected. */
  adds: boolean;
}

export class PlotScene {
  readonly #map: MapState;
  #places = new Float32Array(0);
  #drag: Drag | null = null;
  /** The space bar is held: a drag moves the map. */
  holdsSpace = false;

  frame = $state.raw<Frame>({ width: 0, height: 0 });
  tool = $state<'move' | 'lasso'>('lasso');
  lasso = $state.raw<readonly Place[]>([]);
  /** Where the pointer of the mouse or of the keys is. */
  pointer = $state.raw<Place | null>(null);
  /** The point that it is at; -1: none. */
  current = $state(-1);
  pictures = $state.raw<readonly NearPicture[]>([]);

  constructor(map: MapState) {
    this.#map = map;
  }

  readonly currentPlace: Place | null = $derived.by(() => this.#placeOf(this.current));

  /** Of all points, as the camera has them now. */
  places(): Float32Array {
    const { fitted, camera } = this.#map;
    if (fitted === null) return this.#places;
    const wanted = (fitted.points.length / 3) * 2;
    if (this.#places.length !== wanted) this.#places = new Float32Array(wanted);
    return project(fitted, camera, this.frame, this.#places);
  }

  #placeOf(point: number): Place | null {
    if (point < 0 || this.#map.fitted === null) return null;
    const now = this.places();
    return { x: now[point * 2] ?? 0, y: now[point * 2 + 1] ?? 0 };
  }

  showPictures(): void {
    this.showPicturesAt(this.pointer);
  }

  /** Nothing while the map is dragged: pictures would lag behind it. */
  showPicturesAt(pointer: Place | null): void {
    if (this.#map.fitted === null || this.#drag?.far === true || this.frame.width === 0) return;
    const now = this.places();
    const isSparse = inView(now, this.frame) <= SPARSE;
    const around = isSparse ? null : pointer;
    if (!isSparse && around === null) {
      this.pictures = [];
      return;
    }
    const most = isSparse ? MOST_PICTURES : MOST_NEAR;
    const options = { cell: CELL_PX, most, around, reach: NEAR_PX };
    this.pictures = picturePoints(now, this.frame, options, this.#map.isShown).map((point) => ({
      point,
      id: this.#map.idOf(point) ?? 0,
      x: now[point * 2] ?? 0,
      y: now[point * 2 + 1] ?? 0,
    }));
  }

  /** @param moves whatever the tool is */
  press(at: Place, moves: boolean): void {
    const drag = { from: at, last: at, moves: moves || this.tool === 'move' || this.holdsSpace, far: false };
    this.#drag = drag;
    if (!drag.moves) this.lasso = [at];
  }

  move({ at, pans }: Press): void {
    const drag = this.#drag;
    if (drag === null) {
      this.pointer = at;
      this.current = nearestPoint(this.places(), at, REACH_PX, this.#map.isShown);
      return;
    }
    const by = { x: at.x - drag.last.x, y: at.y - drag.last.y };
    if (Math.hypot(at.x - drag.from.x, at.y - drag.from.y) > CLICK_PX) drag.far = true;
    drag.last = at;
    if (!drag.moves) this.lasso = lassoWith(this.lasso, at);
    else if (drag.far) this.#map.camera = this.#moved(by, pans);
  }

  release({ adds }: Press): void {
    const drag = this.#drag;
    const path = this.lasso;
    this.cancel();
    if (drag === null) return;
    if (!drag.far) this.#click(drag.from, adds);
    else if (!drag.moves) {
      const inside = pointsInside(this.places(), path, this.#map.isShown);
      this.#map.select(adds ? [...this.#map.selected, ...inside] : inside);
    }
    this.showPictures();
  }

  cancel(): void {
    this.#drag = null;
    this.lasso = [];
  }

  leave(): void {
    if (this.#drag !== null) return;
    this.pointer = null;
    this.current = -1;
  }

  wheel(at: Place, deltaY: number): void {
    this.#map.camera = zoomAt(this.#map.camera, this.frame, at, WHEEL_STEP ** -deltaY);
  }

  zoom(closer: boolean): void {
    const factor = closer ? KEY_ZOOM : 1 / KEY_ZOOM;
    this.#map.camera = zoomAt(this.#map.camera, this.frame, this.#middle(), factor);
  }

  /** The space bar is let go: it selects, unless it was held for a drag. */
  releaseSpace(): void {
    this.holdsSpace = false;
    if (this.#drag === null && this.current >= 0) this.#map.pick(this.current);
  }

  run(command: Exclude<PlotCommand, { type: 'open' }>): void {
    if (command.type === 'step') this.#step(command.direction);
    else if (command.type === 'zoom') this.zoom(command.closer);
    else if (command.type === 'whole') this.#map.whole();
    else this.tool = this.tool === 'lasso' ? 'move' : 'lasso';
  }

  #moved(by: Place, pans: boolean): Camera {
    const { camera, mode } = this.#map;
    return mode === 'solid' && !pans ? turned(camera, this.frame, by) : panned(camera, this.frame, by);
  }

  #click(at: Place, adds: boolean): void {
    const point = nearestPoint(this.places(), at, REACH_PX, this.#map.isShown);
    if (point >= 0 && adds) this.#map.pick(point);
    else if (point >= 0) this.#map.select([point]);
    else if (!adds) this.#map.select([]);
  }

  #middle(): Place {
    return { x: this.frame.width / 2, y: this.frame.height / 2 };
  }

  #step(direction: Place): void {
    const now = this.places();
    const from = this.#placeOf(this.current) ?? this.pointer ?? this.#middle();
    const { width, height } = this.frame;
    const isFirst = this.current < 0 && this.pointer === null;
    const next = isFirst
      ? nearestPoint(now, from, Math.max(width, height), this.#map.isShown)
      : pointBeside(now, from, direction, this.#map.isShown);
    if (next < 0) return;
    this.current = next;
    this.pointer = this.#placeOf(next);
  }
}
