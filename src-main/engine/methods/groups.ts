import { LookalikeError } from '../../contract/errors.ts';
import type { GroupDetail, GroupId } from '../../contract/model.ts';
import type { ParsedInput } from '../../contract/methods.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { describeGroup, describeGroups, type DetailSource } from '../groups/group-details.ts';
import { listGroups, sortGroups, type ListedGroups } from '../groups/group-page.ts';
import type { GroupSummary } from '../groups/group-summary.ts';
import { scoreHistogram } from '../groups/score-histogram.ts';
import { countRevision, saveThreshold } from '../groups/settings.ts';
import { requireEmbeddings } from './library-vectors.ts';

type Names = 'groups.list' | 'groups.get' | 'groups.histogram' | 'groups.setThreshold' | 'groups.setKeeper';

export function groupMethods(context: EngineContext): Pick<Handlers, Names> {
  const lists = new ListMemory();
  return {
    'groups.list': async (query, { signal }) => {
      const { store } = context;
      const model = await context.model();
      const threshold = query.threshold ?? (await context.groups.threshold());
      const index = await context.groups.index(signal);
      const { groups, ...figures } = lists.list(index.at(threshold), query);
      // Groups that another model made stay to be seen; where there are none, the reason must be.
      if (figures.total === 0) requireEmbeddings(store, model.name);
      const shown = groups.slice(query.offset, query.offset + query.limit);
      return { ...figures, threshold, groups: describeGroups({ store, model: model.name, index }, shown) };
    },

    'groups.get': ({ id, threshold }, { signal }) => groupById(context, id, threshold, signal),

    'groups.histogram': async (_input, { signal }) => {
      const model = await context.model();
      const { rows } = await context.groups.index(signal);
      return scoreHistogram(rows.pairs, model, await context.groups.threshold());
    },

    'groups.setThreshold': async ({ score }, { signal }) => {
      saveThreshold(context.store, score);
      const totals = await context.groups.noteTotals(signal);
      context.notify({ type: 'library-changed' });
      return totals;
    },

    'groups.setKeeper': async ({ group: id, photo, threshold: asked }, { signal }) => {
      const { clock } = context;
      const threshold = asked ?? (await context.groups.threshold());
      const group = (await context.groups.index(signal)).find(id, threshold);
      if (group === undefined) throw noGroup(id);
      chooseKeeper(context, group, photo, new Date(clock.now()).toISOString());
      await context.groups.noteTotals(signal);
      context.notify({ type: 'library-changed' });
      return groupById(context, id, threshold, signal);
    },
  };
}

async function groupById(
  context: EngineContext,
  id: GroupId,
  asked: number | undefined,
  signal: AbortSignal,
): Promise<GroupDetail> {
  const threshold = asked ?? (await context.groups.threshold());
  const index = await context.groups.index(signal);
  const group = index.find(id, threshold);
  const source: DetailSource = { store: context.store, model: (await context.model()).name, index };
  const described = group && describeGroup(source, group);
  if (described === undefined) throw noGroup(id);
  return described;
}

function chooseKeeper(
  { store }: EngineContext,
  { members }: GroupSummary,
  chosen: number | null,
  at: string,
): void {
  const ids = members.map(({ photo }) => photo.id);
  if (chosen !== null && !ids.includes(chosen)) {
    throw new LookalikeError('INVALID_INPUT', `Photo ${chosen} is not in this group.`, {
      nextStep: 'Look at the group again: it has changed meanwhile.',
    });
  }
  store.transaction(() => {
    // One choice a group: an older one of another member would come back when this one is taken back.
    for (const id of ids) store.keeperChoices.set(id, id === chosen ? at : null);
    countRevision(store, 'keepers');
  });
}

function noGroup(id: GroupId): LookalikeError {
  return new LookalikeError('NOT_FOUND', `There is no group with the number ${id} at this threshold.`, {
    nextStep: 'Look at the list again: groups have changed meanwhile.',
  });
}

type Query = ParsedInput<'groups.list'>;

/** The list that was asked for last, sorted: its next pages are asked for one by one. */
class ListMemory {
  #of: readonly GroupSummary[] | undefined;
  #name = '';
  #listed: ListedGroups | undefined;

  list(all: readonly GroupSummary[], query: Query): ListedGroups {
    const name = JSON.stringify({ ...query, offset: 0, limit: 0 });
    if (this.#listed === undefined || this.#of !== all || this.#name !== name) {
      const listed = listGroups(all, query);
      this.#listed = { ...listed, groups: sortGroups(listed.groups, query.order) };
      this.#of = all;
      this.#name = name;
    }
    return this.#listed;
  }
}
