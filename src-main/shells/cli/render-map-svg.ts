/** @file The map as a finished picture: points by colour, axes with what they explain, legend, title. */
import type { LibraryMap } from '../../contract/model.ts';
import { chooseColors, NEUTRAL_COLOR, type LegendEntry, type MapColors } from './map-colors.ts';
import { labelAt } from './map-points.ts';
import { boundsOf, niceTicks, projection, type Bounds, type Place, type Rect } from './map-projection.ts';
import { countOf, formatCount, formatPercent } from './render-text.ts';

const WIDTH = 1200;
const HEIGHT = 900;
const PLOT: Rect = { left: 84, top: 104, width: 800, height: 720 };
const LEGEND_LEFT = 924;
const LEGEND_ROW = 28;
const LEGEND_TEXT_LENGTH = 25;
const FONT = 'Inter, system-ui, -apple-system, &quot;Segoe UI&quot;, &quot;Liberation Sans&quot;, sans-serif';
/** Points of a turned box are drawn in this many layers, far ones first. */
const DEPTH_LAYERS = 6;

const colorByWords: Record<string, string> = {
  folder: 'Folder',
  group: 'Group',
  year: 'Year',
  camera: 'Camera',
  verdict: 'Your answers',
};
const ordinals = ['1st', '2nd', '3rd'];

