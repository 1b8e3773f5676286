import { readFile, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { LookalikeError } from '../../contract/errors.ts';
import type { ModelId, ModelVersion } from '../../contract/model.ts';
import type { EngineContext, Handlers, ModelInfo } from '../context.ts';
import { readCard } from '../encoder/card.ts';
import { loadHead } from '../encoder/head.ts';
import { readDecisions } from '../groups/decisions.ts';
import { GroupIndex } from '../groups/group-index.ts';
import { readGroupRows } from '../groups/group-rows.ts';
import type { GroupSummary } from '../groups/group-summary.ts';
import type { ModelVersionId, ModelVersionRow } from '../store/store.ts';
import { aboutSchema, packVersion, personalSchema, unpackVersion } from '../training/versions/about.ts';
import { describeModel } from '../training/versions/active-model.ts';
import { applyVersion, noteCompared } from '../training/versions/apply-version.ts';
import { diffGroups } from '../training/versions/diff.ts';

const SHIPPED: ModelId = 0;

export function modelMethods(
  context: EngineContext,
): Pick<
  Handlers,
  'model.list' | 'model.use' | 'model.diff' | 'model.export' | 'model.import' | 'model.delete'
> {
  return {
    'model.list': () => listModels(context),

    'model.use': async ({ id }, call) => {
      const { store } = context;
      const version = versionIdOf(context, id);
      const lock = store.lock();
      try {
        const info = await bringUpToDate(context, version, call.signal, (progress) => call.emit(progress));
        noteCompared(store, info.name);
        await context.useModel(version);
      } finally {
        lock.release();
      }
      context.notify({ type: 'library-changed' });
      return listModels(context);
    },

    'model.diff': async ({ a, b }, { signal }) => {
      const before = await groupsBy(context, versionIdOf(context, a), signal);
      const after = await groupsBy(context, versionIdOf(context, b), signal);
      return diffGroups(before, after);
    },

    'model.export': async ({ id, path }) => {
      const row = rowOf(context, id);
      const { name, parent, createdAt } = row;
      const packed = packVersion({
        ...{ name, parent, createdAt },
        about: v.parse(aboutSchema, JSON.parse(row.about)),
        card: JSON.parse(row.card) as Record<string, unknown>,
        personal: row.personal === null ? null : v.parse(personalSchema, JSON.parse(row.personal)),
        head: context.store.modelVersions.head(row.id),
      });
      await written(path, packed);
      return { bytes: packed.length };
    },

    'model.import': async ({ path }) => {
      const version = unpackVersion(await contentOf(path), path);
      await refuseForeign(context, version.card, path);
      const { store } = context;
      if (store.modelVersions.list().some(({ name }) => name === version.name)) {
        throw new LookalikeError('INVALID_INPUT', `The model ${version.name} is here already.`);
      }
      store.modelVersions.add(
        {
          name: version.name,
          parent: version.parent,
          createdAt: version.createdAt,
          about: JSON.stringify(version.about),
          card: JSON.stringify(version.card),
          personal: version.personal === null ? null : JSON.stringify(version.personal),
        },
        version.head,
      );
      return listModels(context);
    },

    'model.delete': async ({ id }) => {
      const { store } = context;
      const row = rowOf(context, id);
      if (store.modelVersions.active() === row.id) {
        throw new LookalikeError('INVALID_INPUT', `The model ${row.name} is in use.`, {
          nextStep: 'Use another one first: lookalike model use ID',
        });
      }
      const { name } = await describeModel(context.options, () => store, row.id);
      const lock = store.lock();
      try {
        store.modelVersions.remove(row.id, [name]);
      } finally {
        lock.release();
      }
      return listModels(context);
    },
  };
}

async function listModels({ store, options }: EngineContext): Promise<ModelVersion[]> {
  const active = store.modelVersions.active();
  const card = await readCard(options.headDirectory);
  const shipped: ModelVersion = {
    id: SHIPPED,
    name: card.name,
    parent: null,
    createdAt: card.made.date,
    active: active === null,
    training: null,
  };
  return [shipped, ...store.modelVersions.list().map((row) => toVersion(row, active))];
}

function toVersion(
  { id, name, parent, createdAt, about }: ModelVersionRow,
  active: number | null,
): ModelVersion {
  const training = v.parse(v.omit(aboutSchema, ['calibration']), JSON.parse(about));
  return { id, name, parent, createdAt, active: id === active, training };
}

/** Null for the one that ships. @throws LookalikeError NOT_FOUND */
function versionIdOf(context: EngineContext, id: ModelId): ModelVersionId | null {
  return id === SHIPPED ? null : rowOf(context, id).id;
}

/** @throws LookalikeError NOT_FOUND; INVALID_INPUT for the one that ships, which stays as it is */
function rowOf({ store }: EngineContext, id: ModelId): ModelVersionRow {
  if (id === SHIPPED) {
    throw new LookalikeError('INVALID_INPUT', 'The model that ships with Lookalike stays as it is.');
  }
  const row = store.modelVersions.get(id);
  if (row !== undefined) return row;
  throw new LookalikeError('NOT_FOUND', `There is no model with the number ${id}.`, {
    nextStep: 'List them with: lookalike model list',
  });
}

/** Embeddings and pairs of a version for all that is known now. */
async function bringUpToDate(
  context: EngineContext,
  id: ModelVersionId | null,
  signal: AbortSignal,
  emit: (progress: { done: number; total: number }) => void,
): Promise<ModelInfo> {
  const { store, options } = context;
  const base = await describeModel(options, () => store, null);
  const version = id === null ? base : await describeModel(options, () => store, id);
  const { head } = await loadHead(version.headDirectory ?? options.headDirectory);
  const onProgress = (done: number, total: number): void => emit({ done, total });
  await applyVersion(context, base, version, head, { signal, onProgress });
  return version;
}

async function groupsBy(
  context: EngineContext,
  id: ModelVersionId | null,
  signal: AbortSignal,
): Promise<readonly GroupSummary[]> {
  const { store } = context;
  const lock = store.lock();
  let model: ModelInfo;
  try {
    model = await bringUpToDate(context, id, signal, () => undefined);
  } finally {
    lock.release();
  }
  const rows = await readGroupRows(store, model.name, signal);
  const index = new GroupIndex(rows, model, readDecisions(store, rows));
  return index.at(await context.groups.threshold());
}

/** A head belongs to a trunk. @throws LookalikeError INVALID_INPUT */
async function refuseForeign(
  { options }: EngineContext,
  card: Record<string, unknown>,
  path: string,
): Promise<void> {
  const own = await readCard(options.headDirectory);
  const theirs = v.safeParse(v.object({ trunk: v.object({ sha256: v.string() }) }), card);
  if (theirs.success && theirs.output.trunk.sha256 === own.trunk.sha256) return;
  throw new LookalikeError('INVALID_INPUT', `The model in ${path} was made for another trunk.`, {
    nextStep: 'Export it from a Lookalike of this version, or train it here again.',
  });
}

async function contentOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new LookalikeError('NOT_FOUND', `${path} can't be read.`, {
      nextStep: 'Name the file that "lookalike model export" wrote.',
      cause,
    });
  }
}

async function written(path: string, bytes: Uint8Array): Promise<void> {
  try {
    // What is there is never replaced: a model may be the only one of its kind.
    await writeFile(path, bytes, { flag: 'wx' });
  } catch (cause) {
    const why =
      cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
        ? 'is there already'
        : "can't be written";
    throw new LookalikeError('INVALID_INPUT', `${path} ${why}.`, { nextStep: 'Name another file.', cause });
  }
}
