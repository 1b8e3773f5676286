/** @file A training from its data to a version that may be used: head, scores, chances, and the library by all of these. */
import { LookalikeError } from '../../contract/errors.ts';
import type {
  TrainingObjective,
  TrainingProgress,
  TrainingResult,
  TrainingSource,
  TrainingStage,
} from '../../contract/model.ts';
import type { EngineContext, ModelInfo } from '../context.ts';
import { loadHead, packHead, type Head, type HeadWeights } from '../encoder/head.ts';
import type { HeadCard } from '../encoder/card.ts';
import type { ModelVersionId } from '../store/store.ts';
import { gatherFromClasses } from './class-data.ts';
import { gatherFromLibrary, type LearningData } from './learning-data.ts';
import { productOfRows, type Projection } from './projection.ts';
import { recalibrate } from './recalibrate.ts';
import { settingsFor, type TrainingOutcome, type TrainingSettings } from './train-projection.ts';
import { runJob, trainInThread, type TrainingControl } from './training-thread.ts';
import { judgedScores, learnFromVerdicts, type VerdictLearning } from './verdict-learning.ts';
import type { About } from './versions/about.ts';
import { describeModel, hashOf, headFolder } from './versions/active-model.ts';
import { applyVersion } from './versions/apply-version.ts';

export interface TrainingRequest {
  objective: TrainingObjective;
  data: TrainingSource;
  /** Of `classes`. */
  directory: string | null;
  epochs: number | null;
  seed: number;
}

export interface TrainingCall {
  signal: AbortSignal;
  control: TrainingControl;
  emit: (progress: TrainingProgress) => void;
}

/** Adam's rate beside a head that is good already. */
const RATE = 3e-4;
const DEFAULT_EPOCHS = { self: 30, verdicts: 12, classes: 30 } as const;
const FINE = 1e-12;

/** @throws LookalikeError NOTHING_TO_DO, CANCELLED, DATABASE_LOCKED, BACKEND_UNAVAILABLE */
export async function runTraining(
  context: EngineContext,
  request: TrainingRequest,
  call: TrainingCall,
): Promise<TrainingResult> {
  const began = performance.now();
  const parent = await context.model();
  const { head, card } = await loadHead(parent.headDirectory ?? context.options.headDirectory);
  const progress = new ProgressTeller(call.emit);
  const data = await gather(context, head, request, call, progress);
  const settings = settingsOf(request);
  const outcome = await train(context, data, settings, call, progress);
  // Stopped while it trained: what is left takes seconds, and the best checkpoint is worth them.
  const signal = outcome.stopped ? new AbortController().signal : call.signal;
  progress.begin('fit', 1);
  const weights = composed(head.weights, outcome.best);
  const base = await describeModel(context.options, () => context.store, null);
  const learned =
    request.data === 'verdicts'
      ? await learnFromVerdicts(context, base, parent, weights, data.verdicts, signal)
      : undefined;
  progress.step(1, 1);
  const accepted = isGain(outcome, learned);
  const about = aboutOf(request, settings, data, outcome, base, learned);
  const id = accepted ? keep(context, parent, card, weights, about, learned) : null;
  // The first use of a version applies it, if there is no time now.
  if (id !== null && !call.signal.aborted) await apply(context, base, id, call, progress);
  return {
    model: id,
    name: id === null ? null : (context.store.modelVersions.get(id)?.name ?? null),
    parent: parent.name,
    network: 'head',
    objective: request.objective,
    data: request.data,
    seed: request.seed,
    epochs: outcome.epochs.length,
    seconds: (performance.now() - began) / 1000,
    loss: outcome.epochs.at(-1)?.loss ?? null,
    validation: about.validation,
    verdictError: about.verdictError,
    accepted,
    stopped: outcome.stopped,
  };
}

function settingsOf({ objective, epochs, data, seed }: TrainingRequest): TrainingSettings {
  return { ...settingsFor(objective), rate: RATE, epochs: epochs ?? DEFAULT_EPOCHS[data], seed };
}

function gather(
  context: EngineContext,
  head: Head,
  { data, directory, seed }: TrainingRequest,
  { signal }: TrainingCall,
  progress: ProgressTeller,
): Promise<LearningData> {
  progress.begin('views', 0);
  const gathering = { signal, seed, onPhoto: (done: number, total: number) => progress.step(done, total) };
  if (data !== 'classes') return gatherFromLibrary(context, head, data, gathering);
  if (directory === null) throw new RangeError('Classes come out of a folder.');
  return gatherFromClasses(context, head, directory, gathering);
}

async function train(
  context: EngineContext,
  data: LearningData,
  settings: TrainingSettings,
  { control }: TrainingCall,
  progress: ProgressTeller,
): Promise<TrainingOutcome> {
  const { width } = data.train;
  // The start is the parent's head: what was learned before stays, as far as nothing speaks against it.
  const weights = Float32Array.from({ length: width * width }, (_, i) => Number(i % (width + 1) === 0));
  const job = {
    set: data.train,
    validation: data.validation,
    initial: { weights, width, dims: width },
    settings,
  };
  progress.begin('train', settings.epochs);
  const onEpoch = (epoch: Parameters<ProgressTeller['epoch']>[0]): void =>
    progress.epoch(epoch, settings.epochs);
  const { trainingWorker } = context.options;
  if (trainingWorker === undefined) return runJob(job, control, onEpoch);
  return trainInThread(trainingWorker, job, control, onEpoch);
}

