/** @file What an answer settles, and how a training goes, in words. */
import type {
  TrainingProgress,
  TrainingResult,
  TrainingStage,
  Verdict,
  VerdictChange,
} from '../../src-main/contract/model.ts';
import type { Given, Question } from '../state/teach.svelte.ts';
import { counted, oneOrMany, percent } from './numbers.ts';
import { areNoCopies, relationWords } from './relations.ts';

export const answerWords: Record<Verdict | 'unsure', string> = {
  same: 'Same photo',
  different: 'Different',
  unsure: 'Not sure',
};

/** "Kept: same photo. 3 pairs settled." */
export function settledLine({ question, verdict }: Given): string {
  if (verdict === null) return 'Not sure: the pair stays a question for another time.';
  return `Kept: ${answerWords[verdict].toLowerCase()}. ${counted(question.pair.settles, 'pair')} settled.`;
}

/** Answers may speak against each other; then "different" wins, and that is said. */
export function againstOthers(change: Pick<VerdictChange, 'contradicted'> | null): string {
  const against = change?.contradicted.length ?? 0;
  if (against === 0) return '';
  return ` ${counted(against, 'answer')} “same” ${oneOrMany(against, 'speaks', 'speak')} against a “different”, which wins.`;
}

export function alsoSaid(pairs: number, verdict: Verdict): string {
  return `Kept for ${counted(pairs, 'more pair')}: ${answerWords[verdict].toLowerCase()}.`;
}

/** "This answer settles 38 pairs." */
export function settlesLine({ pair: { settles } }: Question): string {
  return `This answer settles ${counted(settles, 'pair')}.`;
}

/** How torn the model is. @param model as it is called inside a sentence */
export function tornLine({ pair }: Question, model: string): string {
  const kind = areNoCopies(pair)
    ? `it takes them for another kind: ${relationWords[pair.relation].label.toLowerCase()}`
    : `it sees: ${relationWords[pair.relation].label.toLowerCase()}`;
  return `By ${model} ${percent(pair.probability)} likely a copy; ${kind}.`;
}

const stageWords: Record<TrainingStage, string> = {
  views: 'Copies are made to practise on',
  train: 'Learning',
  fit: 'Chances are fitted to your answers',
  apply: 'Groups by the new model',
};

/** "Learning, round 15 of 20", "Copies are made to practise on, 40 of 96" */
export function trainingLine(progress: TrainingProgress | null): string {
  if (progress === null) return 'Training starts';
  const { stage, done, total } = progress;
  if (stage === 'train') return `${stageWords.train}, round ${done} of ${total}`;
  return total > 1 ? `${stageWords[stage]}, ${done} of ${total}` : stageWords[stage];
}

/** 0 to 1; null while nobody knows how much there is. */
export function trainingShare(progress: TrainingProgress | null): number | null {
  return progress === null || progress.total === 0 ? null : progress.done / progress.total;
}

/** Why a training ended as it did, in one sentence. */
export function trainingEnd({ accepted, stopped, verdictError, validation }: TrainingResult): string {
  const when = stopped ? 'Stopped early; the best round counts. ' : '';
  if (accepted) return `${when}Better, and nothing was lost. It is not in use yet.`;
  if (verdictError !== null && verdictError.after > verdictError.before)
    return `${when}It got more of your answers wrong, so it was not kept.`;
  if (validation.after < validation.before)
    return `${when}It told copies worse than before, so it was not kept.`;
  return `${when}Nothing was gained, so it was not kept. More answers help.`;
}
