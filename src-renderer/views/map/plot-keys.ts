/** @file What a key means on the map. Pure. */
import { keyOf, type KeyPress } from '../../grid/keyboard.ts';
import type { Place } from '../../plot/camera.ts';

export type PlotCommand =
  | { type: 'step'; direction: Place }
  | { type: 'zoom'; closer: boolean }
  | { type: 'whole' | 'tool' | 'open' };

const commands: Record<string, PlotCommand> = {
  ArrowRight: { type: 'step', direction: { x: 1, y: 0 } },
  ArrowLeft: { type: 'step', direction: { x: -1, y: 0 } },
  ArrowDown: { type: 'step', direction: { x: 0, y: 1 } },
  ArrowUp: { type: 'step', direction: { x: 0, y: -1 } },
  '+': { type: 'zoom', closer: true },
  '=': { type: 'zoom', closer: true },
  '-': { type: 'zoom', closer: false },
  '0': { type: 'whole' },
  l: { type: 'tool' },
  Enter: { type: 'open' },
};

/** @returns null for a key that means nothing here */
export function plotCommand(press: KeyPress): PlotCommand | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  return commands[keyOf(press)] ?? null;
}
