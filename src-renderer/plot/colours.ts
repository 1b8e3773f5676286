/** @file Which colour each point has by its label, and the entries of the legend. Pure. */

export interface LegendEntry {
  /** Names of labels that it stands for. */
  key: string;
  text: string;
  photos: number;
  /** Index of the theme's categories, 'ramp' for years, 'none' for what is not known, 'others' beyond the categories. */
  colour: number | 'none' | 'others' | 'ramp';
}

export interface Legend {
  entries: LegendEntry[];
  /** Of each label, an index of entries. */
  entryOf: Int32Array;
  /** Of each label, its place along the ramp of years, 0 to 1; -1: none. */
  rampOf: Float32Array;
  /** First and last year; null: no ramp. */
  years: { from: number; to: number; counts: number[] } | null;
}

export const CATEGORIES = 8;
const YEAR = /^\d{4}$/;

/** Nothing is known of such a photo. */
function isAbsent(label: string): boolean {
  return label === '' || label.startsWith('No ');
}

export function legendOf(labels: readonly string[], labelOf: Int32Array, colorBy: string): Legend {
  const counts = new Float64Array(labels.length);
  for (const label of labelOf) counts[label] = (counts[label] ?? 0) + 1;
  if (colorBy === 'year') return yearLegend(labels, counts);
  return colorBy === 'group' ? groupLegend(labels, counts) : categoryLegend(labels, counts);
}

function categoryLegend(labels: readonly string[], counts: Float64Array): Legend {
  const order = [...labels.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const known = order.filter((label) => !isAbsent(labels[label] ?? ''));
  const entries: LegendEntry[] = [];
  const entryOf = new Int32Array(labels.length);
  for (const [place, label] of known.entries()) {
    const [text = '', photos = 0] = [labels[label], counts[label]];
    if (place < CATEGORIES) entries.push({ key: text, text, photos, colour: place });
    else if (place === CATEGORIES) entries.push({ key: 'others', text: '', photos, colour: 'others' });
    const entry = entries.at(-1);
    if (place > CATEGORIES && entry !== undefined) entry.photos += photos;
    entryOf[label] = entries.length - 1;
  }
  const others = entries[CATEGORIES];
  if (others !== undefined) others.text = `${known.length - CATEGORIES} more`;
  addAbsent(labels, counts, order, entries, entryOf);
  return { entries, entryOf, rampOf: new Float32Array(labels.length).fill(-1), years: null };
}

function addAbsent(
  labels: readonly string[],
  counts: Float64Array,
  order: readonly number[],
  entries: LegendEntry[],
  entryOf: Int32Array,
): void {
  for (const label of order) {
    const text = labels[label] ?? '';
    if (!isAbsent(text)) continue;
    entries.push({ key: text, text, photos: counts[label] ?? 0, colour: 'none' });
    entryOf[label] = entries.length - 1;
  }
}

/** There are too many groups for names: neighbours differ in colour, and one entry stands for all. */
function groupLegend(labels: readonly string[], counts: Float64Array): Legend {
  const entries: LegendEntry[] = [];
  const entryOf = new Int32Array(labels.length);
  const groups = [...labels.keys()].filter((label) => !isAbsent(labels[label] ?? ''));
  const photos = groups.reduce((sum, label) => sum + (counts[label] ?? 0), 0);
  if (groups.length > 0) entries.push({ key: 'group', text: 'In a group of copies', photos, colour: 0 });
  addAbsent(labels, counts, [...labels.keys()], entries, entryOf);
  return { entries, entryOf, rampOf: new Float32Array(labels.length).fill(-1), years: null };
}

function yearLegend(labels: readonly string[], counts: Float64Array): Legend {
  const years = labels.filter((label) => YEAR.test(label)).map(Number);
  const [from, to] = [Math.min(...years), Math.max(...years)];
  const entries: LegendEntry[] = [];
  const entryOf = new Int32Array(labels.length);
  const rampOf = new Float32Array(labels.length).fill(-1);
  const order = [...labels.keys()].sort((a, b) => ((labels[a] ?? '') < (labels[b] ?? '') ? -1 : 1));
  for (const label of order) {
    const text = labels[label] ?? '';
    if (!YEAR.test(text)) continue;
    rampOf[label] = to === from ? 0.5 : (Number(text) - from) / (to - from);
    entries.push({ key: text, text, photos: counts[label] ?? 0, colour: 'ramp' });
    entryOf[label] = entries.length - 1;
  }
  addAbsent(labels, counts, order, entries, entryOf);
  if (years.length === 0) return { entries, entryOf, rampOf, years: null };
  const byYear = Array.from(
    { length: to - from + 1 },
    (_, i) => counts[labels.indexOf(String(from + i))] ?? 0,
  );
  return { entries, entryOf, rampOf, years: { from, to, counts: byYear } };
}

export type Rgb = readonly [number, number, number];

export interface Palette {
  categories: readonly Rgb[];
  ramp: readonly Rgb[];
  none: Rgb;
  others: Rgb;
}

export function rampColour(ramp: readonly Rgb[], share: number): Rgb {
  const place = Math.min(1, Math.max(0, share)) * (ramp.length - 1);
  const lower = Math.min(ramp.length - 2, Math.floor(place));
  const [a, b] = [ramp[lower] ?? [0, 0, 0], ramp[lower + 1] ?? [0, 0, 0]];
  const mix = (i: 0 | 1 | 2): number => Math.round(a[i] + (b[i] - a[i]) * (place - lower));
  return [mix(0), mix(1), mix(2)];
}

/** Of each label: what its points are painted with. */
export function coloursOfLabels(legend: Legend, colorBy: string, palette: Palette): Rgb[] {
  return Array.from(legend.entryOf, (entry, label) => {
    const share = legend.rampOf[label] ?? -1;
    if (share >= 0) return rampColour(palette.ramp, share);
    const colour = legend.entries[entry]?.colour ?? 'none';
    if (colour === 'none' || colour === 'ramp') return palette.none;
    if (colour === 'others') return palette.others;
    const place = colorBy === 'group' ? label % CATEGORIES : colour;
    return palette.categories[place] ?? palette.none;
  });
}
