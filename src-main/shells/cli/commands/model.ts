import { resolve } from 'node:path';
import type { ChangedGroup, ModelDiff, ModelVersion } from '../../../contract/model.ts';
import { UsageError } from '../arguments.ts';
import { defineCommand, type Command, type Invocation } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { ValueError, wholeNumber } from '../option-values.ts';
import { alignColumns, countOf, formatBytes, printable } from '../render-text.ts';

const MAX_ID = 1_000_000_000;
const USAGE = 'list | use ID | diff A B | export ID FILE | import PATH | delete ID';

type Words = string[];
type Action = (words: Words, invocation: Invocation) => Promise<void>;

/** How many words follow each action, and what it does. */
const actions: Record<string, { words: number; run: Action }> = {
  list: {
    words: 0,
    run: async (_words, { openEngine, ...invocation }) => {
      const engine = await openEngine('existing');
      await showVersions(await engine.request('model.list', {}), invocation);
    },
  },
  use: {
    words: 1,
    run: async ([id], { openEngine, signal, notes, ...invocation }) => {
      const engine = await openEngine('existing');
      const onEvent = ({ done, total }: { done: number; total: number }): void =>
        notes.live(`Library by this model, ${done} of ${total}`);
      const versions = await engine.request('model.use', { id: idOf(id) }, { signal, onEvent });
      notes.endProgress();
      await showVersions(versions, invocation);
    },
  },
  diff: {
    words: 2,
    run: async ([a, b], { openEngine, signal, common, output }) => {
      const engine = await openEngine('existing');
      const diff = await engine.request('model.diff', { a: idOf(a), b: idOf(b) }, { signal });
      if (common.json) await output.json(diffJson(diff));
      else for (const line of diffText(diff)) await output.line(line);
    },
  },
  export: {
    words: 2,
    run: async ([id, file = ''], { openEngine, signal, workingDirectory, common, output }) => {
      const path = resolve(workingDirectory, file);
      const engine = await openEngine('existing');
      const { bytes } = await engine.request('model.export', { id: idOf(id), path }, { signal });
      if (common.json) await output.json({ path, bytes });
      else await output.line(`${formatBytes(bytes)} written to ${printable(path)}`);
    },
  },
  import: {
    words: 1,
    run: async ([file = ''], { openEngine, signal, workingDirectory, ...invocation }) => {
      const engine = await openEngine('named');
      const path = resolve(workingDirectory, file);
      await showVersions(await engine.request('model.import', { path }, { signal }), invocation);
    },
  },
  delete: {
    words: 1,
    run: async ([id], { openEngine, signal, ...invocation }) => {
      const engine = await openEngine('existing');
      await showVersions(await engine.request('model.delete', { id: idOf(id) }, { signal }), invocation);
    },
  },
};

/** @throws UsageError */
function idOf(word: string | undefined): number {
  try {
    return wholeNumber(0, MAX_ID)(word ?? '');
  } catch (error) {
    if (error instanceof ValueError) throw new UsageError(`The number of a model ${error.message}.`, model);
    throw error;
  }
}

async function showVersions(
  versions: readonly ModelVersion[],
  { common, output }: Pick<Invocation, 'common' | 'output'>,
): Promise<void> {
  if (common.json) {
    await output.json(versions);
    return;
  }
  const rows = versions.map(({ id, name, active, createdAt, training }) => [
    ...[String(id), active ? 'in use' : '', name, createdAt.slice(0, 10)],
    training === null
      ? 'ships with Lookalike'
      : `${training.data}, ${training.objective}, validation ${training.validation.before.toFixed(4)} to ${training.validation.after.toFixed(4)}`,
  ]);
  for (const line of alignColumns([['ID', '', 'Name', 'Made', 'How'], ...rows], { right: [0] })) {
    await output.line(line);
  }
}

function groupJson({ kind, members, parts }: ChangedGroup): Record<string, unknown> {
  const pathOf = new Map(members.map(({ id, path }) => [id, path]));
  return {
    kind,
    members: members.map(({ path }) => path),
    parts: parts.map((ids) => ids.map((id) => pathOf.get(id) ?? '')),
  };
}

function diffJson({ gained, lost, split, merged }: ModelDiff): Record<string, unknown> {
  return {
    gained: gained.map(groupJson),
    lost: lost.map(groupJson),
    split: split.map(groupJson),
    merged: merged.map(groupJson),
  };
}

function diffText(diff: ModelDiff): string[] {
  const lines: string[] = [];
  for (const name of ['gained', 'lost', 'split', 'merged'] as const) {
    if (diff[name].length === 0) continue;
    lines.push(`${countOf(diff[name].length, 'group')} ${name}`);
    for (const { members } of diff[name])
      lines.push(`  ${members.map(({ path }) => printable(path)).join('  ')}`);
  }
  return lines.length === 0 ? ['The groups are the same.'] : lines;
}

export const model: Command = defineCommand({
  name: 'model',
  summary: 'List, use, compare and move versions of the model',
  operands: USAGE,
  operandCount: { min: 1, max: 3 },
  details: [
    'Model 0 is the one that ships. A switch opens no photo: embeddings come from stored features, so it can be taken back ' +
      'at once.',
  ],
  options: {},
  examples: [
    { line: 'model list', does: 'All versions with their figures' },
    { line: 'model diff 0 3', does: 'Groups that version 3 gains, loses, splits, merges' },
    { line: 'model use 0', does: 'Back to the model that ships' },
  ],
  async run(invocation): Promise<ExitCode> {
    const [name = '', ...words] = invocation.operands;
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action?.words !== words.length) throw new UsageError(`“model” takes: ${USAGE}`, model);
    await action.run(words, invocation);
    return exitCodes.done;
  },
});
