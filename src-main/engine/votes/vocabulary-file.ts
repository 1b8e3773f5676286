/** @file The vocabulary as it ships: its words and their card, in assets/vocabulary. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { LookalikeError } from '../../contract/errors.ts';
import { LOCAL_FEATURES_REVISION } from '../features/parameters.ts';
import { expandVocabulary, type Vocabulary } from '../similarity/votes/vocabulary.ts';

export const VOCABULARY_CARD = 'card.json';
export const VOCABULARY_FILE = 'words.bin';
const VERSION_DIGITS = 16;

const vocabularyCard = v.object({
  /** Of words.bin. */
  version: v.string(),
  /** Revision of the local features that it was learned from. */
  localFeatures: v.number(),
});

/** Names a vocabulary by what it says. */
export function vocabularyVersion(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, VERSION_DIGITS);
}

/** @throws LookalikeError BACKEND_UNAVAILABLE when it is missing, damaged, or of other local features */
export async function readVocabulary(directory: string): Promise<Vocabulary> {
  try {
    const card = v.parse(
      vocabularyCard,
      JSON.parse(await readFile(join(directory, VOCABULARY_CARD), 'utf8')),
    );
    const bytes = await readFile(join(directory, VOCABULARY_FILE));
    if (vocabularyVersion(bytes) !== card.version) throw new Error(`${VOCABULARY_FILE} is damaged.`);
    if (card.localFeatures !== LOCAL_FEATURES_REVISION) {
      throw new Error(
        `It is for local features of revision ${card.localFeatures}, not ${LOCAL_FEATURES_REVISION}.`,
      );
    }
    return expandVocabulary(bytes, card.version);
  } catch (cause) {
    throw new LookalikeError('BACKEND_UNAVAILABLE', `The vocabulary in ${directory} can't be used.`, {
      nextStep: 'Install the app again, or make the vocabulary anew with "node scripts/train-vocabulary.ts".',
      cause,
    });
  }
}
