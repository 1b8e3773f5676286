/**
 * @file All photos of a comparison laid into one scene, measured in pixels of photo A: each point of the scene is the
 * same place of what was photographed, whichever photo shows it.
 */
import type { PhotoId } from '../../src-main/contract/model.ts';
import {
  apply,
  boundsOf,
  compose,
  cornersOf,
  identity,
  inverse,
  scaling,
  translation,
  wholeFrame,
  type Affine,
  type Point,
  type Size,
} from './affine.ts';
import { clippedTo, polygonArea } from './polygon.ts';

export interface ScenePhoto extends Size {
  id: PhotoId;
  /** From parts of A to parts of this photo; null: it can't be laid on A. */
  map: Affine | null;
}

export interface Placement extends Size {
  id: PhotoId;
  /** From parts of the photo to pixels of the scene. */
  place: Affine;
  /** False: only shown in A's place, as large as it fits. */
  laid: boolean;
}

export interface Scene extends Size {
  placements: readonly Placement[];
}

/** A map by which one photo is so much larger than the other is no finding but a slip: nothing could be seen. */
const MAX_SIDES_OF_A = 12;
/** From here on a photo counts as showing all of another: edges are known to about a pixel of a thumbnail. */
const WHOLE_FROM = 0.97;

/** The first photo is A; the scene is as large as all that are laid on it reach. */
export function sceneOf(photos: readonly ScenePhoto[]): Scene {
  const [first] = photos;
  if (first === undefined) return { width: 1, height: 1, placements: [] };
  const placed = photos.map((photo) => placementOn(first, photo));
  const corners = placed.filter(({ laid }) => laid).flatMap(({ place }) => cornersOf(place, wholeFrame));
  const { left, top, width, height } = boundsOf(corners);
  const shift = translation(-left, -top);
  return {
    width,
    height,
    placements: placed.map((entry) => ({ ...entry, place: compose(shift, entry.place) })),
  };
}

/** A photo by itself, in its own pixels. */
export function sceneOfOne({ id, width, height }: ScenePhoto): Scene {
  return { width, height, placements: [{ id, width, height, place: scaling(width, height), laid: true }] };
}

function placementOn(first: Size, { id, width, height, map }: ScenePhoto): Placement {
  const back = map === null ? null : inverse(map);
  if (back !== null) {
    const place = compose(scaling(first.width, first.height), back);
    const reach = boundsOf(cornersOf(place, wholeFrame));
    const fits = reach.width < first.width * MAX_SIDES_OF_A && reach.height < first.height * MAX_SIDES_OF_A;
    if (fits) return { id, width, height, place, laid: true };
  }
  return { id, width, height, place: containedIn(first, { width, height }), laid: false };
}

function containedIn(frame: Size, photo: Size): Affine {
  const scale = Math.min(frame.width / photo.width, frame.height / photo.height);
  const [width, height] = [photo.width * scale, photo.height * scale];
  return compose(translation((frame.width - width) / 2, (frame.height - height) / 2), scaling(width, height));
}

/** Part of photo `whole`, 0 to 1, that photo `part` shows too. */
export function shownShare(whole: Placement, part: Placement): number {
  const frame = cornersOf(whole.place, wholeFrame);
  const shared = clippedTo(cornersOf(part.place, wholeFrame), frame);
  return polygonArea(shared) / polygonArea(frame);
}

/** The outline of what `part` keeps of `whole`, in pixels of the scene; null when it keeps all, or neither is known. */
export function keptOutline(whole: Placement, part: Placement): Point[] | null {
  if (!whole.laid || !part.laid || whole.id === part.id) return null;
  const share = shownShare(whole, part);
  return share > 0 && share < WHOLE_FROM ? cornersOf(part.place, wholeFrame) : null;
}

/** Outlines whose corners lie this near each other are one to the eye; a part of the longer side of the whole. */
const ONE_OUTLINE_WITHIN = 0.02;

export interface Kept {
  /** Corners in pixels of the scene. */
  outline: Point[];
  /** Photos that keep this part, in the order in which they were given. */
  by: PhotoId[];
}

/** What photos keep of one that shows more: one outline for all that keep the same. */
export function keptOutlines(whole: Placement, parts: readonly Placement[]): Kept[] {
  const { width, height } = boundsOf(cornersOf(whole.place, wholeFrame));
  const near = ONE_OUTLINE_WITHIN * Math.max(width, height);
  const found: Kept[] = [];
  for (const part of parts) {
    const outline = keptOutline(whole, part);
    if (outline === null) continue;
    const same = found.find((kept) => cornersApart(kept.outline, outline) < near);
    if (same === undefined) found.push({ outline, by: [part.id] });
    else same.by.push(part.id);
  }
  return found;
}

/** Turned or mirrored photos begin at another corner: the nearest counts. */
function cornersApart(one: readonly Point[], other: readonly Point[]): number {
  const distances = one.map((a) => Math.min(...other.map((b) => Math.hypot(a.x - b.x, a.y - b.y))));
  return Math.max(...distances);
}

/** A point of the scene in parts of a photo; null where the photo has no such part. */
export function partAt({ place }: Placement, point: Point): Point | null {
  const part = apply(inverse(place) ?? identity, point);
  return part.x >= 0 && part.x <= 1 && part.y >= 0 && part.y <= 1 ? part : null;
}
