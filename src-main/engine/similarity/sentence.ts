/** @file What a user reads of a pair: in what B differs from A. */
import type { Edit, PairMeasures, Photo } from '../../contract/model.ts';
import { withThousands } from '../../contract/thousands.ts';
import { secondsApart } from './moments.ts';
import type { Related } from './relation.ts';
import { sayList } from './wording.ts';

type Facts = Pick<Photo, 'format' | 'takenAt'>;

const EDIT_WORDS: Record<Edit, string> = {
  brightness: 'made brighter or darker',
  grey: 'made grey',
  colour: 'with other colours',
  negative: 'made a negative',
  overlay: 'changed in places',
  border: 'with a border',
  screenshot: 'in a screenshot',
  collage: 'in a collage',
};

const TURNS = [
  '',
  'turned a quarter to the left',
  'turned upside down',
  'turned a quarter to the right',
] as const;

const LOSSLESS: ReadonlySet<Photo['format']> = new Set(['png', 'tiff']);

/** One sentence without a full stop: "Cropped to 71 % and re-encoded". A is the keeper, or the photo asked about. */
export function sayPair(
  a: Facts,
  b: Facts,
  { relation, reasons }: Related,
  measures: PairMeasures | null,
): string {
  switch (relation) {
    case 'exact':
      return 'Same file: not one byte differs';
    case 'same-pixels':
      return 'Same pixels in another file';
    case 'burst':
    case 'same-scene':
      return sayMoment(
        a,
        b,
        relation === 'burst' ? 'Another frame of the same burst' : 'The same scene, not the same photo',
      );
    case 'same-layout':
      return 'Same layout, other content';
    case 'similar':
      return 'Looks alike, no copy';
    default:
      return sayChanges(b, new Set([relation, ...reasons]), measures);
  }
}

function sayMoment(a: Facts, b: Facts, words: string): string {
  const seconds = secondsApart(a.takenAt, b.takenAt);
  if (seconds === null || seconds === 0) return words;
  if (seconds < 120) return `${words}, ${Number(seconds.toFixed(1))} s apart`;
  if (seconds < 7_200) return `${words}, ${Math.round(seconds / 60)} minutes apart`;
  if (seconds < 172_800) return `${words}, ${Math.round(seconds / 3_600)} hours apart`;
  return `${words}, ${withThousands(seconds / 86_400)} days apart`;
}

function sayChanges(b: Facts, applies: ReadonlySet<string>, measures: PairMeasures | null): string {
  const parts: string[] = [];
  if (measures !== null) {
    if (applies.has('cropped')) parts.push(sayCrop(measures));
    if (applies.has('resized')) parts.push(saySize(measures));
    if (applies.has('rotated')) parts.push(sayTurn(measures));
    if (applies.has('mirrored')) parts.push('mirrored');
    parts.push(...measures.edits.map((edit) => EDIT_WORDS[edit]));
  }
  if (!LOSSLESS.has(b.format)) parts.push('re-encoded');
  return capital(sayList(parts.length === 0 ? ['saved in another format'] : parts));
}

function sayCrop({ alignment: { overlapA, overlapB } }: PairMeasures): string {
  if (overlapA <= overlapB) return `cropped to ${percent(overlapA)}`;
  return `with more around it: A is ${percent(overlapB)} of it`;
}

function saySize({ alignment: { scale } }: PairMeasures): string {
  return scale > 1 ? `reduced to ${percent(1 / scale)}` : `enlarged to ${percent(1 / scale)}`;
}

function sayTurn({ alignment: { quarterTurns }, turn }: PairMeasures): string {
  const degrees = Math.round(Math.abs(turn) * (180 / Math.PI));
  const little = degrees < 2 ? '' : `turned by ${degrees}°`;
  return [TURNS[quarterTurns], little].filter((words) => words !== '').join(' and ') || 'turned slightly';
}

/** Whole percent, one decimal below ten. */
function percent(share: number): string {
  const value = share * 100;
  return `${withThousands(value, value < 10 ? 1 : 0)} %`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
