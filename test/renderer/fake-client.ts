/** @file A client without an engine: answers are set by the test, requests and notices are in its hands. */
import type { Notice } from '../../src-main/contract/engine.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../src-main/contract/methods.ts';
import type {
  DuplicateGroup,
  Folder,
  GroupMember,
  GroupPage,
  LibrarySummary,
} from '../../src-main/contract/model.ts';
import type { ScanProgress } from '../../src-main/contract/progress.ts';
import type { ShellInput, ShellMethodName, ShellOutputs } from '../../src-main/contract/shell.ts';
import type { Client } from '../../src-renderer/client/engine-client.ts';

type Answers = { [N in MethodName]?: (input: MethodInput<N>) => MethodOutput<N> | Promise<MethodOutput<N>> };
type ShellAnswers = { [N in ShellMethodName]?: (input: ShellInput<N>) => ShellOutputs[N] };

export interface FakeClient extends Client {
  asked: { name: string; input: unknown }[];
  notice(notice: Notice): void;
  connection(connected: boolean): void;
}

export function fakeClient(answers: Answers, shellAnswers: ShellAnswers = {}): FakeClient {
  const notices = new Set<(notice: Notice) => void>();
  const connections = new Set<(connected: boolean) => void>();
  const asked: FakeClient['asked'] = [];
  return {
    asked,
    request: async (name, input) => {
      asked.push({ name, input });
      const answer = answers[name];
      if (answer === undefined) throw new Error(`The test has no answer to ${name}.`);
      return await answer(input);
    },
    shell: async (name, input) => {
      asked.push({ name, input });
      const answer = shellAnswers[name];
      if (answer === undefined) throw new Error(`The test has no answer to ${name}.`);
      return await Promise.resolve(answer(input));
    },
    onNotice: (listener) => {
      notices.add(listener);
      return () => void notices.delete(listener);
    },
    onConnection: (listener) => {
      connections.add(listener);
      return () => void connections.delete(listener);
    },
    photoUrl: (id, size) => `fake:${id}/${size}`,
    notice: (notice) => notices.forEach((listener) => listener(notice)),
    connection: (connected) => connections.forEach((listener) => listener(connected)),
  };
}

export function memberWith(id: number, change: Partial<GroupMember> = {}): GroupMember {
  return {
    id,
    folderId: 1,
    path: `/photos/family/beach/IMG_${id}.jpg`,
    width: 4032,
    height: 3024,
    bytes: 6_900_000,
    format: 'jpeg',
    takenAt: '2019-07-12T14:02:11',
    modifiedAt: '2020-01-01T00:00:00.000Z',
    camera: 'Camera',
    relation: 'resized',
    score: 0.95,
    probability: 0.995,
    reasons: [],
    edits: [],
    sentence: 'Resized to half',
    ...change,
  };
}

export function groupWith(id: number, change: Partial<DuplicateGroup> = {}): DuplicateGroup {
  const keeper = id * 10;
  return {
    id,
    kind: 'copies',
    keeper,
    keeperReasons: ['Most pixels'],
    keeperChosen: false,
    tier: 'likely',
    probability: 0.994,
    bytesToGain: 12_100_000,
    weakest: { a: keeper, b: keeper + 1, score: 0.9319, probability: 0.994 },
    members: [memberWith(keeper, { relation: 'exact', score: 1, probability: 1 }), memberWith(keeper + 1)],
    ...change,
  };
}

/** A page of a list of `total` groups; the group of row n has the id n + 1. */
export function pageOf(total: number, offset: number, limit: number): GroupPage {
  const length = Math.max(0, Math.min(limit, total - offset));
  return {
    threshold: 0.5,
    tiers: { safe: 0, likely: total, check: 0 },
    total,
    copies: total,
    bytesToGain: total,
    kinds: { copies: total, burst: 0, scene: 0, layout: 0 },
    relations: [],
    groups: Array.from({ length }, (_, place) => groupWith(offset + place + 1)),
  };
}

export function folderWith(id: number, change: Partial<Folder> = {}): Folder {
  return {
    id,
    path: '/photos/family',
    name: 'Family',
    role: 'library',
    hidden: false,
    followLinks: false,
    exclude: [],
    online: true,
    photos: 10,
    bytes: 1000,
    failed: 0,
    lastScanAt: '2026-01-01T00:00:00.000Z',
    cover: null,
    ...change,
  };
}

export function summaryWith(folders: Folder[], change: Partial<LibrarySummary> = {}): LibrarySummary {
  return {
    photos: 10,
    bytes: 1000,
    folders,
    formats: [{ format: 'jpeg', photos: 10 }],
    failed: [],
    groups: 2,
    copies: 3,
    bytesToGain: 100,
    lastScanAt: '2026-01-01T00:00:00.000Z',
    model: 'model',
    backend: 'wasm',
    ...change,
  };
}

export function progressWith(change: Partial<ScanProgress> = {}): ScanProgress {
  return {
    stage: 'read',
    done: 100,
    total: 1000,
    bytesDone: 1,
    bytesTotal: 10,
    known: 0,
    failed: 0,
    copies: 0,
    recent: [],
    seconds: 10,
    stageSeconds: 5,
    ...change,
  };
}

/** Lets everything that is ready run. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}
