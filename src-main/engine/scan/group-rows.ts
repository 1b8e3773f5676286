/** @file One group of contents as a row of the list: keeper, relation of each photo to it, weakest link, tier. */
import type { GroupKind, Photo, PhotoId, Relation } from '../../contract/model.ts';
import { calibrate, pairProbability, tierOf } from '../similarity/calibration.ts';
import { chooseKeeper } from '../similarity/keeper.ts';
import { createPause } from '../similarity/pacing.ts';
import type { Related } from '../similarity/relation.ts';
import type { ContentId, ContentRow, GroupMemberRow, GroupRow } from '../store/store.ts';
import type { Relater } from './relating.ts';
import { pixelClasses, type PixelProof } from './same-pixels.ts';
import type { StageRun } from './stage.ts';

/** A photo of a group with what grouping knows of it. */
export interface GroupPhoto extends Photo {
  content: ContentRow;
  /** In a reference folder: never the one to go. */
  reference: boolean;
}

export interface GroupTools {
  kind: GroupKind;
  run: StageRun;
  relater: Relater;
  proof: PixelProof;
}

interface Weakest {
  a: PhotoId;
  b: PhotoId;
  score: number;
  probability: number;
}

/** @throws LookalikeError CANCELLED when the run is aborted. */
export async function groupRow(photos: readonly GroupPhoto[], tools: GroupTools): Promise<GroupRow> {
  const { keeper: keeperId, reasons: keeperReasons, bytesToGain } = chooseKeeper(photos);
  const keeper = photos.find(({ id }) => id === keeperId);
  if (keeper === undefined) throw new RangeError(`The keeper ${keeperId} is no member of its group.`);
  const contents = contentsOf(keeper, photos);
  const classes = await pixelClasses(tools.run, contents, tools.proof);
  const members: GroupMemberRow[] = [];
  const pause = createPause(tools.run.signal);
  for (const photo of photos) {
    members.push(await memberRow(keeper, photo, classes, tools));
    await pause();
  }
  members.sort(
    (p, q) => Number(q.photoId === keeperId) - Number(p.photoId === keeperId) || q.score - p.score,
  );
  const weakest = await weakestLink(keeper, photos, classes, tools);
  const { probability } = weakest;
  const relations = members.map(({ relation }) => relation);
  const { kind } = tools;
  return {
    kind,
    keeper: keeperId,
    keeperReasons,
    // Frames of a burst all stay until someone picks.
    tier: kind === 'copies' ? tierOf(relations, probability) : 'check',
    probability,
    bytesToGain: kind === 'copies' ? bytesToGain : 0,
    weakest,
    members,
  };
}

/** That two photos are copies; in other kinds of groups that they show the same. */
function chance({ kind, run }: GroupTools, relation: Relation, score: number): number {
  const rows = run.model.calibration;
  return kind === 'copies' ? pairProbability(rows, relation, score) : calibrate(rows, score);
}

/** Each content once, the keeper's first: it leads its class of equal pixels. */
function contentsOf(keeper: GroupPhoto, photos: readonly GroupPhoto[]): ContentRow[] {
  return [...new Map([keeper, ...photos].map(({ content }) => [content.id, content])).values()];
}

async function memberRow(
  keeper: GroupPhoto,
  photo: GroupPhoto,
  classes: ReadonlyMap<ContentId, number>,
  tools: GroupTools,
): Promise<GroupMemberRow> {
  const { relater, proof } = tools;
  const [a, b] = [keeper.content, photo.content];
  const score = a.id === b.id ? 1 : proof.score(a.id, b.id);
  const related: Related =
    a.id !== b.id && classes.get(a.id) === classes.get(b.id)
      ? { relation: 'same-pixels', reasons: [] }
      : await relater.relate(a, b, score);
  const probability = chance(tools, related.relation, score);
  return { photoId: photo.id, ...related, score, probability };
}

/** The least likely pair, then the one of the lowest score; two files of one content when there is no other pair. */
async function weakestLink(
  keeper: GroupPhoto,
  photos: readonly GroupPhoto[],
  classes: ReadonlyMap<ContentId, number>,
  tools: GroupTools,
): Promise<Weakest> {
  const { run, proof } = tools;
  // One photo a content: the keeper for its own.
  const shown = [...new Map([...photos, keeper].map((photo) => [photo.content.id, photo])).values()];
  const pause = createPause(run.signal);
  let weakest: Weakest | undefined;
  for (const [i, one] of shown.entries()) {
    await pause();
    for (let j = i + 1; j < shown.length; j++) {
      const two = shown[j] ?? one;
      const score = proof.score(one.content.id, two.content.id);
      const same = classes.get(one.content.id) === classes.get(two.content.id);
      const probability = chance(tools, same ? 'same-pixels' : 'similar', score);
      if (weakest === undefined || isWeaker(probability, score, weakest)) {
        weakest = { a: one.id, b: two.id, score, probability };
      }
    }
  }
  const copy = photos.find(({ id }) => id !== keeper.id) ?? keeper;
  return weakest ?? { a: keeper.id, b: copy.id, score: 1, probability: 1 };
}

function isWeaker(probability: number, score: number, than: Weakest): boolean {
  return probability < than.probability || (probability === than.probability && score < than.score);
}
