/** @file The map in words. */
import type { MapCluster, MapColoring } from '../../src-main/contract/model.ts';
import { counted } from './numbers.ts';

export const coloringLabels: Record<MapColoring, string> = {
  folder: 'Folder',
  year: 'Year',
  camera: 'Camera',
  group: 'Group',
  verdict: 'Your answers',
};

const ordinals = ['1st', '2nd', '3rd'];

export function ordinal(axis: number): string {
  return ordinals[axis] ?? `${axis + 1}th`;
}

export function axisName(axis: number): string {
  return `${ordinal(axis)} axis`;
}

/** "3,104 photos, 2004 to 2024" */
export function clusterFacts({ photos, years }: MapCluster): string {
  const when =
    years === null
      ? 'no date'
      : years.from === years.to
        ? String(years.from)
        : `${years.from} to ${years.to}`;
  return `${counted(photos, 'photo')}, ${when}`;
}

/** A cluster has no invented name. */
export function clusterName({ typical }: MapCluster): string {
  return `Like ${typical[0]?.name ?? 'no photo'}`;
}
