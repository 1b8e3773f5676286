/** @file Rows of a library of numbered photos without a database: photo n + 1 is content n, of id n + 1. */
import type { Relation } from '../../../src-main/contract/model.ts';
import { GroupIndex, type Decisions } from '../../../src-main/engine/groups/group-index.ts';
import type { GroupRows } from '../../../src-main/engine/groups/group-rows.ts';
import type { ImpliedLink } from '../../../src-main/engine/groups/implied-links.ts';
import { codeOf, PairList, type ContentFacts } from '../../../src-main/engine/groups/library-rows.ts';
import { PairIndex } from '../../../src-main/engine/groups/pair-index.ts';
import { DEFAULT_ORDER } from '../../../src-main/engine/groups/settings.ts';
import { Keepers } from '../../../src-main/engine/similarity/keeper.ts';
import { model } from '../scan/made-library.ts';

export type MadePair = readonly [a: number, b: number, score: number, relation?: Relation];

export interface Made {
  contents: number;
  pairs: readonly MadePair[];
  implied?: readonly ImpliedLink[];
  /** Files of content n; one unless said. */
  files?: (content: number) => number;
  facts?: (content: number) => Partial<ContentFacts>;
  folder?: (content: number) => number;
}

const FACTS: ContentFacts = {
  bytes: 1_000,
  format: 'jpeg',
  width: 400,
  height: 300,
  takenAt: null,
  camera: null,
  jpegQuality: 90,
};

export function madeRows({ contents, pairs, implied = [], files = () => 1, facts, folder }: Made): GroupRows {
  const list = new PairList();
  for (const [a, b, score, relation = 're-encoded'] of [...pairs].sort((p, q) => q[2] - p[2]))
    list.add(a, b, score, codeOf(relation));
  const numbers = Array.from({ length: contents }, (_, content) => content);
  const ids = numbers.map((content) => content + 1);
  const found = list.list();
  return {
    contents: ids,
    indexOf: new Map(ids.map((id, content) => [id, content])),
    photos: numbers.map((content) =>
      Array.from({ length: files(content) }, (_, copy) => ({
        id: content + 1 + copy * contents,
        folderId: folder?.(content) ?? 1,
        path: `/photos/${String(content).padStart(6, '0')} ${copy}.jpg`,
        modifiedMs: 0,
        reference: false,
      })),
    ),
    pairs: found,
    index: new PairIndex(contents, found),
    implied,
    facts: numbers.map((content) => ({ ...FACTS, ...facts?.(content) })),
    details: new Map(),
    online: new Set([1]),
    readFacts: () => undefined,
    readMeasures: () => null,
  };
}

export function madeIndex(made: Made, decisions: Partial<Decisions> = {}): GroupIndex {
  return new GroupIndex(madeRows(made), model, {
    verdicts: [],
    keepers: new Keepers({ rules: DEFAULT_ORDER, folders: [1, 2] }),
    choices: new Map(),
    ...decisions,
  });
}

/** Contents of each group of copies, ascending. */
export function copiesAt(index: GroupIndex, threshold: number): number[][] {
  return index
    .at(threshold)
    .filter(({ kind }) => kind === 'copies')
    .map(({ members }) => [...new Set(members.map(({ photo }) => photo.content))].sort((a, b) => a - b))
    .sort((p, q) => p[0]! - q[0]!);
}
