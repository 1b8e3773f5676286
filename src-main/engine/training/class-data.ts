/** @file Photos of a folder with a folder for each class: what is in one shows the same kind of thing. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LookalikeError } from '../../contract/errors.ts';
import type { Embedder, EngineContext } from '../context.ts';
import { READ_BATCH_FILES } from '../reader/reader.ts';
import { assembleClasses, type FeaturedPhoto, type LearningData } from './learning-data.ts';

const FEWEST_CLASSES = 2;
/** A class in training and in validation, with a pair in either. */
const FEWEST_A_CLASS = 4;

/**
 * @throws LookalikeError FOLDER_MISSING, NOTHING_TO_DO when there are fewer than two classes of four photos,
 * CANCELLED, BACKEND_UNAVAILABLE
 */
export async function gatherFromClasses(
  context: EngineContext,
  head: Embedder,
  directory: string,
  {
    signal,
    seed,
    onPhoto,
  }: { signal: AbortSignal; seed: number; onPhoto: (done: number, total: number) => void },
): Promise<LearningData> {
  const files = filesOf(directory);
  const reader = await context.reader();
  const photos: FeaturedPhoto[] = [];
  for (let from = 0; from < files.length; from += READ_BATCH_FILES) {
    const batch = files.slice(from, from + READ_BATCH_FILES);
    const results = await reader.read(
      batch.map(({ path }) => ({ path, named: true, fresh: true })),
      signal,
    );
    for (const [i, result] of results.entries()) {
      if (result.kind !== 'read') continue;
      photos.push({ content: null, label: batch[i]?.label ?? 0, features: [result.record.features] });
    }
    onPhoto(from + batch.length, files.length);
  }
  const classes = [...Map.groupBy(photos, ({ label }) => label).values()];
  const large = classes.filter(({ length }) => length >= FEWEST_A_CLASS);
  if (large.length < FEWEST_CLASSES) throw tooFewClasses(directory);
  return assembleClasses(head, large.flat(), seed);
}

function filesOf(directory: string): { path: string; label: number }[] {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new LookalikeError('FOLDER_MISSING', `The folder ${directory} can't be reached.`, {
      nextStep: 'Name a folder that holds a folder for each class.',
    });
  }
  const classes = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return classes.flatMap((name, label) =>
    readdirSync(join(directory, name), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => ({ path: join(directory, name, entry.name), label }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  );
}

function tooFewClasses(directory: string): LookalikeError {
  return new LookalikeError(
    'NOTHING_TO_DO',
    `${directory} holds fewer than ${FEWEST_CLASSES} folders with ${FEWEST_A_CLASS} photos each.`,
    { nextStep: 'Put the photos of each class into a folder of its own there.' },
  );
}
