import { resolve } from 'node:path';
import { defineCommand, type Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { oneOf, wholeNumber } from '../option-values.ts';
import { alignColumns, formatPercent, printable } from '../render-text.ts';
import { requirePhotos } from '../require-photos.ts';
import { relationWords } from '../words.ts';

const MAX_RESULTS = 1_000_000;
const parseMetric = oneOf(['cosine', 'l2']);

export const similar: Command = defineCommand({
  name: 'similar',
  summary: 'List the photos of the library that are most like a picture',
  operands: 'IMAGE',
  operandCount: { min: 1, max: 1 },
  details: ['IMAGE may lie outside the library and is not added to it.'],
  options: {
    top: { kind: 'one', value: 'N', parse: wholeNumber(1, MAX_RESULTS), help: 'How many; 50 unless said' },
    metric: {
      kind: 'one',
      value: 'cosine|l2',
      parse: parseMetric,
      help: 'What “distance” measures; cosine unless said',
    },
  },
  examples: [
    { line: 'similar ~/Downloads/beach.jpg', does: 'Is it there already, and what is like it?' },
    { line: 'similar beach.jpg --top 5 --json', does: 'The five nearest, for a script' },
  ],
  async run({ operands: [image = ''], options, common, workingDirectory, output, signal, openEngine }) {
    const engine = await openEngine('existing');
    await requirePhotos(engine);
    const found = await engine.request(
      'similar.toFile',
      {
        path: resolve(workingDirectory, image),
        ...(options.top === undefined ? {} : { top: options.top }),
        ...(options.metric === undefined ? {} : { metric: options.metric }),
      },
      { signal },
    );
    if (common.json) {
      await output.json(
        found.map(({ photo, score, distance, probability, relation }) => ({
          path: photo.path,
          score,
          distance,
          probability,
          relation,
        })),
      );
      return exitCodes.done;
    }
    const rows = found.map(({ photo, score, probability, relation }) => [
      score.toFixed(3),
      formatPercent(probability),
      relationWords[relation],
      printable(photo.path),
    ]);
    for (const line of alignColumns(rows, { right: [0, 1] })) await output.line(line);
    return exitCodes.done;
  },
});
