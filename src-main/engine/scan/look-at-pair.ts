/** @file One pair of the library looked at on its files, and the row that it has then. */
import type { ModelInfo } from '../context.ts';
import type { PairJudge } from '../matching/judge.ts';
import { settleOpen } from '../matching/open-pair.ts';
import type { SideOnDisk } from '../matching/second-look.ts';
import { bestCosine, type StoredSides } from '../matching/side.ts';
import type { ReaderPool } from '../reader/reader.ts';
import type { MatcherWeights } from '../similarity/matcher/score.ts';
import type { ContentId, PairRow, Store } from '../store/store.ts';
import { pairRow } from './judge-pairs.ts';

export interface LookTools {
  store: Store;
  model: ModelInfo;
  sides: StoredSides;
  judge: PairJudge;
  weights: MatcherWeights;
  reader: ReaderPool;
  signal: AbortSignal;
}

export interface ContentOnDisk {
  id: ContentId;
  path: string;
}

/**
 * Judged anew on stored data, then on both files if that leaves anything open: `looked` of its measures tells.
 * @returns undefined where a content was forgotten meanwhile, or its local features are still to be made
 * @throws LookalikeError PHOTO_UNREADABLE that names the file, CANCELLED, BACKEND_UNAVAILABLE
 */
export async function lookAtPair(
  tools: LookTools,
  one: ContentOnDisk,
  other: ContentOnDisk,
): Promise<PairRow | undefined> {
  const [low, high] = one.id < other.id ? [one, other] : [other, one];
  const [a, b] = [sideOnDisk(tools, low), sideOnDisk(tools, high)];
  if (a === undefined || b === undefined) return undefined;
  const { judge, reader, weights, model, signal } = tools;
  const byThumbnails = await judge.judge(a.match, b.match, bestCosine(a.match, b.match));
  const judgement = await settleOpen(reader, weights, a, b, byThumbnails, signal);
  return pairRow(a.match, b.match, judgement, model.personal);
}

function sideOnDisk({ store, sides }: LookTools, { id, path }: ContentOnDisk): SideOnDisk | undefined {
  const [match, hash] = [sides.get(id), store.contents.hash(id)];
  return match === undefined || hash === undefined ? undefined : { match, path, hash };
}
