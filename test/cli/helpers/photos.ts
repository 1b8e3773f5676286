/** @file Rows as the contract has them, with only what a test cares for spelt out. */
import type {
  DuplicateGroup,
  Folder,
  GroupMember,
  GroupPage,
  Photo,
  ScanSummary,
} from '../../../src-main/contract/model.ts';
import type { ScanProgress } from '../../../src-main/contract/progress.ts';

export function photo(id: number, more: Partial<Photo> = {}): Photo {
  return {
    id,
    folderId: 1,
    path: `/photos/${id}.jpg`,
    width: 4000,
    height: 3000,
    bytes: 5_000_000,
    format: 'jpeg',
    takenAt: null,
    modifiedAt: '2020-01-01T00:00:00.000Z',
    camera: null,
    ...more,
  };
}

export function member(id: number, more: Partial<GroupMember> = {}): GroupMember {
  return {
    ...photo(id),
    relation: 'exact',
    score: 1,
    probability: 1,
    reasons: [],
    edits: [],
    sentence: 'Same file',
    ...more,
  };
}

export function group(
  id: number,
  members: GroupMember[],
  more: Partial<DuplicateGroup> = {},
): DuplicateGroup {
  const [keeper, other] = members;
  return {
    id,
    kind: 'copies',
    keeper: keeper!.id,
    keeperChosen: false,
    keeperReasons: ['Most pixels: 12 million'],
    tier: 'safe',
    probability: 1,
    bytesToGain: 5_000_000,
    weakest: { a: keeper!.id, b: other!.id, score: 1, probability: 1 },
    members,
    ...more,
  };
}

export function groupPage(groups: DuplicateGroup[], total = groups.length): GroupPage {
  return {
    threshold: 0.5,
    total,
    tiers: { safe: total, likely: 0, check: 0 },
    copies: groups.reduce((sum, { members }) => sum + members.length - 1, 0),
    bytesToGain: groups.reduce((sum, { bytesToGain }) => sum + bytesToGain, 0),
    kinds: { copies: total, burst: 0, scene: 0, layout: 0 },
    relations: [],
    groups,
  };
}

export function folder(id: number, path: string, more: Partial<Folder> = {}): Folder {
  return {
    id,
    path,
    name: path,
    role: 'library',
    hidden: false,
    followLinks: false,
    exclude: [],
    online: true,
    photos: 0,
    bytes: 0,
    failed: 0,
    lastScanAt: null,
    cover: null,
    ...more,
  };
}

export function summary(more: Partial<ScanSummary> = {}): ScanSummary {
  return {
    photos: 10,
    new: 10,
    changed: 0,
    moved: 0,
    unchanged: 0,
    removed: 0,
    offline: 0,
    failed: {},
    groups: 0,
    seconds: { find: 0.1, read: 2, compare: 0.2, group: 0.1 },
    backend: 'wasm',
    model: 'model-1',
    stopped: false,
    ...more,
  };
}

export function progress(more: Partial<ScanProgress> = {}): ScanProgress {
  return {
    stage: 'read',
    done: 0,
    total: 100,
    bytesDone: 0,
    bytesTotal: null,
    known: 0,
    failed: 0,
    copies: 0,
    recent: [],
    seconds: 0,
    stageSeconds: 0,
    ...more,
  };
}