/** The parent's head, then what was learned: one matrix again. */
function composed(
  { mean, deviation, matrix }: HeadWeights,
  { weights, width, dims }: Projection,
): HeadWeights {
  const features = mean.length;
  const columns = new Float32Array(matrix.length);
  for (let row = 0; row < width; row++) {
    for (let i = 0; i < features; i++) columns[i * width + row] = matrix[row * features + i] ?? 0;
  }
  const product = new Float32Array(dims * features);
  productOfRows(weights, columns, width, product);
  return { mean, deviation, matrix: product };
}

/** Something was gained, and nothing was lost. */
function isGain({ before, after }: TrainingOutcome, learned: VerdictLearning | undefined): boolean {
  const error = learned?.error ?? null;
  if (error !== null && error.after > error.before) return false;
  const fitted = learned?.fitted ?? null;
  const answered = error !== null && error.after < error.before;
  // Too few verdicts to hold some back: those that were learned from have to be understood better.
  const understood = error === null && fitted !== null && fitted.after < fitted.before;
  return after >= before && (after > before + FINE || answered || understood);
}

function aboutOf(
  request: TrainingRequest,
  settings: TrainingSettings,
  data: LearningData,
  outcome: TrainingOutcome,
  base: ModelInfo,
  learned: VerdictLearning | undefined,
): About {
  return {
    network: 'head',
    objective: request.objective,
    data: request.data,
    seed: settings.seed,
    backend: 'typescript',
    epochs: outcome.epochs.length,
    photos: data.photos,
    verdicts: data.verdicts.train.length + data.verdicts.validation.length,
    validation: { before: outcome.before, after: outcome.after },
    verdictError: learned?.error ?? null,
    calibration: recalibrate(base.calibration, learned === undefined ? [] : judgedScores(learned)),
  };
}

function keep(
  { store, clock }: EngineContext,
  parent: ModelInfo,
  card: HeadCard,
  weights: HeadWeights,
  about: About,
  learned: VerdictLearning | undefined,
): ModelVersionId {
  const bytes = packHead(weights);
  const sha256 = hashOf(bytes);
  const createdAt = new Date(clock.now()).toISOString();
  const personal = learned === undefined ? null : JSON.stringify(learned.personal);
  const name = `trained-${hashOf(Buffer.from(`${sha256} ${personal ?? ''} ${createdAt}`)).slice(0, 8)}`;
  const made: HeadCard = {
    ...card,
    name,
    head: { kind: `${card.head.kind} Then ${about.objective} by gradient on the library.`, sha256 },
    made: {
      ...card.made,
      date: createdAt.slice(0, 10),
      command: `lookalike train --data ${about.data}`,
      seed: about.seed,
    },
    figures: { validationBefore: about.validation.before, validationAfter: about.validation.after },
  };
  const row = {
    name,
    parent: parent.name,
    createdAt,
    about: JSON.stringify(about),
    card: JSON.stringify(made),
    personal,
  };
  return store.modelVersions.add(row, bytes);
}

async function apply(
  context: EngineContext,
  base: ModelInfo,
  id: ModelVersionId,
  { signal }: TrainingCall,
  progress: ProgressTeller,
): Promise<void> {
  const { store, options } = context;
  const row = store.modelVersions.get(id);
  if (row === undefined) throw new LookalikeError('NOT_FOUND', `There is no model with the number ${id}.`);
  progress.begin('apply', 0);
  const lock = store.lock();
  try {
    const version = await describeModel(options, () => store, id);
    const { head } = await loadHead(headFolder(store, row));
    const onProgress = (done: number, total: number): void => progress.step(done, total);
    await applyVersion(context, base, version, head, { signal, onProgress });
  } finally {
    lock.release();
  }
}

/** Says how far a stage is, and how long it will take at the rate so far. */
class ProgressTeller {
  readonly #emit: TrainingCall['emit'];
  #stage: TrainingStage = 'views';
  #began = performance.now();

  constructor(emit: TrainingCall['emit']) {
    this.#emit = emit;
  }

  begin(stage: TrainingStage, total: number): void {
    this.#stage = stage;
    this.#began = performance.now();
    this.#emit({ stage, done: 0, total, epoch: null, secondsLeft: null });
  }

  step(done: number, total: number): void {
    this.#emit({ stage: this.#stage, done, total, epoch: null, secondsLeft: this.#left(done, total) });
  }

  epoch(epoch: NonNullable<TrainingProgress['epoch']>, total: number): void {
    const secondsLeft = this.#left(epoch.epoch, total);
    this.#emit({ stage: this.#stage, done: epoch.epoch, total, epoch, secondsLeft });
  }

  #left(done: number, total: number): number | null {
    if (done === 0) return null;
    return ((performance.now() - this.#began) / 1000 / done) * (total - done);
  }
}
