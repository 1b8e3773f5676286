/**
 * @file Pairs that no list of candidates held, though both photos are copies of a third: groups need every pair of their
 * members. A photo with forty copies meets the forty-first so.
 */
import { bestCosine } from '../matching/side.ts';
import { Classes } from '../similarity/classes.ts';
import { createPause } from '../similarity/pacing.ts';
import { isCopyRelation } from '../similarity/relation.ts';
import type { ContentId } from '../store/store.ts';
import { judgePairs, type Judging } from './judge-pairs.ts';
import type { StageRun } from './stage.ts';

/** Pairs that are judged before they are committed. */
const COMMIT_PAIRS = 256;
/** A larger family keeps what its lists of candidates found: all its pairs would be too many. */
const FAMILY_MAX = 400;
/** Pairs of a family that don't follow from others and are looked at: some 15 ms each. */
const JUDGED_MAX = 2_000;

/** @param touched contents whose candidates are new; families without one are complete already */
export async function completeFamilies(
  run: StageRun,
  judging: Judging,
  touched: ReadonlySet<ContentId>,
): Promise<void> {
  for (const family of await families(run, touched)) {
    if (family.length > FAMILY_MAX) {
      run.logger.log('info', `A family of ${family.length} copies is too large to compare all its pairs.`);
      continue;
    }
    await completeFamily(run, judging, family);
  }
}

/** Contents that are linked as copies, also by way of others, with at least three members, ascending. */
async function families(
  { store, model, signal }: StageRun,
  touched: ReadonlySet<ContentId>,
): Promise<ContentId[][]> {
  const numbers = new Map<ContentId, number>();
  const links: [number, number][] = [];
  const numberOf = (id: ContentId): number => {
    const known = numbers.get(id) ?? numbers.size;
    numbers.set(id, known);
    return known;
  };
  const pause = createPause(signal);
  for (const { a, b, relation } of store.pairs.iterateScores(model.name, model.threshold)) {
    await pause();
    if (isCopyRelation(relation)) links.push([numberOf(a), numberOf(b)]);
  }
  const classes = new Classes(numbers.size);
  for (const [a, b] of links) classes.join(a, b);
  const members = Map.groupBy(numbers.keys(), (id) => classes.rootOf(numberOf(id)));
  return [...members.values()]
    .filter((ids) => ids.length > 2 && ids.some((id) => touched.has(id)))
    .map((ids) => ids.sort((a, b) => a - b));
}

async function completeFamily(
  { store, model, logger }: StageRun,
  judging: Judging,
  family: readonly ContentId[],
): Promise<void> {
  const known = new Set(store.pairs.ofContents(model.name, family).map(({ a, b }) => `${a}:${b}`));
  const missing = family.flatMap((a, i) =>
    family.slice(i + 1).flatMap((b) => (known.has(`${a}:${b}`) ? [] : [{ a, b }])),
  );
  let judged = 0;
  for (let from = 0; from < missing.length; from += COMMIT_PAIRS) {
    const pairs = missing.slice(from, from + COMMIT_PAIRS).flatMap(({ a, b }) => {
      const [one, other] = [judging.sides.get(a), judging.sides.get(b)];
      return one === undefined || other === undefined ? [] : [{ a, b, cosine: bestCosine(one, other) }];
    });
    const batch = await judgePairs(judging, pairs);
    store.transaction(() => store.pairs.upsert(model.name, batch.rows));
    judged += batch.judged;
    if (judged > JUDGED_MAX) {
      logger.log('info', `Of a family of ${family.length} copies not all pairs were compared.`);
      return;
    }
  }
}
