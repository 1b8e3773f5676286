/**
 * @file uAP and recall of a head alone on set Q. The first time pictures are made and read, which takes long.
 * Run: node test/quality/measure-head.ts [--photos N] [FOLDER...] (folders with head.bin and card.json; assets/encoder unless said)
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadHead } from '../../src-main/engine/encoder/head.ts';
import { embeddingFigures } from './evaluation/embedding.ts';
import { readPictures } from './evaluation/library.ts';
import { copies, distractors, truthOf, type SetPicture, type Truth } from './sets/copies.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { photos: { type: 'string', default: '100' } },
});
const folders = positionals.length > 0 ? positionals : [join(import.meta.dirname, '../../assets/encoder')];
const parts = await copies(Number(values.photos));
const pictures: SetPicture[] = [...parts.flat(), ...distractors()];
const lists = [
  ...parts.map((part, i) => ({ name: `copies-test-${i}`, part })),
  { name: 'distractors', part: distractors() },
];
const records = [];
for (const { name, part } of lists)
  records.push(
    ...(await readPictures(
      name,
      part.map(({ path }) => path),
    )),
  );
const truth = (a: number, b: number): Truth => {
  const [one, other] = [pictures[a], pictures[b]];
  if (one === undefined || other === undefined) throw new RangeError('No such picture.');
  return truthOf(one, other);
};
for (const folder of folders) {
  const { head, card } = await loadHead(folder);
  const vectors = records.map(({ features, boxes }) =>
    [features, ...boxes.map((box) => box.features)].map((of) => head.embed(of)),
  );
  console.log(card.name, embeddingFigures(vectors, truth));
}
