/** @file What each point of the map is: its folder, group of copies, year, camera, or what the user said of it. */
import type { MapColoring, PhotoId, Verdict } from '../../contract/model.ts';
import type { EngineContext } from '../context.ts';
import type { GroupIndex } from '../groups/group-index.ts';
import { yearOf } from '../search/photos-among.ts';
import type { ShownPhoto } from '../store/store.ts';

type LabelOf = (photo: ShownPhoto) => string;

export interface Labelled {
  labels: string[];
  /** Of each photo, an index of labels. */
  labelOf: Int32Array;
}

export async function labelPhotos(
  context: EngineContext,
  photos: readonly ShownPhoto[],
  colorBy: MapColoring,
  signal: AbortSignal,
): Promise<Labelled> {
  const say = await labeller(context, colorBy, signal);
  const indexOf = new Map<string, number>();
  const labelOf = Int32Array.from(photos, (photo) => {
    const label = say(photo);
    const index = indexOf.get(label) ?? indexOf.size;
    indexOf.set(label, index);
    return index;
  });
  return { labels: [...indexOf.keys()], labelOf };
}

async function labeller(
  { store, groups }: EngineContext,
  colorBy: MapColoring,
  signal: AbortSignal,
): Promise<LabelOf> {
  switch (colorBy) {
    case 'folder': {
      const names = new Map(store.folders.list().map(({ id, name }) => [id, name]));
      return ({ folderId }) => names.get(folderId) ?? 'No folder';
    }
    case 'group': {
      const groupOf = copiesOfPhotos(await groups.index(signal), await groups.threshold());
      return ({ id }) => {
        const group = groupOf.get(id);
        return group === undefined ? 'No group' : `Group ${group}`;
      };
    }
    case 'year':
      return (photo) => String(yearOf(photo) ?? 'No date');
    case 'camera':
      return ({ camera }) => camera ?? 'No camera';
    case 'verdict':
      return verdictLabels(await groups.index(signal));
  }
}

/** The group of copies of each photo that is in one. */
export function copiesOfPhotos(index: GroupIndex, threshold: number): Map<PhotoId, number> {
  const groupOf = new Map<PhotoId, number>();
  for (const { id, kind, members } of index.at(threshold)) {
    if (kind === 'copies') for (const { photo } of members) groupOf.set(photo.id, id);
  }
  return groupOf;
}

/** What the user said of any pair that a photo is in. */
function verdictLabels(index: GroupIndex): LabelOf {
  const said = new Map<number, Set<Verdict>>();
  for (const { a, b, verdict } of index.verdicts) {
    for (const content of [a, b]) {
      const known = said.get(content);
      if (known === undefined) said.set(content, new Set([verdict]));
      else known.add(verdict);
    }
  }
  return ({ id }) => {
    const found = said.get(index.contentOf(id) ?? -1);
    if (found === undefined) return 'No verdict';
    if (found.size > 1) return 'Same and different';
    return found.has('same') ? 'Same' : 'Different';
  };
}
