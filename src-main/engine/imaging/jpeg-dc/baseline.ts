import { EOI } from '../jpeg-segments.ts';
import type { DcFrame } from './frame-header.ts';
import { buildTable, feed, type DcModule } from './module.ts';
import { AC_CODES, DC_CODES } from './parameters.ts';
import { readScanHeader } from './scan-header.ts';

/** Reads the one scan of a baseline picture. @returns where its end mark stands, or null when it is not one of ours */
export function readBaseline(module: DcModule, bytes: Buffer, frame: DcFrame): number | null {
  const header = readScanHeader(frame.scan, frame.ids);
  if (header?.components.length !== frame.ids.length) return null;
  // All coefficients, with all their bits.
  if (header.first !== 0 || header.last !== 63 || header.high !== 0 || header.low !== 0) return null;
  for (const { index, dcSlot, acSlot } of header.components) module.setComponent(index, dcSlot, acSlot);
  const slots = [
    ...header.components.map(({ dcSlot }) => ({ slot: dcSlot, kind: DC_CODES })),
    ...header.components.map(({ acSlot }) => ({ slot: acSlot, kind: AC_CODES })),
  ];
  const once = slots.filter(({ slot }, i) => slots.findIndex((other) => other.slot === slot) === i);
  if (!once.every(({ slot, kind }) => buildTable(module, slot, frame.tables.get(slot), kind))) return null;
  module.beginScan(frame.restartInterval);
  const end = feed(module, module.read, bytes, frame.dataStart);
  return end !== null && bytes[end + 1] === EOI ? end : null;
}
