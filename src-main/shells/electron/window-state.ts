/** @file Size and place of the window from one start to the next. Numbers are device independent pixels. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

export const MIN_WIDTH_PX = 900;
export const MIN_HEIGHT_PX = 600;
const DEFAULT_WIDTH_PX = 1320;
const DEFAULT_HEIGHT_PX = 860;
/** So much of the window has to lie on a display, or it could not be taken hold of. */
const GRIP_PX = 80;

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** `place` is null when the system is to choose it. */
export interface WindowState {
  width: number;
  height: number;
  place: { x: number; y: number } | null;
  maximized: boolean;
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const schema = v.object({
  width: whole,
  height: whole,
  place: v.nullable(v.object({ x: whole, y: whole })),
  maximized: v.boolean(),
});

/**
 * The state to open with: what was kept, fitted to the displays that are there now.
 * @param kept parsed from the file, or undefined when there is none
 * @param displays work areas, the primary one first
 */
export function fitState(kept: unknown, displays: readonly Rectangle[]): WindowState {
  const parsed = v.safeParse(schema, kept);
  const wanted = parsed.success
    ? parsed.output
    : { width: DEFAULT_WIDTH_PX, height: DEFAULT_HEIGHT_PX, place: null, maximized: false };
  const { place } = wanted;
  const home =
    place === null ? undefined : displays.find((area) => isWithinReach({ ...wanted, ...place }, area));
  const area = home ?? displays[0];
  return {
    width: clamp(wanted.width, MIN_WIDTH_PX, area?.width),
    height: clamp(wanted.height, MIN_HEIGHT_PX, area?.height),
    place: home === undefined ? null : place,
    maximized: wanted.maximized,
  };
}

/** The title bar is what a window is taken hold of by: its top edge has to be on the display. */
function isWithinReach(window: Rectangle, area: Rectangle): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return across >= GRIP_PX && window.y >= area.y && window.y <= area.y + area.height - GRIP_PX;
}

/** A display smaller than the least size gives way: the window then is as small as it may be. */
function clamp(value: number, least: number, most = Number.POSITIVE_INFINITY): number {
  return Math.max(least, Math.min(value, most));
}

/** @returns undefined when nothing usable is kept: then the window opens as on the first start. */
export function readState(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Synchronous, because it is called while the window closes. */
export function keepState(file: string, state: WindowState): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.new`;
  writeFileSync(beside, JSON.stringify(state));
  renameSync(beside, file);
}
