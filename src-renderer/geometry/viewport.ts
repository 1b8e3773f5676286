/**
 * @file Zoom and pan. A scene is seen through a box of the screen: at zoom 1 all of it is, as large as the box allows,
 * and what is shown is never letterboxed; zoomed in, it fills the box.
 */
import type { Region } from '../../src-main/contract/model.ts';
import type { Affine, Point, Size } from './affine.ts';

export interface View {
  /** 1: the whole scene. */
  zoom: number;
  /** The middle of what is seen, in parts of the scene. */
  x: number;
  y: number;
}

/** What is looked at and through which box. */
export interface Frame {
  scene: Size;
  /** CSS pixels. */
  box: Size;
}

export const WHOLE: View = { zoom: 1, x: 0.5, y: 0.5 };

/** CSS pixels for one pixel of the scene: beyond it there is nothing more to see. */
const MAX_SCALE = 16;
const MIN_MAX_ZOOM = 8;

function fitScale({ scene, box }: Frame): number {
  return Math.min(box.width / scene.width, box.height / scene.height);
}

/** CSS pixels for one pixel of the scene. */
export function scaleOf(view: View, frame: Frame): number {
  return fitScale(frame) * view.zoom;
}

export function maxZoom(frame: Frame): number {
  return Math.max(MIN_MAX_ZOOM, MAX_SCALE / fitScale(frame));
}

/** The zoom at which one pixel of the scene is one pixel of the screen. */
export function pixelZoom(frame: Frame, screenPixelsPerCssPixel: number): number {
  return 1 / (fitScale(frame) * screenPixelsPerCssPixel);
}

/** Size of what is shown, in the middle of the box. */
export function shownSize(view: View, frame: Frame): Size {
  const scale = scaleOf(view, frame);
  return {
    width: Math.min(frame.box.width, frame.scene.width * scale),
    height: Math.min(frame.box.height, frame.scene.height * scale),
  };
}

/** The nearest view that is allowed: not smaller than whole, and nothing beside the scene in sight. */
export function clampView(view: View, frame: Frame): View {
  const zoom = Math.max(1, Math.min(view.zoom, maxZoom(frame)));
  const scale = fitScale(frame) * zoom;
  const inside = (middle: number, scene: number, box: number): number => {
    const half = Math.min(0.5, box / (2 * scene * scale));
    return Math.max(half, Math.min(middle, 1 - half));
  };
  return {
    zoom,
    x: inside(view.x, frame.scene.width, frame.box.width),
    y: inside(view.y, frame.scene.height, frame.box.height),
  };
}

/** From pixels of the scene to CSS pixels from the left top of what is shown. */
export function sceneToShown(view: View, frame: Frame): Affine {
  const scale = scaleOf(view, frame);
  const { width, height } = shownSize(view, frame);
  return {
    xx: scale,
    xy: 0,
    yx: 0,
    yy: scale,
    x0: width / 2 - view.x * frame.scene.width * scale,
    y0: height / 2 - view.y * frame.scene.height * scale,
  };
}

/** Zooms by a factor; the place of the scene at a point (CSS pixels from the middle of the box) stays there. */
export function zoomAt(view: View, frame: Frame, factor: number, at: Point = { x: 0, y: 0 }): View {
  const zoom = Math.max(1, Math.min(view.zoom * factor, maxZoom(frame)));
  const before = scaleOf(view, frame);
  const after = fitScale(frame) * zoom;
  const move = 1 / before - 1 / after;
  return clampView(
    {
      zoom,
      x: view.x + (at.x * move) / frame.scene.width,
      y: view.y + (at.y * move) / frame.scene.height,
    },
    frame,
  );
}

/** Drags the scene by CSS pixels. */
export function panBy(view: View, frame: Frame, by: Point): View {
  const scale = scaleOf(view, frame);
  return clampView(
    {
      ...view,
      x: view.x - by.x / (frame.scene.width * scale),
      y: view.y - by.y / (frame.scene.height * scale),
    },
    frame,
  );
}

/** What is seen of the scene, in parts of it. */
export function seenPart(view: View, frame: Frame): Region {
  const scale = scaleOf(view, frame);
  const shown = shownSize(view, frame);
  const width = shown.width / (frame.scene.width * scale);
  const height = shown.height / (frame.scene.height * scale);
  return { left: view.x - width / 2, top: view.y - height / 2, width, height };
}

/** Part of the box that a region should fill when one looks at it. */
const CLOSE_UP = 0.45;

/** A view in which a region (pixels of the scene) fills this part of the box. */
export function closeUp(region: Region, frame: Frame, part = CLOSE_UP): View {
  const fit = fitScale(frame);
  const zoom = Math.min(
    (frame.box.width * part) / (region.width * fit),
    (frame.box.height * part) / (region.height * fit),
  );
  return clampView(
    {
      zoom,
      x: (region.left + region.width / 2) / frame.scene.width,
      y: (region.top + region.height / 2) / frame.scene.height,
    },
    frame,
  );
}
