import { defineCommand, type Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { wholeNumber } from '../option-values.ts';
import { alignColumns, formatPercent, printable } from '../render-text.ts';
import { requirePhotos } from '../require-photos.ts';

const MAX_PAIRS = 1_000;

export const teach: Command = defineCommand({
  name: 'teach',
  summary: 'Name the pairs whose answer would settle most',
  operands: '',
  operandCount: { min: 0, max: 0 },
  details: ['Answer them with “tag”, then learn from the answers with “train --data verdicts”.'],
  options: {
    count: { kind: 'one', value: 'N', parse: wholeNumber(1, MAX_PAIRS), help: 'N pairs; 20 unless said' },
  },
  examples: [{ line: 'teach --count 40 --json', does: 'Forty pairs, for a script' }],
  async run({ options, common, output, signal, openEngine }) {
    const engine = await openEngine('existing');
    await requirePhotos(engine);
    const pairs = await engine.request('teach.next', { count: options.count ?? 20 }, { signal });
    const rows = [];
    for (const { a, b, score, probability, settles } of pairs) {
      const [one, other] = [
        await engine.request('photos.get', { id: a }, { signal }),
        await engine.request('photos.get', { id: b }, { signal }),
      ];
      rows.push({ a: one.path, b: other.path, score, probability, settles });
    }
    if (common.json) await output.json(rows);
    else if (rows.length === 0) await output.line('No pair is open.');
    else {
      const table = rows.map(({ a, b, score, probability, settles }) => [
        ...[String(settles), score.toFixed(3), formatPercent(probability)],
        ...[printable(a), printable(b)],
      ]);
      const lines = alignColumns([['Settles', 'Score', 'Chance', 'A', 'B'], ...table], { right: [0, 1, 2] });
      for (const line of lines) await output.line(line);
    }
    return exitCodes.done;
  },
});
