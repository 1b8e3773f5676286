import { resolve } from 'node:path';
import {
  trainingNetworks,
  trainingObjectives,
  trainingSources,
  type TrainingEpoch,
  type TrainingProgress,
  type TrainingResult,
} from '../../../contract/model.ts';
import { UsageError } from '../arguments.ts';
import { defineCommand, type Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Notes } from '../notes.ts';
import { oneOf, text, wholeNumber } from '../option-values.ts';
import { formatPercent, formatWholeSeconds } from '../render-text.ts';
import { requirePhotos } from '../require-photos.ts';

const parseNetwork = oneOf(trainingNetworks);
const parseObjective = oneOf(trainingObjectives);
const parseSource = oneOf(trainingSources);
const MAX_EPOCHS = 1_000;
const MAX_SEED = 4_294_967_295;

const stageWords: Record<TrainingProgress['stage'], string> = {
  views: 'Damaged copies',
  train: 'Train',
  fit: 'Scores and chances',
  apply: 'Library by the new model',
};

function epochText({ epoch, loss, stage, mined, validation }: TrainingEpoch): string {
  const parts = [`Epoch ${epoch}: loss ${loss.toFixed(4)}, validation ${validation.toFixed(4)}`];
  if (mined.easy + mined.semiHard + mined.hard > 0) {
    const { easy, semiHard, hard } = mined;
    parts.push(
      `mining ${stage}: ${formatPercent(easy)} easy, ${formatPercent(semiHard)} semi-hard, ${formatPercent(hard)} hard`,
    );
  }
  return parts.join(', ');
}

function tell(notes: Notes, { stage, done, total, epoch, secondsLeft }: TrainingProgress): void {
  if (epoch !== null) notes.say(epochText(epoch));
  const left =
    secondsLeft === null || secondsLeft <= 0 ? '' : `, about ${formatWholeSeconds(secondsLeft)} left`;
  notes.live(total === 0 ? stageWords[stage] : `${stageWords[stage]}, ${done} of ${total}${left}`);
}

function resultText(result: TrainingResult): string[] {
  const { validation, verdictError, accepted, model, name, stopped } = result;
  const lines = [`Validation ${validation.before.toFixed(4)} before, ${validation.after.toFixed(4)} after`];
  if (verdictError !== null) {
    const { before, after } = verdictError;
    lines.push(`Answers held back: ${formatPercent(before)} wrong before, ${formatPercent(after)} after`);
  }
  if (stopped) lines.push('Stopped early; the best so far counts.');
  if (!accepted || model === null) return [...lines, 'Nothing was gained, so nothing was kept.'];
  return [
    ...lines,
    `Model ${model} (${name ?? ''}) is ready. It is not in use yet.`,
    `What it changes: lookalike model diff 0 ${model}`,
    `Use it: lookalike model use ${model}`,
  ];
}

export const train: Command = defineCommand({
  name: 'train',
  summary: 'Train the model on your photos, or on your answers',
  operands: '',
  operandCount: { min: 0, max: 0 },
  details: [
    'self: damaged copies of your photos are made in memory, and the model learns to see through the damage. verdicts: it ' +
      'also learns from what you said with “tag”. classes: a folder that holds a folder for each class of pictures.',
    'The result is kept only when nothing got worse on photos that were not learned from. It is not in use before “model use”.',
  ],
  options: {
    network: {
      kind: 'one',
      value: trainingNetworks.join('|'),
      parse: parseNetwork,
      help: 'What is trained; the head unless said',
    },
    objective: {
      kind: 'one',
      value: trainingObjectives.join('|'),
      parse: parseObjective,
      help: 'What is made small; infonce unless said',
    },
    data: {
      kind: 'one',
      value: trainingSources.join('|'),
      parse: parseSource,
      help: 'What is learned from; self unless said',
    },
    classes: { kind: 'one', value: 'DIR', parse: text, help: 'A folder with a folder for each class' },
    epochs: { kind: 'one', value: 'N', parse: wholeNumber(1, MAX_EPOCHS), help: 'At most N epochs' },
    seed: {
      kind: 'one',
      value: 'N',
      parse: wholeNumber(0, MAX_SEED),
      help: 'The same seed gives the same model; 1 unless said',
    },
  },
  examples: [
    { line: 'train --data verdicts', does: 'Learn from your answers' },
    { line: 'train --objective triplet --epochs 20', does: 'Triplets, easy ones first' },
    { line: 'train --data classes --classes ./products', does: 'Pictures sorted into folders' },
  ],
  keeps: 'If epochs had begun, the best model so far was kept when it was better.',
  async run({ options, common, workingDirectory, output, notes, signal, openEngine }) {
    const { classes, epochs, seed } = options;
    const data = options.data ?? (classes === undefined ? 'self' : 'classes');
    if ((data === 'classes') !== (classes !== undefined))
      throw new UsageError('--data classes and --classes DIR belong together.', train);
    const engine = await openEngine(data === 'classes' ? 'named' : 'existing');
    if (data !== 'classes') await requirePhotos(engine);
    const settings = {
      objective: options.objective ?? ('infonce' as const),
      ...(epochs === undefined ? {} : { epochs }),
      ...(seed === undefined ? {} : { seed }),
    };
    const call = { signal, onEvent: (progress: TrainingProgress) => tell(notes, progress) };
    const result =
      data === 'classes'
        ? await engine.request(
            'train.classes',
            { ...settings, directory: resolve(workingDirectory, classes ?? '') },
            call,
          )
        : await engine.request('train.run', { ...settings, data }, call);
    notes.endProgress();
    if (common.json) await output.json(result);
    else for (const line of resultText(result)) await output.line(line);
    return exitCodes.done;
  },
});
