/** @file A judged pair looked at once more, on its files, where its thumbnails leave something open. */
import type { PairMeasures } from '../../contract/model.ts';
import type { ReaderPool } from '../reader/reader.ts';
import { mayBePage } from '../similarity/matcher/kind.ts';
import { wasSavedAgain } from '../similarity/matcher/resaved.ts';
import { likenessOf, scorePair, type MatcherWeights } from '../similarity/matcher/score.ts';
import {
  openQuestion,
  settle,
  type OpenQuestion,
  type SeenByThumbnails,
} from '../similarity/matcher/settled.ts';
import { firstCheckOf } from '../similarity/second-check/checked-pair.ts';
import { hasMoved } from '../similarity/second-check/decision.ts';
import { withOverlay, type Judgement } from './judge.ts';
import type { MatchSide } from './side.ts';

/** A side of the pair with its file. */
export interface SideOnDisk {
  match: MatchSide;
  path: string;
  /** SHA-256 of the bytes that the side was made of. */
  hash: Uint8Array;
}

/** What is asked of a pool of readers. */
export type LookingReader = Pick<ReaderPool, 'secondLook'>;

/** What the stored data of a judged pair leaves open; null: nothing that its files could settle. */
export function openQuestionOf(a: MatchSide, b: MatchSide, judgement: Judgement): OpenQuestion | null {
  const seen = seenByThumbnails(a, b, judgement);
  const { second: kind, trusted } = judgement.evidence;
  return seen && openQuestion({ kind, trusted, ...seen });
}

/** What the second check and the files' facts say beside the pair's kind; null: it was not asked. */
export function seenByThumbnails(
  a: MatchSide,
  b: MatchSide,
  { looked, measures }: Judgement,
): Omit<SeenByThumbnails, 'kind' | 'trusted'> | null {
  if (looked === null || measures === null) return null;
  return {
    checked: looked.kind,
    mayBePage: mayBePage(looked, a.facts, b.facts),
    moved: looked.measures !== null && hasMoved(looked.measures),
    savedAgain: wasSavedAgain(a.facts, b.facts, measures),
  };
}

/**
 * @returns the judgement as the files settle it; as it was where they can't, or where nothing was open. `looked` of its
 * measures tells whether files were opened.
 * @throws LookalikeError PHOTO_UNREADABLE that names the file, CANCELLED
 */
export async function lookAgain(
  reader: LookingReader,
  weights: MatcherWeights,
  a: SideOnDisk,
  b: SideOnDisk,
  judgement: Judgement,
  signal: AbortSignal,
): Promise<Judgement> {
  const { evidence, looked, measures } = judgement;
  const question = openQuestionOf(a.match, b.match, judgement);
  if (question === null || looked === null || measures === null || evidence.verification === null) {
    return judgement;
  }
  const first = firstCheckOf(evidence.verification, a.match.photo.features, b.match.photo.features);
  const files = { a: await fileOf(a), b: await fileOf(b), first: { ...first, map: looked.map } };
  const close = await reader.secondLook(files, signal);
  const seen: PairMeasures = { ...measures, looked: 'files' };
  const toned = looked.edits.some((edit) => edit === 'brightness' || edit === 'colour');
  const settled = close && settle(question, close, { format: a.match.facts.format, toned });
  if (close === null || settled === null) return { ...judgement, measures: seen };
  const { kind, trusted } = settled;
  const now = { ...evidence, second: kind, trusted };
  const score = scorePair(now, weights);
  const found = withWhatDiffers(seen, kind === 'copy' ? [] : close.check.differing, kind === 'copy-changed');
  return { ...judgement, score, likeness: likenessOf(now, score), evidence: now, measures: found };
}

/** Copies that are one show nothing but coding; in others something was added, or thumbnails saw too much. */
function withWhatDiffers(
  measures: PairMeasures,
  differing: PairMeasures['differing'],
  added: boolean,
): PairMeasures {
  const others = measures.edits.filter((edit) => edit !== 'overlay');
  return { ...measures, differing, edits: added ? withOverlay(others) : others };
}

async function fileOf({
  match,
  path,
  hash,
}: SideOnDisk): Promise<Parameters<LookingReader['secondLook']>[0]['a']> {
  const { width, height } = await match.thumbnail();
  const boxes = match.boxes.map((box) => ({
    left: box.left / width,
    top: box.top / height,
    width: box.width / width,
    height: box.height / height,
  }));
  return { path, hash, boxes };
}
