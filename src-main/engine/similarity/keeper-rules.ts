/** @file What each rule for keepers prefers, and the sentence that says so. */
import type { FolderId, KeeperRuleName, Photo, PhotoFormat } from '../../contract/model.ts';
import { withThousands } from '../../contract/thousands.ts';
import { withLetters } from './swap-measures.ts';
import { sayBytes, sayDay, sayFormat, sayList, sayMillions } from './wording.ts';

/** Kinds of facts that a file can hold beside its picture, in the order in which sentences name them. */
export const factNames = ['place', 'date', 'camera', 'lens', 'caption', 'rating', 'keywords'] as const;
export type FactName = (typeof factNames)[number];

export interface KeeperCandidate extends Pick<
  Photo,
  'id' | 'path' | 'folderId' | 'width' | 'height' | 'bytes' | 'format' | 'takenAt'
> {
  /** When the file was changed, ms since 1970. */
  modifiedMs: number;
  /** In a reference folder: never the one to go. */
  reference: boolean;
  /** 1 to 100; null where it can't be told. */
  jpegQuality: number | null;
  /** Part of the resolution, 0 to 1, that holds detail: about 1/2 in a photo enlarged to twice its size; null: not measured. */
  detail: number | null;
  /** Asked for only when it matters. */
  facts(): readonly FactName[];
  /** What says that this one, called A, was made from the other, called B; empty: nothing does. */
  madeFrom(other: KeeperCandidate): readonly string[];
}

/** How sentences name photos and folders. */
export interface Speaker {
  letter(photo: KeeperCandidate): string;
  folder(id: FolderId): string;
}

export interface KeeperRule {
  /** Larger is better. `rivals`: the photos that the rules before left, this one among them. */
  value(photo: KeeperCandidate, rivals: readonly KeeperCandidate[]): number;
  /** Values that are less than the best by no more than this part of it are as good. */
  slack: number;
  /** `next`: the best of those that lose by this rule. */
  sentence(keeper: KeeperCandidate, next: KeeperCandidate, say: Speaker): string;
}

/**
 * Rank of a format where everything before is equal: what keeps every pixel before what loses some; JPEG before WebP and
 * AVIF, which cameras do not write, so that those are more often made from a JPEG than the other way; GIF, with 256
 * colours, last.
 */
const FORMAT_RANK: Record<PhotoFormat, number> = { tiff: 5, png: 5, jpeg: 4, webp: 3, avif: 3, gif: 1 };

/** Sizes within one percent are one size: some programs cut or add a row. */
const PIXEL_SLACK = 0.01;
/** A photo is enlarged when another shows as much detail with this part of its resolution in use, … */
const FULL_DETAIL = 0.8;
/** … while the photo itself uses no more than this. */
const ENLARGED_DETAIL = 0.9;
/** It shows as much from this part of the measured detail on: enlarging blurs the edge where detail ends. */
const SAME_DETAIL = 0.4;

/** "copy", "(1)", "- Kopie", "edited" at the end of a name: what programs add to the name of a second file. */
const COPY_NAME =
  /(\bcopy( \d+)?|\bkopie( \d+)?|\bcopie|\bcopia|\(\d+\)|~\d+|[-_ ]edited|[-_ ]bearbeitet)$/iu;

const pixels = ({ width, height }: KeeperCandidate): number => width * height;
const takenMs = ({ takenAt }: KeeperCandidate): number => (takenAt === null ? NaN : Date.parse(takenAt));
const detailPixels = (photo: KeeperCandidate): number => pixels(photo) * (photo.detail ?? 1) ** 2;

/** Bytes a pixel below this part of a smaller copy's: enlarged pictures hold little for their size. */
const THIN_SHARE = 0.6;

/**
 * Whether detail is worth measuring: the largest may be an enlarged copy of a smaller one. A camera's own file, known by
 * its facts, is taken at its word unless it is oddly small.
 */
export function mayBeEnlarged(photos: readonly KeeperCandidate[]): boolean {
  const most = photos.reduce((best, photo) => Math.max(best, pixels(photo)), 0);
  const large = photos.filter((photo) => pixels(photo) >= most * (1 - PIXEL_SLACK));
  const small = photos.filter((photo) => pixels(photo) < most * (1 - PIXEL_SLACK));
  return large.some((photo) => small.some((other) => looksEnlarged(photo, other)));
}

function looksEnlarged(large: KeeperCandidate, small: KeeperCandidate): boolean {
  if (!large.facts().includes('camera')) return true;
  return large.bytes / pixels(large) < THIN_SHARE * (small.bytes / pixels(small));
}

/** Whether another photo shows as much, in fewer pixels. */
function isEnlarged(photo: KeeperCandidate, rivals: readonly KeeperCandidate[]): boolean {
  if (photo.detail === null || photo.detail > ENLARGED_DETAIL) return false;
  return rivals.some(
    (other) =>
      other.detail !== null &&
      other.detail >= FULL_DETAIL &&
      pixels(other) < pixels(photo) &&
      detailPixels(other) >= SAME_DETAIL * detailPixels(photo),
  );
}

/** The other may have more pixels because it is this one enlarged. */
function isMadeFrom(photo: KeeperCandidate, other: KeeperCandidate): boolean {
  return other !== photo && photo.madeFrom(other).length > 0 && !isEnlarged(other, [photo, other]);
}

function sayOriginal(keeper: KeeperCandidate, next: KeeperCandidate, say: Speaker): string {
  const [because] = isMadeFrom(next, keeper) ? next.madeFrom(keeper) : [];
  if (because === undefined) return `The original: ${say.letter(next)} was made from another`;
  return `The original: ${withLetters(because, say.letter(next), say.letter(keeper))}`;
}

