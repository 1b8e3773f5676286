/** @file How Compare shows its photos: kind of view, zoom, pointer, what is chosen in it. Kept from group to group. */
import type { PhotoId } from '../../src-main/contract/model.ts';
import type { Point } from '../geometry/affine.ts';
import type { Arrangement } from '../geometry/arrangement.ts';
import { clampView, panBy, WHOLE, zoomAt, type Frame, type View } from '../geometry/viewport.ts';

export const compareModes = ['side', 'split', 'flip', 'difference'] as const;
export type CompareMode = (typeof compareModes)[number];

/** Whose zoom it is: one photo's own, or that of all together. */
export type ViewOf = PhotoId | 'linked';

const DEFAULT_THRESHOLD = 0.08;

export class CompareViewState {
  mode = $state<CompareMode>('side');
  /** null: as the room allows. */
  arrangement = $state<Arrangement | null>(null);
  /** That which is on the screen. */
  shownArrangement = $state<Arrangement>('beside');
  linked = $state(true);
  /** Where the pointer is, in pixels of the linked scene. */
  pointer = $state.raw<Point | null>(null);
  /** Place of the photo that stands against A, and that an answer is about. */
  against = $state(1);
  /** Flip: the photo shown, and the one before it. */
  shown = $state(1);
  before = $state(0);
  flipsByItself = $state(false);
  /** Split: place of the divider, 0 to 1. */
  divider = $state(0.5);
  /** Difference: contrast from which on it is shown, 0 to 1. */
  threshold = $state(DEFAULT_THRESHOLD);
  onBlack = $state(false);
  region = $state(0);
  #views = $state.raw<ReadonlyMap<ViewOf, View>>(new Map());
  /** What is on the screen now. */
  #frames = $state.raw<ReadonlyMap<ViewOf, Frame>>(new Map());
  /** The photo that keys zoom when each has its own zoom. */
  active = $state<PhotoId | null>(null);

  /** Only side by side can photos be looked at by themselves. */
  readonly isLinked = $derived(this.linked || this.mode !== 'side');

  viewOf(of: ViewOf): View {
    return this.#views.get(of) ?? WHOLE;
  }

  /** The view inside a frame, which may have become another since. */
  viewIn(of: ViewOf, frame: Frame): View {
    return clampView(this.viewOf(of), frame);
  }

  setView(of: ViewOf, view: View): void {
    this.#views = new Map(this.#views).set(of, view);
  }

  setFrame(of: ViewOf, frame: Frame): void {
    this.#frames = new Map(this.#frames).set(of, frame);
  }

  get keyed(): ViewOf {
    return this.isLinked || this.active === null ? 'linked' : this.active;
  }

  /** Frame of what keys act on; undefined before anything is shown. */
  get frame(): Frame | undefined {
    return this.#frames.get(this.keyed);
  }

  zoomBy(factor: number): void {
    const { keyed, frame } = this;
    if (frame !== undefined) this.setView(keyed, zoomAt(this.viewIn(keyed, frame), frame, factor));
  }

  panBy(by: Point): void {
    const { keyed, frame } = this;
    if (frame !== undefined) this.setView(keyed, panBy(this.viewIn(keyed, frame), frame, by));
  }

  showWhole(): void {
    this.setView(this.keyed, WHOLE);
  }

  /** In flip, an answer is about the photo that is shown. */
  stand(photo: number): void {
    this.against = photo;
    if (photo !== this.shown) this.show(photo);
  }

  show(photo: number): void {
    if (photo === this.shown) return;
    this.before = this.shown;
    this.shown = photo;
    if (photo > 0) this.against = photo;
    this.region = 0;
  }

  flip(): void {
    this.show(this.before);
  }

  /** Other photos: everything is whole again. */
  reset(): void {
    this.#views = new Map();
    this.#frames = new Map();
    this.pointer = null;
    this.active = null;
    this.against = 1;
    this.shown = 1;
    this.before = 0;
    this.region = 0;
    this.divider = 0.5;
  }
}
