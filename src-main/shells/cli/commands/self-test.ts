import type { SelfTest } from '../../../contract/model.ts';
import { defineCommand, type Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { wholeNumber } from '../option-values.ts';
import { alignColumns, countOf, formatCount, formatPercent } from '../render-text.ts';
import { requirePhotos } from '../require-photos.ts';

const MAX_PHOTOS = 10_000;

export const selfTest: Command = defineCommand({
  name: 'self-test',
  summary: 'Measure how well damaged copies of your photos are found',
  operands: '',
  operandCount: { min: 0, max: 0 },
  details: [
    'Some photos of the library are damaged in memory in many ways (compressed, reduced, cropped, turned, written on), ' +
      'and each copy is looked for in the library as a scan would. Nothing is written, neither to disk nor to the database.',
    'Recall is the part of the copies that found their photo. A false match is a copy that was taken for another photo.',
  ],
  options: {
    photos: {
      kind: 'one',
      value: 'N',
      parse: wholeNumber(1, MAX_PHOTOS),
      help: 'Damage N photos; 50 unless said',
    },
  },
  examples: [
    { line: 'self-test', does: 'Recall for each damage, and false matches' },
    { line: 'self-test --photos 200 --json', does: 'A larger sample, for a script' },
  ],
  async run({ options, common, output, notes, signal, openEngine }) {
    const engine = await openEngine('existing');
    await requirePhotos(engine);
    const result = await engine.request(
      'selfTest.run',
      options.photos === undefined ? {} : { photos: options.photos },
      {
        signal,
        onEvent: ({ done, total }) =>
          notes.live(
            `Self-test ${formatPercent(done / Math.max(1, total))}, ${formatCount(done)} of ${countOf(total, 'copy', 'copies')}`,
          ),
      },
    );
    notes.endProgress();
    if (common.json) await output.json(result);
    else for (const line of selfTestText(result)) await output.line(line);
    return exitCodes.done;
  },
});

function selfTestText({
  photos,
  falseMatches,
  recall,
  perDamage,
  threshold,
  model,
  safe,
}: SelfTest): string[] {
  const safeRecall = new Map(safe.perDamage.map((found) => [found.damage, found.recall]));
  const rows = perDamage.map((found) => [
    found.damage,
    formatPercent(found.recall),
    formatPercent(safeRecall.get(found.damage) ?? 0),
  ]);
  return [
    `${countOf(photos, 'photo')}, each damaged in ${countOf(perDamage.length, 'way')}, threshold ${threshold}`,
    `Found ${formatPercent(recall)} of the copies, with ${countOf(falseMatches, 'false match', 'false matches')}`,
    `Safe without a look: ${formatPercent(safe.recall)}, with ${countOf(safe.falseMatches, 'false match', 'false matches')}`,
    '',
    ...alignColumns([['Damage', 'Found', 'Safe'], ...rows], { right: [1, 2] }),
    '',
    `Model ${model}`,
  ];
}