/** The file's name without its extension. */
function nameOf({ path }: KeeperCandidate): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/** From here on pixels are said in millions. */
const MILLIONS_FROM = 1_000_000;

function sayPixels(keeper: KeeperCandidate, next: KeeperCandidate, say: Speaker): string {
  const [ours, theirs] = [sayMillions(pixels(keeper)), sayMillions(pixels(next))];
  if (pixels(next) >= MILLIONS_FROM && ours !== theirs) {
    return `Most pixels: ${ours} million; ${say.letter(next)} has ${theirs}`;
  }
  return `Most pixels: ${withThousands(pixels(keeper))}; ${say.letter(next)} has ${withThousands(pixels(next))}`;
}

/** Quality where it is known; else bytes, between files of one format and size. What can't be told is no worse. */
function compression(photo: KeeperCandidate, rivals: readonly KeeperCandidate[]): number {
  const known = rivals.flatMap(({ jpegQuality }) => (jpegQuality === null ? [] : [jpegQuality]));
  if (known.length > 0) return photo.jpegQuality ?? Math.max(...known);
  const alike = rivals.every(
    (other) => other.format === photo.format && other.width === photo.width && other.height === photo.height,
  );
  return alike && photo.format !== 'png' && photo.format !== 'tiff' ? photo.bytes : 0;
}

function sayCompression(keeper: KeeperCandidate, next: KeeperCandidate, say: Speaker): string {
  const letter = say.letter(next);
  if (next.jpegQuality !== null) {
    const ours = keeper.jpegQuality === null ? 'not a JPEG' : `${keeper.jpegQuality} of 100`;
    return `Least compressed: ${ours}; ${letter} has ${next.jpegQuality}`;
  }
  const [ours, theirs] = [sayBytes(keeper.bytes), sayBytes(next.bytes)];
  return ours === theirs
    ? `Least compressed: ${withThousands(keeper.bytes)} bytes; ${letter} has ${withThousands(next.bytes)}`
    : `Least compressed: ${ours}; ${letter} has ${theirs}`;
}

function sayFacts(keeper: KeeperCandidate, next: KeeperCandidate, say: Speaker): string {
  const theirs = next.facts();
  const only = keeper.facts().filter((fact) => !theirs.includes(fact));
  if (only.length === 0) return `Most facts; ${say.letter(next)} has fewer`;
  return `Has ${sayList(only)}; ${say.letter(next)} has not`;
}

/** Of the picture where a rival knows it; else of the files. */
function timeOf(photo: KeeperCandidate, rivals: readonly KeeperCandidate[]): number {
  return rivals.some(({ takenAt }) => takenAt !== null) ? takenMs(photo) : photo.modifiedMs;
}

function dayOf({ takenAt, modifiedMs }: KeeperCandidate): string {
  return sayDay(takenAt ?? new Date(modifiedMs).toISOString());
}

function sayDate(word: string): KeeperRule['sentence'] {
  return (keeper, next, say) => {
    if (keeper.takenAt !== null && next.takenAt === null)
      return `Has a date: ${dayOf(keeper)}; ${say.letter(next)} has none`;
    const [ours, theirs] = [dayOf(keeper), dayOf(next)];
    const what = keeper.takenAt === null ? `${word} file` : word;
    return ours === theirs ? `${what}: ${ours}` : `${what}: ${ours}; ${say.letter(next)} is of ${theirs}`;
  };
}

function dateRule(word: string, sign: 1 | -1): KeeperRule {
  return {
    value(photo, rivals) {
      const time = timeOf(photo, rivals);
      return Number.isNaN(time) ? -Infinity : sign * time;
    },
    slack: 0,
    sentence: sayDate(word),
  };
}

/** @param folders rank of each folder, best first; one that is not there ranks behind all */
export function keeperRules(folders: ReadonlyMap<FolderId, number>): Record<KeeperRuleName, KeeperRule> {
  return {
    reference: {
      value: ({ reference }) => (reference ? 1 : 0),
      slack: 0,
      sentence: () => 'In a reference folder, where nothing is ever removed',
    },
    folder: {
      value: ({ folderId }) => -(folders.get(folderId) ?? folders.size),
      slack: 0,
      sentence: (keeper, next, say) =>
        `In the folder that comes first: ${say.folder(keeper.folderId)}; ${say.letter(next)} is in ${say.folder(next.folderId)}`,
    },
    original: {
      value: (photo, rivals) => (rivals.some((other) => isMadeFrom(photo, other)) ? 0 : 1),
      slack: 0,
      sentence: sayOriginal,
    },
    detail: {
      value: (photo, rivals) => (isEnlarged(photo, rivals) ? 0 : 1),
      slack: 0,
      sentence: (_, next, say) => `Real detail: ${say.letter(next)} was only enlarged`,
    },
    pixels: { value: pixels, slack: PIXEL_SLACK, sentence: sayPixels },
    compression: { value: compression, slack: 0, sentence: sayCompression },
    format: {
      value: ({ format }) => FORMAT_RANK[format],
      slack: 0,
      sentence: (keeper, next, say) =>
        `Better format: ${sayFormat(keeper.format)}; ${say.letter(next)} is ${sayFormat(next.format)}`,
    },
    facts: { value: (photo) => photo.facts().length, slack: 0, sentence: sayFacts },
    earliest: dateRule('Earliest', -1),
    newest: dateRule('Newest', 1),
    name: {
      value: (photo) => (COPY_NAME.test(nameOf(photo)) ? 0 : 1),
      slack: 0,
      sentence: (keeper, next, say) =>
        `Plain name: ${nameOf(keeper)}; ${say.letter(next)} is ${nameOf(next)}`,
    },
  };
}
