/** @file Which of a photo and its copy the default rules keep, as a group of both would. */
import type { PairMeasures } from '../../../../src-main/contract/model.ts';
import { DEFAULT_ORDER } from '../../../../src-main/engine/groups/settings.ts';
import { realDetail } from '../../../../src-main/engine/imaging/real-detail.ts';
import type { MatchSide } from '../../../../src-main/engine/matching/side.ts';
import { derivedOf } from '../../../../src-main/engine/similarity/derived.ts';
import {
  mayBeEnlarged,
  type FactName,
  type KeeperCandidate,
} from '../../../../src-main/engine/similarity/keeper-rules.ts';
import { Keepers } from '../../../../src-main/engine/similarity/keeper.ts';
import { swapLetters } from '../../../../src-main/engine/similarity/swap-measures.ts';

export interface KeptFile {
  side: MatchSide;
  bytes: Buffer;
}

/** none: neither file has any; original: the original alone, as after a chat or a screenshot. */
export type Metadata = 'none' | 'original';
export interface Kept {
  kept: 'original' | 'copy' | 'untold';
  reasons: string[];
}

const SAY = { letter: ({ id }: KeeperCandidate) => (id === 1 ? 'A' : 'B'), folder: String };
const keepers = new Keepers({ rules: DEFAULT_ORDER, folders: [] });

/** Files are of one time, and the copy comes first by path: an original is kept for a reason only. */
export async function keptOfTwo(
  original: KeptFile,
  copy: KeptFile,
  measures: PairMeasures | null,
  metadata: Metadata,
): Promise<Kept> {
  const told = metadata === 'original' ? { takenAt: '2021-05-04T10:00:00', camera: 'Camera' } : NO_METADATA;
  const [a, b] = [
    { facts: { ...original.side.facts, ...told }, image: await original.side.thumbnail() },
    { facts: { ...copy.side.facts, ...NO_METADATA }, image: await copy.side.thumbnail() },
  ];
  const derived = measures && derivedOf(a, b, measures);
  const madeFrom = (of: 'a' | 'b') => (): string[] => {
    if (derived?.side !== of) return [];
    return of === 'a' ? derived.because : derived.because.map(swapLetters);
  };
  const has: FactName[] = metadata === 'original' ? ['date', 'camera'] : [];
  const photos = [
    candidate(1, a.facts, { facts: () => has, madeFrom: madeFrom('a') }),
    candidate(2, b.facts, { facts: () => [], madeFrom: madeFrom('b') }),
  ] as const;
  if (mayBeEnlarged(photos)) {
    photos[0].detail = await realDetail(original.bytes);
    photos[1].detail = await realDetail(copy.bytes);
  }
  const choice = keepers.choose(photos);
  const reasons = keepers.reasons(choice, photos, SAY);
  return { kept: choice.decided === null ? 'untold' : choice.keeper.id === 1 ? 'original' : 'copy', reasons };
}

const NO_METADATA = { takenAt: null, camera: null };

function candidate(
  id: number,
  { width, height, bytes, format, takenAt, jpegQuality }: MatchSide['facts'],
  said: Pick<KeeperCandidate, 'facts' | 'madeFrom'>,
): KeeperCandidate {
  const file = {
    id,
    path: id === 1 ? '/photos/b' : '/photos/a',
    folderId: 1,
    modifiedMs: 0,
    reference: false,
  };
  return { ...file, width, height, bytes, format, takenAt, jpegQuality, detail: null, ...said };
}
