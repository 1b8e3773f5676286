/** @file Copies that two folders share, on the map: what overlapping back-ups look like. */
import type { FolderId, MapLinks, PhotoId } from '../../contract/model.ts';
import type { MapPoints } from './library-map.ts';

const IN_A = 1;
const IN_B = 2;
const IN_BOTH = 3;

/** @param groupOf the group of copies of each photo that is in one */
export function mapLinks(
  { source, photos }: Pick<MapPoints, 'source' | 'photos'>,
  groupOf: ReadonlyMap<PhotoId, number>,
  a: FolderId,
  b: FolderId,
): MapLinks {
  const placeOf = new Uint8Array(photos.length);
  const groups = new Map<number, { inA: number[]; inB: number[] }>();
  for (const [point, { id, folderId }] of photos.entries()) {
    if (folderId !== a && folderId !== b) continue;
    placeOf[point] = folderId === a ? IN_A : IN_B;
    const group = groupOf.get(id);
    if (group === undefined) continue;
    const members = groups.get(group) ?? { inA: [], inB: [] };
    groups.set(group, members);
    (folderId === a ? members.inA : members.inB).push(point);
  }
  const lines: number[] = [];
  for (const { inA, inB } of groups.values()) {
    const [first] = inA;
    if (first === undefined || inB.length === 0) continue;
    for (const point of [...inA, ...inB]) placeOf[point] = IN_BOTH;
    for (const point of inB) lines.push(first, point);
  }
  return { source, placeOf, lines: Int32Array.from(lines) };
}
