/** @file Quantisation tables as they lie in a JPEG, and those that most programs scale. */

/** Tables of annex K of the JPEG standard, in zigzag order as files hold them. Quality 50. */
const STANDARDS = {
  luminance: [
    ...[
      16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40,
    ],
    ...[58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103],
    ...[104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99],
  ],
  chrominance: [17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, ...Array<number>(50).fill(99)],
};
export type StandardTable = keyof typeof STANDARDS;

const STEP_MAX = 255;
const QUALITY_MAX = 100;
const COEFFICIENTS = 64;
/** Marker and length. */
const SEGMENT_HEADER_BYTES = 4;

/** The k-th step at a quality of 1 to 100: the rule of the Independent JPEG Group's jcparam.c. */
function scaledStep(step: number, quality: number): number {
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return Math.min(STEP_MAX, Math.max(1, Math.floor((step * percent + 50) / 100)));
}

function scaledSum(standard: StandardTable, quality: number): number {
  let sum = 0;
  for (const step of STANDARDS[standard]) sum += scaledStep(step, quality);
  return sum;
}

export interface QuantisationTable {
  /** 0 to 3. */
  number: number;
  bytesAStep: 1 | 2;
  /** 64, in zigzag order, as a view of the segment. */
  steps: Buffer;
}

/** A segment holds several tables: a byte of precision and number, then 64 steps. @returns null when one is cut off */
export function quantisationTables(segment: Buffer): QuantisationTable[] | null {
  const tables: QuantisationTable[] = [];
  for (let at = SEGMENT_HEADER_BYTES; at < segment.length;) {
    const mark = segment[at] ?? 0;
    const bytesAStep = mark >> 4 === 0 ? 1 : 2;
    const end = at + 1 + COEFFICIENTS * bytesAStep;
    if (end > segment.length) return null;
    tables.push({ number: mark & 15, bytesAStep, steps: segment.subarray(at + 1, end) });
    at = end;
  }
  return tables;
}

function sumOf({ steps, bytesAStep }: QuantisationTable): number {
  let sum = 0;
  for (let i = 0; i < steps.length; i += bytesAStep) sum += steps.readUIntBE(i, bytesAStep);
  return sum;
}

/** The quality, 1 to 100, at which the standard's table is closest in coarseness; of two as close, the lower. */
export function closestQuality(table: QuantisationTable, standard: StandardTable): number {
  const sum = sumOf(table);
  // Sums fall with every step of quality. Only a few of the hundred are computed: every reader starts with this file.
  let [low, high] = [1, QUALITY_MAX];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scaledSum(standard, middle) <= sum) high = middle;
    else low = middle + 1;
  }
  if (low === 1) return low;
  const [coarser, finer] = [scaledSum(standard, low - 1), scaledSum(standard, low)];
  return coarser - sum <= Math.abs(sum - finer) ? low - 1 : low;
}

function isScaled(table: QuantisationTable, standard: StandardTable): boolean {
  if (table.bytesAStep !== 1) return false;
  const quality = closestQuality(table, standard);
  return STANDARDS[standard].every((step, k) => table.steps[k] === scaledStep(step, quality));
}

/** Of which standard's table it is a scaled one, at any quality; null: a program's or a camera's own. */
export function standardOf(table: QuantisationTable): StandardTable | null {
  // At quality 100 both are the same, so the number says which is meant.
  const order =
    table.number === 0 ? (['luminance', 'chrominance'] as const) : (['chrominance', 'luminance'] as const);
  return order.find((standard) => isScaled(table, standard)) ?? null;
}
