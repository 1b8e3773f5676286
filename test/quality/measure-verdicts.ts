/**
 * @file What 200 verdicts teach: three users who each see one kind of look-alikes otherwise than the shipped model. They
 * answer pairs of half of the sources; errors are counted on the other half. Run: node test/quality/measure-verdicts.ts
 */
import path from 'node:path';
import { createRandom } from '../../src-main/engine/demo/random.ts';
import { loadJudge } from '../../src-main/engine/matching/tools.ts';
import { personalise, type KnownPair } from '../../src-main/engine/similarity/matcher/personal-score.ts';
import { COPY_FROM } from '../../src-main/engine/similarity/matcher/score.ts';
import { relate } from '../../src-main/engine/similarity/relation.ts';
import { shuffled } from '../../src-main/engine/training/batches.ts';
import { balancedError, fitPersonal, type JudgedPair } from '../../src-main/engine/training/fit-personal.ts';
import { bestCosine, readPictures, Sides } from './evaluation/library.ts';
import { lookalikes, type LookalikePair } from './sets/lookalikes.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const SEED = 5;
const VERDICTS = 200;
/** Of each kind; the rest of thousands of pages tells nothing new. */
const PAIRS = 150;

interface User {
  name: string;
  /** Pairs that this user sees in an own way, and how. */
  own: (pair: LookalikePair) => boolean;
  same: boolean;
}

const users: User[] = [
  { name: 'frames of a burst are the same', own: ({ family }) => family.startsWith('burst'), same: true },
  { name: 'other colours are different', own: ({ label }) => label === 'recoloured', same: false },
  { name: 'filled in differently is different', own: ({ label }) => label === 'layout', same: false },
];

async function judgedPairs(list: readonly LookalikePair[]): Promise<Map<LookalikePair, KnownPair>> {
  const all = await lookalikes('fit');
  const files = [...new Set(all.flatMap(({ a, b }) => [a, b]))];
  const places = new Map(files.map((file, i) => [file, i]));
  const records = await readPictures('lookalikes-fit-whole', files);
  const sides = new Sides(records);
  const judge = await loadJudge(path.join(ROOT, 'assets/matcher'), path.join(ROOT, 'out/wasm'));
  const known = new Map<LookalikePair, KnownPair>();
  for (const pair of list) {
    const [a, b] = [places.get(pair.a) ?? 0, places.get(pair.b) ?? 0];
    const [one, other] = [sides.get(a), sides.get(b)];
    const cosine = bestCosine(records[a], records[b]);
    const { score, likeness, measures } = await judge.judge(one, other, cosine);
    const related = relate(one.facts, other.facts, { samePixels: false, likeness, measures });
    known.set(pair, { ...related, score, measures, cosine });
  }
  return known;
}

function measure(
  user: User,
  pairs: readonly LookalikePair[],
  known: ReadonlyMap<LookalikePair, KnownPair>,
): void {
  const mine = pairs.filter((pair) => user.own(pair) || pair.label === 'copy');
  const sources = shuffled([...new Set(mine.map(({ source }) => source))], createRandom(SEED));
  const tagged = new Set(sources.filter((_, i) => i % 2 === 0));
  const judged = (list: readonly LookalikePair[]): JudgedPair[] =>
    list.flatMap((pair) => {
      const found = known.get(pair);
      return found === undefined ? [] : [{ pair: found, same: user.own(pair) ? user.same : true, weight: 1 }];
    });
  const answers = shuffled(
    mine.filter(({ source }) => tagged.has(source)),
    createRandom(SEED),
  ).slice(0, VERDICTS);
  const rest = mine.filter(({ source }) => !tagged.has(source));
  const personal = fitPersonal(judged(answers));
  const [before, after] = [balancedError(judged(rest), undefined), balancedError(judged(rest), personal)];
  const plain = judged(rest.filter(({ label }) => label === 'copy'));
  const share = (of: typeof personal | undefined): number =>
    plain.filter(({ pair }) => personalise(pair, of).score >= COPY_FROM).length / plain.length;
  console.log(user.name, {
    answers: answers.length,
    untagged: rest.length,
    errorBefore: before?.toFixed(3),
    errorAfter: after?.toFixed(3),
    copiesBefore: share(undefined).toFixed(3),
    copiesAfter: share(personal).toFixed(3),
  });
}

const all = await lookalikes('fit');
const families = Map.groupBy(all, ({ family, label }) => `${family} ${label}`);
const chosen = [...families.values()].flatMap((list) => shuffled(list, createRandom(SEED)).slice(0, PAIRS));
console.log(Object.fromEntries([...families].map(([name, list]) => [name, list.length])));
const known = await judgedPairs(chosen);
for (const user of users) measure(user, chosen, known);
