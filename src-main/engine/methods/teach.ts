import type { TeachPair } from '../../contract/model.ts';
import type { EngineContext, Handlers } from '../context.ts';
import type { GroupIndex } from '../groups/group-index.ts';
import { relationOf } from '../groups/library-rows.ts';
import { pairName } from '../groups/pair-name.ts';
import { pairProbability } from '../similarity/calibration.ts';
import { personalNumbers } from '../similarity/matcher/personal-score.ts';
import { isCopyRelation } from '../similarity/relation.ts';
import { teachOrder, type OpenPair, type Settled } from '../training/teach.ts';
import { locatePhoto } from './library-vectors.ts';

/** Pairs that score less are not worth a question: hardly anybody would call them the same. */
const LEAST_SCORE = 0.05;
/** How far two pairs may lie apart, in the numbers of a correction, to look alike. */
const ALIKE_DISTANCE = 0.6;

export function teachMethods(context: EngineContext): Pick<Handlers, 'teach.next' | 'teach.alike'> {
  return {
    'teach.next': async ({ count }, { signal }) => {
      const index = await context.groups.index(signal);
      const model = await context.model();
      const open = openPairs(index);
      const sure = surePairs(index, model.safeFrom);
      const threshold = await context.groups.threshold();
      const pairs = teachOrder(index.rows.contents.length, open, sure, threshold);
      return pairs.slice(0, count).flatMap((pair) => toTeachPair(index, pair, model.calibration));
    },

    'teach.alike': async ({ a, b, count }, { signal }) => {
      const index = await context.groups.index(signal);
      const model = await context.model();
      const [one, other] = [a, b].map((id) => locatePhoto(context.store, id).contentId);
      const asked = context.store.pairs.get(model.name, one ?? 0, other ?? 0);
      if (asked === undefined) return [];
      // Without the cosine, which says what a pair shows and not what was done to it.
      const numbers = personalNumbers({ ...asked, cosine: 0 });
      const alike = openPairs(index).flatMap((pair) => {
        const ids = [pair.a, pair.b].map((content) => index.rows.contents[content] ?? 0);
        if (pairName(ids[0] ?? 0, ids[1] ?? 0) === pairName(asked.a, asked.b)) return [];
        const relation = index.rows.pairs.relation[pair.row] ?? 0;
        // The relation first: measures lie in the database.
        if (relationOf(relation) !== asked.relation) return [];
        const known = {
          relation: asked.relation,
          reasons: [],
          score: pair.score,
          measures: index.rows.readMeasures(pair.row),
          cosine: 0,
        };
        const distance = Math.hypot(...personalNumbers(known).map((value, i) => value - (numbers[i] ?? 0)));
        return distance > ALIKE_DISTANCE ? [] : [{ pair: { ...pair, settles: 1 }, distance }];
      });
      alike.sort((p, q) => p.distance - q.distance);
      return alike.slice(0, count).flatMap(({ pair }) => toTeachPair(index, pair, model.calibration));
    },
  };
}

/** With its row of the pairs. */
type OpenRow = OpenPair & { row: number };

/** Without those that have a verdict, or were proved. */
function openPairs(index: GroupIndex): OpenRow[] {
  const { pairs } = index.rows;
  const answered = new Set(index.verdicts.map(({ a, b }) => pairName(a, b)));
  const open: OpenRow[] = [];
  for (let row = 0; row < pairs.count; row++) {
    const [a, b, score] = [pairs.a[row] ?? 0, pairs.b[row] ?? 0, pairs.score[row] ?? 0];
    const relation = relationOf(pairs.relation[row] ?? 0);
    if (score < LEAST_SCORE || relation === 'same-pixels' || relation === 'exact') continue;
    if (!answered.has(pairName(a, b))) open.push({ a, b, score, row });
  }
  return open;
}

/** What the user calls the same, and what is safe. */
function surePairs(index: GroupIndex, safeFrom: number): { a: number; b: number }[] {
  const { pairs } = index.rows;
  const sure = index.verdicts.filter(({ verdict }) => verdict === 'same').map(({ a, b }) => ({ a, b }));
  for (let row = 0; row < pairs.count && (pairs.score[row] ?? 0) >= safeFrom; row++) {
    const relation = relationOf(pairs.relation[row] ?? 0);
    if (isCopyRelation(relation)) sure.push({ a: pairs.a[row] ?? 0, b: pairs.b[row] ?? 0 });
  }
  return sure;
}

/** By the first photo of each content; none where one has no photo any more. */
function toTeachPair(
  { rows }: GroupIndex,
  { a, b, score, settles, row }: OpenRow & Settled,
  calibration: Parameters<typeof pairProbability>[0],
): TeachPair[] {
  const [one, other] = [rows.photos[a]?.[0], rows.photos[b]?.[0]];
  if (one === undefined || other === undefined) return [];
  const relation = relationOf(rows.pairs.relation[row] ?? 0);
  const probability = pairProbability(calibration, relation, score);
  return [
    { a: one.id, b: other.id, score, probability, relation, measures: rows.readMeasures(row), settles },
  ];
}
