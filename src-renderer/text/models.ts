/** @file Versions of the model and what they change, in words. */
import type {
  ChangedGroup,
  ModelDiff,
  ModelVersion,
  PhotoId,
  TrainingObjective,
  TrainingResult,
  Verdict,
} from '../../src-main/contract/model.ts';
import { takenOn } from './dates.ts';
import { count, counted, percent } from './numbers.ts';

type Named = Pick<ModelVersion, 'id'>;

export function modelName({ id }: Named): string {
  return id === 0 ? 'Shipped model' : `Model ${id}`;
}

/** Inside a sentence. */
export function modelWord({ id }: Named): string {
  return id === 0 ? 'the shipped model' : `model ${id}`;
}

/** A parent is named with what combines its scores: "trained-1a2b" or "trained-1a2b-matcher". */
export function parentOf(version: ModelVersion, versions: readonly ModelVersion[]): ModelVersion | null {
  const { parent } = version;
  if (parent === null) return null;
  const named = versions.filter(({ name }) => parent === name || parent.startsWith(`${name}-`));
  return named.toSorted((a, b) => b.name.length - a.name.length)[0] ?? null;
}

/** From the one that ships to this one, as far as they are here. */
export function lineOf(version: ModelVersion, versions: readonly ModelVersion[]): ModelVersion[] {
  const line = [version];
  for (let next = parentOf(version, versions); next !== null; next = parentOf(next, versions)) {
    if (line.includes(next)) break;
    line.unshift(next);
  }
  return line;
}

/** "24 Nov 2026, from 24 answers" */
export function madeLine({ createdAt, training }: ModelVersion): string {
  if (training === null) return 'came with the app';
  return `${takenOn(createdAt)}, ${sourceLine(training)}`;
}

function sourceLine({ data, verdicts }: NonNullable<ModelVersion['training']>): string {
  if (data === 'verdicts') return `from ${counted(verdicts, 'answer')}`;
  return data === 'self' ? 'from your photos' : 'from a folder of classes';
}

/** "24 answers of yours and made copies of 90 photos" */
export function learnedFrom({ verdicts, photos, data }: NonNullable<ModelVersion['training']>): string {
  const from = data === 'classes' ? counted(photos, 'photo') : `made copies of ${counted(photos, 'photo')}`;
  return verdicts === 0 ? from : `${counted(verdicts, 'answer')} of yours and ${from}`;
}

export const objectiveWords: Record<TrainingObjective, { name: string; what: string }> = {
  contrastive: { name: 'contrastive', what: 'same pairs together, others at least a margin apart' },
  triplet: { name: 'triplet', what: 'a photo nearer to its copy than to any other, by a margin' },
  infonce: { name: 'InfoNCE', what: 'a photo finds its copy among all others' },
};

export interface Figure {
  label: string;
  before: string;
  after: string;
  /** "+1.2", "−0.4", "same" */
  change: string;
  isBetter: boolean;
}

type Measured = Pick<TrainingResult, 'validation' | 'verdictError'>;

export function figuresOf({ validation, verdictError }: Measured): Figure[] {
  const figures = [figure('Copies told from others', validation, 1)];
  if (verdictError !== null) figures.push(figure('Your answers told wrong', verdictError, -1));
  return figures;
}

function figure(label: string, { before, after }: { before: number; after: number }, up: 1 | -1): Figure {
  const points = (after - before) * 100;
  const size = Math.abs(points) >= 0.095 ? Math.abs(points).toFixed(1) : Math.abs(points).toFixed(2);
  const isSame = Number(size) === 0;
  const change = isSame ? 'same' : `${points > 0 ? '+' : '−'}${size.replace(/\.0$/, '')}`;
  return {
    label,
    before: percent(before),
    after: percent(after),
    change,
    isBetter: !isSame && points * up > 0,
  };
}

export const changeKinds = ['new', 'joined', 'parted', 'gone'] as const;
export type ChangeKind = (typeof changeKinds)[number];
export const changeWords: Record<ChangeKind, string> = {
  new: 'New',
  joined: 'Joined',
  parted: 'Parted',
  gone: 'Gone',
};

/** A group of one model and the same photos by the other. A set of one photo is in no group. */
export interface ModelChange {
  kind: ChangeKind;
  before: readonly (readonly PhotoId[])[];
  after: readonly (readonly PhotoId[])[];
}

export function changesOf({ gained, merged, split, lost }: ModelDiff): ModelChange[] {
  const closer = (kind: ChangeKind) => (group: ChangedGroup) => ({
    kind,
    before: partsOf(group),
    after: [group.members.map(({ id }) => id)],
  });
  const apart = (kind: ChangeKind) => (group: ChangedGroup) => ({
    kind,
    before: [group.members.map(({ id }) => id)],
    after: partsOf(group),
  });
  return [
    ...merged.map(closer('joined')),
    ...gained.map(closer('new')),
    ...split.map(apart('parted')),
    ...lost.map(apart('gone')),
  ];
}

function partsOf({ members, parts }: ChangedGroup): PhotoId[][] {
  const grouped = new Set(parts.flat());
  return [...parts, ...members.filter(({ id }) => !grouped.has(id)).map(({ id }) => [id])];
}

export function bringsTogether({ kind }: ModelChange): boolean {
  return kind === 'new' || kind === 'joined';
}

/** Parts of a group whose sizes are all told. */
const MOST_SIZES = 3;

/** "Joined: 1 and 2 photos" */
export function changeLine(change: ModelChange): string {
  const parts = bringsTogether(change) ? change.before : change.after;
  const all = parts.reduce((sum, part) => sum + part.length, 0);
  const isShort = parts.length <= MOST_SIZES;
  const sizes = parts.map(({ length }) => count(length)).join(' and ');
  if (change.kind === 'joined')
    return isShort
      ? `Joined: ${sizes} photos`
      : `Joined: ${count(all)} photos from ${count(parts.length)} places`;
  if (change.kind === 'parted')
    return isShort
      ? `Parted: ${sizes} photos`
      : `Parted: ${count(all)} photos to ${count(parts.length)} places`;
  return `${changeWords[change.kind]}: ${counted(all, 'photo')}`;
}

/** "3 closer together, 1 apart" */
export function changesLine(changes: readonly ModelChange[]): string {
  const closer = changes.filter(bringsTogether).length;
  return `${count(closer)} closer together, ${count(changes.length - closer)} apart`;
}

/** The answers that say that a change is wrong: parts that were brought together are different, parted ones the same. */
export function refusalOf(change: ModelChange): { pairs: { a: PhotoId; b: PhotoId }[]; verdict: Verdict } {
  const isCloser = bringsTogether(change);
  const parts = isCloser ? change.before : change.after;
  if (isCloser) {
    const pairs = parts.flatMap((part, place) =>
      parts.slice(place + 1).flatMap((other) => part.flatMap((a) => other.map((b) => ({ a, b })))),
    );
    return { pairs, verdict: 'different' };
  }
  const [first, ...others] = parts.flatMap((part) => part[0] ?? []);
  return { pairs: first === undefined ? [] : others.map((b) => ({ a: first, b })), verdict: 'same' };
}