function escapeXml(text: string): string {
  // XML 1.0 has no place for control characters.
  return text
    .replace(/\p{Cc}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

interface TextLook {
  size?: number;
  color?: string;
  anchor?: 'start' | 'middle' | 'end';
  weight?: number;
  turn?: number;
}

function textAt(x: number, y: number, content: string, look: TextLook = {}): string {
  const { size = 13, color = '#474747', anchor = 'start', weight = 400, turn } = look;
  const transform = turn === undefined ? '' : ` transform="rotate(${turn} ${x} ${y})"`;
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${color}" text-anchor="${anchor}"${transform}>${escapeXml(content)}</text>`;
}

function lineBetween(a: Place, b: Place, color: string): string {
  const at = [a.x, a.y, b.x, b.y].map((value) => value.toFixed(1));
  return `<path d="M${at[0] ?? ''} ${at[1] ?? ''}L${at[2] ?? ''} ${at[3] ?? ''}" stroke="${color}" fill="none"/>`;
}

/** Shortens in the middle: beginnings and ends of folders tell them apart. */
function shorten(text: string): string {
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  if (characters.length <= LEGEND_TEXT_LENGTH) return text;
  const half = Math.floor((LEGEND_TEXT_LENGTH - 1) / 2);
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}

function axisName(map: LibraryMap, axis: number): string {
  return `${ordinals[axis] ?? ''} axis, ${formatPercent(map.explainedVariance[axis] ?? 0)} of the variance`;
}

function flatAxes(map: LibraryMap, bounds: Bounds, project: (point: number[]) => Place): string[] {
  const [x0 = 0, y0 = 0] = bounds.min;
  const [x1 = 1, y1 = 1] = bounds.max;
  const low = project([x0, y0]);
  const high = project([x1, y1]);
  const parts = [
    `<rect x="${low.x.toFixed(1)}" y="${high.y.toFixed(1)}" width="${(high.x - low.x).toFixed(1)}" height="${(low.y - high.y).toFixed(1)}" fill="#fcfcfc" stroke="#bdbdbd"/>`,
  ];
  for (const tick of niceTicks(x0, x1)) {
    const at = project([tick, y0]);
    parts.push(lineBetween(at, project([tick, y1]), tick === 0 ? '#cfcfcf' : '#ececec'));
    parts.push(
      textAt(Math.round(at.x), Math.round(at.y) + 18, String(tick), {
        size: 12,
        color: '#5f5f5f',
        anchor: 'middle',
      }),
    );
  }
  for (const tick of niceTicks(y0, y1)) {
    const at = project([x0, tick]);
    parts.push(lineBetween(at, project([x1, tick]), tick === 0 ? '#cfcfcf' : '#ececec'));
    parts.push(
      textAt(Math.round(at.x) - 8, Math.round(at.y) + 4, String(tick), {
        size: 12,
        color: '#5f5f5f',
        anchor: 'end',
      }),
    );
  }
  const middleX = Math.round((low.x + high.x) / 2);
  const middleY = Math.round((low.y + high.y) / 2);
  parts.push(textAt(middleX, Math.round(low.y) + 42, `${axisName(map, 0)} →`, { anchor: 'middle' }));
  parts.push(
    textAt(Math.round(low.x) - 54, middleY, `${axisName(map, 1)} →`, { anchor: 'middle', turn: -90 }),
  );
  return parts;
}

/** Floor and back walls of the box, with the names of the axes along its outer edges. */
function solidAxes(map: LibraryMap, bounds: Bounds, project: (point: number[]) => Place): string[] {
  const [x0 = 0, y0 = 0, z0 = 0] = bounds.min;
  const [x1 = 1, y1 = 1, z1 = 1] = bounds.max;
  const face = (corners: number[][], fill: string): string => {
    const places = corners.map(project).map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`);
    return `<polygon points="${places.join(' ')}" fill="${fill}" stroke="#cfcfcf"/>`;
  };
  const along = (axis: number, from: number[], to: number[], look: TextLook, shift: number[]): string => {
    const [start, end] = [project(from), project(to)];
    const [right = 0, down = 0] = shift;
    const x = Math.round((start.x + end.x) / 2) + right;
    return textAt(x, Math.round((start.y + end.y) / 2) + down, axisName(map, axis), look);
  };
  const [left, front, right] = [
    [x0, y0, z1],
    [x1, y0, z1],
    [x1, y0, z0],
  ] as [number[], number[], number[]];
  const [back, backTop] = [
    [x0, y0, z0],
    [x0, y1, z0],
  ] as [number[], number[]];
  return [
    face([back, left, [x0, y1, z1], backTop], '#fcfcfc'),
    face([back, right, [x1, y1, z0], backTop], '#fcfcfc'),
    face([back, left, front, right], '#f4f4f4'),
    along(0, left, front, { anchor: 'end' }, [-14, 20]),
    along(1, left, [x0, y1, z1], { anchor: 'middle', turn: -90 }, [-14, 0]),
    along(2, right, front, { anchor: 'start' }, [14, 20]),
  ];
}

/** Small enough to stay apart, large enough to be seen. */
function dotRadius(points: number): number {
  return Math.min(5, Math.max(1.3, 120 / Math.sqrt(Math.max(1, points))));
}

/** A dot is a line of no length with round ends: short to write, so that a large map stays a small file. */
function dots(map: LibraryMap, colors: MapColors, project: (point: ArrayLike<number>) => Place): string[] {
  const { dims, coordinates, ids } = map;
  const layers = dims === 3 ? DEPTH_LAYERS : 1;
  const paths = new Map<string, { color: string; layer: number; steps: string[] }>();
  ids.forEach((_, index) => {
    const place = project(coordinates.subarray(index * dims, (index + 1) * dims));
    const layer = Math.min(layers - 1, Math.floor(place.nearness * layers));
    const color = colors.colorOf(labelAt(map, index));
    const key = `${layer} ${color}`;
    const path = paths.get(key) ?? { color, layer, steps: [] };
    path.steps.push(`M${place.x.toFixed(1)} ${place.y.toFixed(1)}h0`);
    paths.set(key, path);
  });
  const radius = dotRadius(ids.length);
  return (
    [...paths.values()]
      // Few points are drawn over many, and what is unknown below all.
      .sort(
        (a, b) =>
          a.layer - b.layer ||
          Number(b.color === NEUTRAL_COLOR) - Number(a.color === NEUTRAL_COLOR) ||
          b.steps.length - a.steps.length,
      )
      .map(({ color, layer, steps }) => {
        const share = layers === 1 ? 1 : layer / (layers - 1);
        const width = (radius * 2 * (layers === 1 ? 1 : 0.7 + 0.6 * share)).toFixed(2);
        const opacity = (layers === 1 ? 0.75 : 0.4 + 0.5 * share).toFixed(2);
        return `<path d="${steps.join('')}" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-opacity="${opacity}" fill="none"/>`;
      })
  );
}

function legendRow(entry: LegendEntry, y: number): string {
  return [
    `<circle cx="${LEGEND_LEFT + 6}" cy="${y - 5}" r="6" fill="${entry.color}"/>`,
    textAt(LEGEND_LEFT + 22, y, shorten(entry.text), { color: '#1a1a1a' }),
    textAt(WIDTH - 24, y, formatCount(entry.photos), { color: '#5f5f5f', anchor: 'end' }),
  ].join('');
}

function rampLegend({ from, to, colors }: NonNullable<MapColors['ramp']>, y: number): string {
  const width = WIDTH - 24 - LEGEND_LEFT;
  const stops = colors.map((color, i) => `<stop offset="${i / (colors.length - 1)}" stop-color="${color}"/>`);
  const bar = `<linearGradient id="years">${stops.join('')}</linearGradient><rect x="${LEGEND_LEFT}" y="${y}" width="${width}" height="12" rx="2" fill="url(#years)"/>`;
  const first = textAt(LEGEND_LEFT, y + 30, String(from), { color: '#1a1a1a' });
  return from === to
    ? bar + first
    : bar + first + textAt(WIDTH - 24, y + 30, String(to), { color: '#1a1a1a', anchor: 'end' });
}

function legend(colors: MapColors, colorBy: string): string[] {
  let y = PLOT.top + 14;
  const parts = [textAt(LEGEND_LEFT, y, colorByWords[colorBy] ?? colorBy, { weight: 600, color: '#1a1a1a' })];
  if (colors.ramp !== undefined) {
    parts.push(rampLegend(colors.ramp, y + 16));
    y += 50;
  }
  for (const entry of colors.legend) parts.push(legendRow(entry, (y += LEGEND_ROW)));
  return parts;
}

export function mapSvg(map: LibraryMap, colorBy: string): string {
  const bounds = boundsOf(map.coordinates, map.dims);
  const project = projection(map.dims, bounds, PLOT);
  const colors = chooseColors(
    Array.from(map.ids, (_, index) => labelAt(map, index)),
    colorBy,
  );
  const share = map.explainedVariance.reduce((sum, part) => sum + part, 0);
  const title = `Map of ${countOf(map.ids.length, 'photo')}`;
  const subtitle = `Near means alike. ${formatPercent(share)} of what tells them apart is in this view.`;
  const axes = map.dims === 2 ? flatAxes(map, bounds, project) : solidAxes(map, bounds, project);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="${FONT}" role="img" aria-labelledby="title summary">`,
    `<title id="title">${escapeXml(title)}</title><desc id="summary">${escapeXml(subtitle)}</desc>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    textAt(30, 46, title, { size: 24, weight: 600, color: '#1a1a1a' }),
    textAt(30, 72, subtitle, { size: 14 }),
    ...axes,
    ...dots(map, colors, project),
    ...legend(colors, colorBy),
    '</svg>',
  ].join('\n')}\n`;
}
