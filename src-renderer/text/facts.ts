/** @file Facts of a photo in words, and which of them differ between two. */
import type { Folder, GroupMember } from '../../src-main/contract/model.ts';
import { instant, takenAt } from './dates.ts';
import { formatName } from './formats.ts';
import { bytes, count, megapixels } from './numbers.ts';
import { fileName, wholePlaceOf } from './places.ts';

export interface Fact {
  label: string;
  value: string;
}

export interface FactPair extends Fact {
  /** What the keeper has there. */
  keeper: string;
  differs: boolean;
}

export function factsOf(member: GroupMember, folders: readonly Folder[]): Fact[] {
  return [
    { label: 'Name', value: fileName(member.path) },
    { label: 'Where', value: wholePlaceOf(member, folders) },
    {
      label: 'Pixels',
      value: `${count(member.width)} × ${count(member.height)}, ${megapixels(member.width, member.height)}`,
    },
    { label: 'Size', value: bytes(member.bytes) },
    { label: 'Format', value: formatName(member.format) },
    { label: 'Taken', value: takenAt(member.takenAt) },
    { label: 'Changed', value: instant(member.modifiedAt) },
    { label: 'Camera', value: member.camera ?? 'Not said' },
  ];
}

/** Fact by fact against the keeper, in the same order. */
export function factPairs(member: GroupMember, keeper: GroupMember, folders: readonly Folder[]): FactPair[] {
  const kept = factsOf(keeper, folders);
  return factsOf(member, folders).map((fact, index) => {
    const other = kept[index]?.value ?? '';
    return { ...fact, keeper: other, differs: other !== fact.value };
  });
}
