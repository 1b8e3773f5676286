/** @file The model in use: the one that ships, or a version that was trained here. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { ModelInfo } from '../../context.ts';
import { CARD_FILE, HEAD_FILE, readCard } from '../../encoder/card.ts';
import { readMatcherCard } from '../../matching/card.ts';
import type { EngineOptions } from '../../options.ts';
import { COPY_FROM, SAFE_FROM } from '../../similarity/matcher/score.ts';
import type { ModelVersionId, ModelVersionRow, Store } from '../../store/store.ts';
import { aboutSchema, personalSchema } from './about.ts';

type Places = Pick<EngineOptions, 'headDirectory' | 'matcherDirectory' | 'databasePath'>;

/** Null: the one that ships. Looking makes no database. */
export function activeVersion(places: Places, store: () => Store): ModelVersionId | null {
  return existsSync(places.databasePath) ? store().modelVersions.active() : null;
}

/** @throws LookalikeError BACKEND_UNAVAILABLE when a card is missing; NOT_FOUND */
export async function describeModel(
  places: Places,
  store: () => Store,
  id: ModelVersionId | null,
): Promise<ModelInfo> {
  const matcher = await readMatcherCard(places.matcherDirectory);
  const row = id === null ? undefined : store().modelVersions.get(id);
  const directory = row === undefined ? places.headDirectory : headFolder(store(), row);
  const { name, dims } = await readCard(directory);
  const common = { dims, threshold: COPY_FROM, safeFrom: SAFE_FROM, headDirectory: directory };
  if (row === undefined) {
    return { ...common, name: `${name}-${matcher.name}`, calibration: matcher.calibration.points };
  }
  return {
    ...common,
    name: storedName(row.name, matcher.name),
    calibration: v.parse(aboutSchema, JSON.parse(row.about)).calibration,
    ...(row.personal === null ? {} : { personal: v.parse(personalSchema, JSON.parse(row.personal)) }),
  };
}

/** Under which embeddings and pairs of a version lie: another matcher judges all pairs anew. */
export function storedName(version: string, matcher: string): string {
  return `${version}-${matcher}`;
}

/**
 * The folder with head.bin and card.json of a version, beside the database: workers read heads from folders. What is in
 * the database counts; the folder is written where it is missing or of other bytes.
 */
export function headFolder(store: Store, { id, name, card }: ModelVersionRow): string {
  const folder = join(`${store.path}.models`, name);
  const head = store.modelVersions.head(id);
  const file = join(folder, HEAD_FILE);
  const isThere =
    existsSync(join(folder, CARD_FILE)) && existsSync(file) && hashOf(readFileSync(file)) === hashOf(head);
  if (!isThere) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, head);
    writeFileSync(join(folder, CARD_FILE), card);
  }
  return folder;
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
