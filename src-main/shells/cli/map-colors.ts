/** @file Which colour a point of the map has by its label, and what the legend says of it. */
import { withThousands } from '../../contract/thousands.ts';

/** The categories of charts, light theme. */
const CATEGORY_COLORS = [
  '#2f6fd6',
  '#b87700',
  '#1f8f4d',
  '#b8408f',
  '#7350cc',
  '#0f8388',
  '#cf5527',
  '#747c17',
] as const;
/** Years run along a ramp, old to new. */
const YEAR_RAMP = ['#7350cc', '#2f6fd6', '#0f8388', '#1f8f4d', '#b87700'] as const;
/** Of labels beyond the colours there are. */
const OTHERS_COLOR = '#555555';
/** Of photos of which nothing is known. */
export const NEUTRAL_COLOR = '#a6a6a6';

export interface LegendEntry {
  color: string;
  text: string;
  photos: number;
}

export interface MapColors {
  colorOf: (label: string) => string;
  legend: LegendEntry[];
  /** For years: the ramp from the first to the last. */
  ramp: { from: number; to: number; colors: readonly string[] } | undefined;
}

function countLabels(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** Nothing is known of such a photo: it is grey and comes last. */
function isAbsent(label: string): boolean {
  return label === '' || /^(no|none|not|unknown)\b/i.test(label);
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
}

/** @param share 0 to 1 along the ramp */
function rampColor(share: number): string {
  const place = Math.min(1, Math.max(0, share)) * (YEAR_RAMP.length - 1);
  const lower = Math.min(YEAR_RAMP.length - 2, Math.floor(place));
  const from = channels(YEAR_RAMP[lower] ?? NEUTRAL_COLOR);
  const to = channels(YEAR_RAMP[lower + 1] ?? NEUTRAL_COLOR);
  const mixed = from.map((value, i) => Math.round(value + ((to[i] ?? value) - value) * (place - lower)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function yearColors(counts: Map<string, number>): MapColors {
  const years = [...counts.keys()].map(Number).filter((year) => Number.isInteger(year) && year > 0);
  const from = Math.min(...years);
  const to = Math.max(...years);
  const dateless = [...counts].filter(([label]) => !years.includes(Number(label)));
  const photos = dateless.reduce((sum, [, count]) => sum + count, 0);
  return {
    colorOf: (label) =>
      years.includes(Number(label))
        ? rampColor(to === from ? 0.5 : (Number(label) - from) / (to - from))
        : NEUTRAL_COLOR,
    legend: photos === 0 ? [] : [{ color: NEUTRAL_COLOR, text: 'No date', photos }],
    ramp: { from, to, colors: from === to ? [rampColor(0.5), rampColor(0.5)] : YEAR_RAMP },
  };
}

function categoryColors(counts: Map<string, number>): MapColors {
  const known = [...counts].filter(([label]) => !isAbsent(label)).sort((a, b) => b[1] - a[1]);
  const absent = [...counts].filter(([label]) => isAbsent(label));
  const named = known.slice(0, CATEGORY_COLORS.length);
  const others = known.slice(CATEGORY_COLORS.length);
  const colors = new Map(named.map(([label], i) => [label, CATEGORY_COLORS[i] ?? NEUTRAL_COLOR]));
  const legend = named.map(([text, photos]) => ({ color: colors.get(text) ?? NEUTRAL_COLOR, text, photos }));
  if (others.length > 0)
    legend.push({
      color: OTHERS_COLOR,
      text: `${withThousands(others.length)} more`,
      photos: others.reduce((sum, [, count]) => sum + count, 0),
    });
  for (const [label, photos] of absent)
    legend.push({ color: NEUTRAL_COLOR, text: label === '' ? 'None' : label, photos });
  const colorOf = (label: string): string =>
    isAbsent(label) ? NEUTRAL_COLOR : (colors.get(label) ?? OTHERS_COLOR);
  return { colorOf, legend, ramp: undefined };
}

export function chooseColors(labels: readonly string[], colorBy: string): MapColors {
  const counts = countLabels(labels);
  const hasYears = [...counts.keys()].some((label) => /^\d{4}$/.test(label));
  return colorBy === 'year' && hasYears ? yearColors(counts) : categoryColors(counts);
}
