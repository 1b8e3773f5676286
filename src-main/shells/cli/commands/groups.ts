import { groupKinds, relations } from '../../../contract/model.ts';
import { defineCommand, type Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { groupJson, groupPages, printGroups, type GroupFilter } from '../group-list.ts';
import { oneOf, realNumber, wholeNumber } from '../option-values.ts';
import { JsonArrayWriter } from '../output.ts';
import { requirePhotos } from '../require-photos.ts';

const MAX_GROUPS = 1_000_000;
const kinds = [...groupKinds, 'all'] as const;
const parseKind = oneOf(kinds);
const parseRelation = oneOf(relations);

export const groups: Command = defineCommand({
  name: 'groups',
  summary: 'List the groups of copies, biggest gain first',
  operands: '',
  operandCount: { min: 0, max: 0 },
  details: [
    'Every member of a group matches its keeper and every other member. The keeper comes first; relation, score and ' +
      'chance of the others are against it.',
  ],
  options: {
    kind: {
      kind: 'one',
      value: kinds.join('|'),
      parse: parseKind,
      help: 'Kind of group; copies unless said',
    },
    'min-probability': {
      kind: 'one',
      value: 'P',
      parse: realNumber(0, 1),
      help: 'Only groups that are this likely, 0 to 1',
    },
    relation: {
      kind: 'many',
      value: 'R',
      parse: parseRelation,
      help: 'Only groups with such a copy (exact, resized, …); may be given again',
    },
    limit: { kind: 'one', value: 'N', parse: wholeNumber(1, MAX_GROUPS), help: 'At most N groups' },
  },
  examples: [
    { line: 'groups --limit 20', does: 'The twenty groups that free most' },
    { line: 'groups --relation exact --relation same-pixels', does: 'Only copies without any doubt' },
    { line: 'groups --min-probability 0.99 --json', does: 'For a script' },
  ],
  async run({ options, common, output, signal, openEngine }) {
    const engine = await openEngine('existing');
    await requirePhotos(engine);
    const filter: GroupFilter = {
      kind: options.kind ?? 'copies',
      ...(options['min-probability'] === undefined ? {} : { minProbability: options['min-probability'] }),
      ...(options.relation.length === 0 ? {} : { relations: options.relation }),
    };
    const limit = options.limit ?? MAX_GROUPS;
    if (!common.json) {
      await printGroups(engine, filter, limit, output, signal);
      return exitCodes.done;
    }
    const list = new JsonArrayWriter(output);
    for await (const page of groupPages(engine, filter, limit, signal))
      for (const group of page.groups) await list.item(groupJson(group));
    await list.end();
    return exitCodes.done;
  },
});
