import { resolve } from 'node:path';
import type { Alignment, Comparison } from '../../../contract/model.ts';
import { defineCommand, type Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { alignColumns, formatPercent } from '../render-text.ts';
import { relationWords } from '../words.ts';

const QUARTER_TURN_DEGREES = 90;

const verdictWords: Record<Comparison['verdict'], string> = {
  same: 'Same photo',
  different: 'Different',
  unsure: 'Unsure: look at both',
};

function turnText({ quarterTurns, mirrored }: Alignment): string {
  const turn = quarterTurns === 0 ? 'not turned' : `turned by ${quarterTurns * QUARTER_TURN_DEGREES}°`;
  return `${turn}, ${mirrored ? 'mirrored' : 'not mirrored'}`;
}

function comparisonText(comparison: Comparison): string[] {
  const { score, probability, relation, verdict, sentence, alignment, differences } = comparison;
  const rows = [
    ['Chance', formatPercent(probability)],
    ['Score', score.toFixed(3)],
    ['Relation', relationWords[relation]],
    ['B lies on A', turnText(alignment)],
    ['Scale of B', alignment.scale.toFixed(2)],
    ['Shared', `${formatPercent(alignment.overlapA)} of A, ${formatPercent(alignment.overlapB)} of B`],
  ];
  const list =
    differences.length === 0 ? ['No differences'] : ['Differences:', ...differences.map((d) => `  ${d}`)];
  return [verdictWords[verdict], `${sentence}.`, ...alignColumns(rows, { indent: 2 }), ...list];
}

function comparisonJson(comparison: Comparison): Record<string, unknown> {
  const { score, probability, relation, verdict, alignment, differences } = comparison;
  const { quarterTurns, mirrored, scale, overlapA, overlapB } = alignment;
  return {
    score,
    probability,
    relation,
    verdict,
    alignment: { quarterTurns, mirrored, scale, overlapA, overlapB },
    differences,
  };
}

export const compare: Command = defineCommand({
  name: 'compare',
  summary: 'Say whether two pictures are the same photo, and what differs',
  operands: 'A B',
  operandCount: { min: 2, max: 2 },
  details: ['Needs no library; nothing is added to one.'],
  options: {},
  examples: [
    { line: 'compare IMG_0412.jpg IMG_0412-edit.jpg', does: 'The verdict with its reasons' },
    { line: 'compare a.jpg b.png --json', does: 'For a script' },
  ],
  async run({ operands: [a = '', b = ''], common, workingDirectory, output, signal, openEngine }) {
    const engine = await openEngine('any');
    const comparison = await engine.request(
      'compare.files',
      { a: resolve(workingDirectory, a), b: resolve(workingDirectory, b) },
      { signal },
    );
    if (common.json) await output.json(comparisonJson(comparison));
    else for (const line of comparisonText(comparison)) await output.line(line);
    return exitCodes.done;
  },
});
