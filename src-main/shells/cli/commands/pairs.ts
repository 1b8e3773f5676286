import type { CandidatePair } from '../../../contract/model.ts';
import { defineCommand, type Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { realNumber, wholeNumber } from '../option-values.ts';
import { formatPercent, printable } from '../render-text.ts';
import { requirePhotos } from '../require-photos.ts';
import { relationWords } from '../words.ts';

const MAX_CANDIDATES = 1_000_000;
const PERCENT_WIDTH = 7;
const RELATION_WIDTH = 11;

function pairJson({ a, b, score, probability, relation }: CandidatePair): string {
  return JSON.stringify({ a, b, score, probability, relation });
}

function pairText({ a, b, score, probability, relation }: CandidatePair): string {
  return [
    score.toFixed(3),
    formatPercent(probability).padStart(PERCENT_WIDTH),
    relationWords[relation].padEnd(RELATION_WIDTH),
    printable(a),
    printable(b),
  ].join('  ');
}

export const pairs: Command = defineCommand({
  name: 'pairs',
  summary: 'List every photo’s best candidates as pairs, best first',
  operands: '',
  operandCount: { min: 0, max: 0 },
  details: [
    'Each pair once, whatever the threshold: score, chance, relation and both paths. With --json one JSON document a ' +
      'line (NDJSON). A higher score is more alike.',
  ],
  options: {
    top: {
      kind: 'one',
      value: 'N',
      parse: wholeNumber(1, MAX_CANDIDATES),
      help: 'Candidates of each photo; 10 unless said',
    },
    'min-score': {
      kind: 'one',
      value: 'S',
      parse: realNumber(-MAX_CANDIDATES, MAX_CANDIDATES),
      help: 'Only pairs with this score or a higher one',
    },
  },
  examples: [
    { line: 'pairs --top 5', does: 'The five best candidates of each photo' },
    { line: 'pairs --min-score 0.9 --json > pairs.ndjson', does: 'For a script' },
  ],
  async run({ options, common, output, signal, openEngine }) {
    const engine = await openEngine('existing');
    await requirePhotos(engine);
    const render = common.json ? pairJson : pairText;
    let written = Promise.resolve();
    await engine.request(
      'pairs.list',
      {
        ...(options.top === undefined ? {} : { top: options.top }),
        ...(options['min-score'] === undefined ? {} : { minScore: options['min-score'] }),
      },
      {
        signal,
        onEvent: (batch) => {
          const lines = batch.map((pair) => `${render(pair)}\n`).join('');
          written = written.then(() => output.write(lines));
        },
      },
    );
    await written;
    return exitCodes.done;
  },
});
