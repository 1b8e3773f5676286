/** @file What a switch of models changes: groups gained, lost, split, merged. */
import type { ChangedGroup, ModelDiff, PhotoId } from '../../../contract/model.ts';
import type { GroupSummary } from '../../groups/group-summary.ts';

/** Groups of copies by two models, of the same photos. */
export function diffGroups(before: readonly GroupSummary[], after: readonly GroupSummary[]): ModelDiff {
  const diff: ModelDiff = { gained: [], lost: [], split: [], merged: [] };
  const [old, now] = [new Grouping(before), new Grouping(after)];
  for (const group of old.groups) {
    const parts = now.partsOf(group);
    if (isUnchanged(group, parts)) continue;
    if (parts.length > 1) diff.split.push(changed(group, parts));
    else diff.lost.push(changed(group, parts));
  }
  for (const group of now.groups) {
    const parts = old.partsOf(group);
    if (isUnchanged(group, parts)) continue;
    if (parts.length > 1) diff.merged.push(changed(group, parts));
    else diff.gained.push(changed(group, parts));
  }
  return diff;
}

class Grouping {
  readonly groups: readonly GroupSummary[];
  readonly #groupOf = new Map<PhotoId, GroupSummary>();

  constructor(groups: readonly GroupSummary[]) {
    this.groups = groups.filter(({ kind }) => kind === 'copies');
    for (const group of this.groups) for (const id of idsOf(group)) this.#groupOf.set(id, group);
  }

  /** Members of the other grouping's group, by this grouping's groups; those in none are left out. */
  partsOf(group: GroupSummary): PhotoId[][] {
    const parts = Map.groupBy(idsOf(group), (id) => this.#groupOf.get(id));
    return [...parts].flatMap(([own, ids]) => (own === undefined ? [] : [ids]));
  }
}

/** All members stay together; that others may have joined or left shows on the other side. */
function isUnchanged(group: GroupSummary, parts: readonly PhotoId[][]): boolean {
  return parts.length === 1 && parts[0]?.length === group.members.length;
}

function changed(group: GroupSummary, parts: PhotoId[][]): ChangedGroup {
  const members = group.members.map(({ photo }) => ({ id: photo.id, path: photo.path }));
  return { kind: group.kind, members, parts };
}

function idsOf(group: GroupSummary): PhotoId[] {
  return group.members.map(({ photo }) => photo.id);
}
