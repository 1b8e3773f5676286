import { defineCommand, type Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { alignColumns, countOf, printable } from '../render-text.ts';
import { requirePhotos } from '../require-photos.ts';
import { failureWords } from '../words.ts';

export const failed: Command = defineCommand({
  name: 'failed',
  summary: 'List the files that could not be read, and why',
  operands: '',
  operandCount: { min: 0, max: 0 },
  details: ['A file is tried again when it changes.'],
  options: {},
  examples: [
    { line: 'failed', does: 'Each file with its reason' },
    { line: 'failed --json', does: 'The same with codes and times' },
  ],
  async run({ common, output, openEngine }) {
    const engine = await openEngine('existing');
    await requirePhotos(engine);
    const photos = await engine.request('failures.list', {});
    if (common.json) {
      await output.json(photos.map(({ path, code, reason, since }) => ({ path, code, reason, since })));
      return exitCodes.done;
    }
    await output.line(
      photos.length === 0
        ? 'Every photo could be read'
        : `${countOf(photos.length, 'file')} could not be read`,
    );
    const rows = photos.map(({ path, code, reason }) => [
      failureWords[code],
      printable(path),
      printable(reason),
    ]);
    for (const line of alignColumns(rows)) await output.line(line);
    return exitCodes.done;
  },
});
