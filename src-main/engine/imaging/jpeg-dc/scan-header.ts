import { AC_SLOT } from './parameters.ts';

/** What the header of a scan says, SOS. */
export interface ScanHeader {
  components: { index: number; dcSlot: number; acSlot: number }[];
  /** Coefficients, in the order of the data, 0..63. */
  first: number;
  last: number;
  /** Bits that earlier scans told already down to, 0 for none, and that this one tells down to. */
  high: number;
  low: number;
}

/** @param ids of the frame's components @returns null when it is damaged or names its components in another order */
export function readScanHeader(body: Buffer, ids: readonly number[]): ScanHeader | null {
  const count = body[0] ?? 0;
  if (count === 0 || body.length !== 4 + 2 * count) return null;
  const components = [];
  for (let i = 0; i < count; i++) {
    const index = ids.indexOf(body[1 + 2 * i] ?? -1);
    const slots = body[2 + 2 * i] ?? 0;
    const [dcSlot, acSlot] = [slots >> 4, slots & 15];
    if (index <= (components.at(-1)?.index ?? -1) || dcSlot >= AC_SLOT || acSlot >= AC_SLOT) return null;
    components.push({ index, dcSlot, acSlot: AC_SLOT + acSlot });
  }
  const [first = 0, last = 0, bits = 0] = body.subarray(1 + 2 * count);
  return { components, first, last, high: bits >> 4, low: bits & 15 };
}
