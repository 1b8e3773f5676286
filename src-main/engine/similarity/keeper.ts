/** @file Which photo of a group stays, and the sentences that say why. */
import type { Photo, PhotoFormat, PhotoId } from '../../contract/model.ts';
import { sayBytes, sayDay, sayFormat, sayMillions } from './wording.ts';

export type KeeperCandidate = Pick<
  Photo,
  'id' | 'path' | 'width' | 'height' | 'bytes' | 'format' | 'takenAt'
> & { reference: boolean };

export interface KeeperChoice {
  keeper: PhotoId;
  /** The deciding rule first, then other facts that speak for the keeper. */
  reasons: string[];
  /** Bytes of the photos that may go: all but the keeper and those in reference folders. */
  bytesToGain: number;
}

/**
 * Rank of a format where pixels and bytes are equal: what keeps every pixel before what loses some; JPEG before WebP
 * and AVIF, which cameras do not write, so that those are more often made from a JPEG than the other way; GIF, with 256
 * colours, last.
 */
const FORMAT_RANK: Record<PhotoFormat, number> = { tiff: 5, png: 5, jpeg: 4, webp: 3, avif: 3, gif: 1 };

interface Rule {
  /** Larger is better. -Infinity: the rule can't speak for this photo. */
  value(photo: KeeperCandidate): number;
  /** `next`: the best of the rivals under this rule; `among`: limits the claim when not all photos are rivals. */
  sentence(keeper: KeeperCandidate, next: KeeperCandidate, among: string): string;
  /** How the rules below say to whom they compare, once this rule left several photos. */
  tied: string;
}

const pixels = ({ width, height }: KeeperCandidate): number => width * height;
const takenMs = ({ takenAt }: KeeperCandidate): number => (takenAt === null ? NaN : Date.parse(takenAt));

/** From here on pixels are said in millions. */
const MILLIONS_FROM = 1_000_000;

/** Millions where that tells the two apart, else the full numbers. */
function comparePixels(keeper: number, next: number): string {
  const [ours, theirs] = [sayMillions(keeper), sayMillions(next)];
  if (next >= MILLIONS_FROM && ours !== theirs) return `${ours} million; the next has ${theirs}`;
  return `${keeper.toLocaleString('en-US')}; the next has ${next.toLocaleString('en-US')}`;
}

function compareBytes(keeper: number, next: number): string {
  const [ours, theirs] = [sayBytes(keeper), sayBytes(next)];
  return ours === theirs
    ? `${keeper.toLocaleString('en-US')} bytes; the next has ${next.toLocaleString('en-US')}`
    : `${ours}; the next has ${theirs}`;
}

const REFERENCE: Rule = {
  value: ({ reference }) => (reference ? 1 : 0),
  sentence: () => 'In a reference folder, where nothing is ever removed',
  tied: 'of those in reference folders',
};

/** In the order in which they decide. */
const rules: Rule[] = [
  REFERENCE,
  {
    value: pixels,
    sentence: (keeper, next, among) => `Most pixels${among}: ${comparePixels(pixels(keeper), pixels(next))}`,
    tied: 'of those with most pixels',
  },
  {
    value: ({ bytes }) => bytes,
    sentence: (keeper, next, among) => `Largest file${among}: ${compareBytes(keeper.bytes, next.bytes)}`,
    tied: 'of the largest files',
  },
  {
    value: ({ format }) => FORMAT_RANK[format],
    sentence: (keeper, next, among) =>
      `Better format${among}: ${sayFormat(keeper.format)}; the next is ${sayFormat(next.format)}`,
    tied: 'of those in the better format',
  },
  {
    value: (photo) => (photo.takenAt === null ? -Infinity : -takenMs(photo)),
    sentence: (keeper, next, among) => earliest(keeper, next, among),
    tied: 'of the earliest',
  },
];

function earliest(keeper: KeeperCandidate, next: KeeperCandidate, among: string): string {
  const day = keeper.takenAt === null ? '' : sayDay(keeper.takenAt);
  if (next.takenAt === null) return `Only date${among}: ${day}`;
  return `Earliest${among}: ${day}`;
}

function byPath(a: KeeperCandidate, b: KeeperCandidate): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.id - b.id;
}

/** @throws RangeError for an empty group. */
export function chooseKeeper(photos: readonly KeeperCandidate[]): KeeperChoice {
  let left = [...photos].sort(byPath);
  let decided: string | null = null;
  let deciding: Rule | undefined;
  let tied = '';
  for (const rule of rules) {
    const best = Math.max(...left.map((photo) => rule.value(photo)));
    const winners = left.filter((photo) => rule.value(photo) === best);
    if (decided === null && winners.length < left.length) {
      const claim = left.length < photos.length ? ` ${tied}` : '';
      if (winners.length === 1) {
        decided = claimOf(rule, winners, left, claim);
        deciding = rule;
      }
      tied = rule.tied;
    }
    left = winners;
  }
  const keeper = left[0];
  if (keeper === undefined) throw new RangeError('A group without photos has no keeper.');
  decided ??= tied === '' ? 'All are equal; the first by path stays' : `First by path ${tied}`;
  return {
    keeper: keeper.id,
    reasons: [decided, ...support(keeper, photos, deciding)],
    bytesToGain: gain(keeper, photos),
  };
}

function claimOf(
  rule: Rule,
  [keeper]: KeeperCandidate[],
  rivals: KeeperCandidate[],
  claim: string,
): string | null {
  const next = keeper === undefined ? undefined : bestRival(rule, keeper, rivals);
  return keeper === undefined || next === undefined ? null : rule.sentence(keeper, next, claim);
}

function bestRival(
  rule: Rule,
  keeper: KeeperCandidate,
  photos: readonly KeeperCandidate[],
): KeeperCandidate | undefined {
  return photos
    .filter((photo) => photo !== keeper)
    .reduce<KeeperCandidate | undefined>(
      (best, photo) => (best === undefined || rule.value(photo) > rule.value(best) ? photo : best),
      undefined,
    );
}

/**
 * Rules under which the keeper is alone at the top of the whole group, without the one that decided: its fact is said. A
 * reference folder always speaks for it.
 */
function support(
  keeper: KeeperCandidate,
  photos: readonly KeeperCandidate[],
  deciding: Rule | undefined,
): string[] {
  const others = rules.filter((rule) => rule !== deciding);
  return others.flatMap((rule) => {
    const next = bestRival(rule, keeper, photos);
    if (next === undefined) return [];
    const speaks = rule.value(keeper) > rule.value(next) || (rule === REFERENCE && keeper.reference);
    return speaks ? [rule.sentence(keeper, next, '')] : [];
  });
}

function gain(keeper: KeeperCandidate, photos: readonly KeeperCandidate[]): number {
  return photos
    .filter((photo) => photo !== keeper && !photo.reference)
    .reduce((sum, { bytes }) => sum + bytes, 0);
}
