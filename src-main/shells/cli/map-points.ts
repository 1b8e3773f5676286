/** @file The points of a map as the command line prints them, and as CSV. */
import type { LibraryMap } from '../../contract/model.ts';

export interface MapPoint {
  id: number;
  path: string;
  x: number;
  y: number;
  z?: number;
  label: string;
}

export function labelAt({ labels, labelOf }: LibraryMap, point: number): string {
  return labels[labelOf[point] ?? 0] ?? '';
}

/** @param map with paths */
export function mapPoints(map: LibraryMap): MapPoint[] {
  const { dims, coordinates, ids, paths } = map;
  return Array.from(ids, (id, index) => {
    const [path = '', label] = [paths[index], labelAt(map, index)];
    const [x = 0, y = 0, z = 0] = coordinates.subarray(index * dims, (index + 1) * dims);
    return dims === 3 ? { id, path, x, y, z, label } : { id, path, x, y, label };
  });
}

export function mapJson(map: LibraryMap): Record<string, unknown> {
  return { explainedVariance: map.explainedVariance, points: mapPoints(map) };
}

/** A field as RFC 4180 wants it. */
function csvField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function mapCsv(map: LibraryMap): string {
  const header = ['id', 'path', 'x', 'y', ...(map.dims === 3 ? ['z'] : []), 'label'];
  const rows = mapPoints(map).map(({ id, path, x, y, z, label }) =>
    [id, path, x, y, ...(z === undefined ? [] : [z]), label].map(csvField),
  );
  return [header, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}
