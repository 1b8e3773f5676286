import { LookalikeError } from '../../contract/errors.ts';
import type { FolderId, KeeperRules } from '../../contract/model.ts';
import type { EngineContext, Handlers } from '../context.ts';
import {
  deletePreset,
  isShippedPreset,
  keeperOrder,
  presets,
  saveKeeperOrder,
  savePreset,
} from '../groups/settings.ts';
import { folderOf } from './folders.ts';

type Names =
  'keeper.rules.get' | 'keeper.rules.set' | 'keeper.rules.savePreset' | 'keeper.rules.deletePreset';

export function keeperRuleMethods(context: EngineContext): Pick<Handlers, Names> {
  return {
    'keeper.rules.get': (_input, { signal }) => rulesOf(context, signal),

    'keeper.rules.set': async ({ order, folders }, { signal }) => {
      const { store } = context;
      saveKeeperOrder(store, { rules: order, folders: knownFolders(context, folders) });
      await context.groups.noteTotals(signal);
      context.notify({ type: 'library-changed' });
      return rulesOf(context, signal);
    },

    'keeper.rules.savePreset': (preset, { signal }) => {
      if (isShippedPreset(preset.name)) {
        throw new LookalikeError(
          'INVALID_INPUT',
          `“${preset.name}” comes with Lookalike and stays as it is.`,
          {
            nextStep: 'Choose another name.',
          },
        );
      }
      savePreset(context.store, preset);
      return rulesOf(context, signal);
    },

    'keeper.rules.deletePreset': ({ name }, { signal }) => {
      if (!deletePreset(context.store, name)) {
        throw new LookalikeError('NOT_FOUND', `There is no preset of your own called “${name}”.`);
      }
      return rulesOf(context, signal);
    },
  };
}

/** The saved order of folders holds where none is given. @throws LookalikeError NOT_FOUND */
function knownFolders({ store }: EngineContext, folders: readonly FolderId[] | undefined): FolderId[] {
  if (folders === undefined) return keeperOrder(store).folders;
  return [...new Set(folders)].map((id) => folderOf(store, id).id);
}

async function rulesOf({ store, groups }: EngineContext, signal: AbortSignal): Promise<KeeperRules> {
  const { rules, folders } = keeperOrder(store);
  const index = await groups.index(signal);
  const copies = index.at(await groups.threshold()).filter(({ kind }) => kind === 'copies');
  return {
    order: rules,
    folders,
    presets: presets(store),
    groups: copies.length,
    decides: rules.map((rule) => ({
      rule,
      groups: copies.filter(({ choice }) => choice.decided === rule).length,
    })),
    chosen: copies.filter(({ choice }) => choice.chosen).length,
  };
}
