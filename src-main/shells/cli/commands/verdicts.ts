import { resolve } from 'node:path';
import { UsageError } from '../arguments.ts';
import { defineCommand, type Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { countOf, printable } from '../render-text.ts';

export const verdicts: Command = defineCommand({
  name: 'verdicts',
  summary: 'Take your answers to another machine',
  operands: 'export|import FILE',
  operandCount: { min: 2, max: 2 },
  details: [
    'The file names photos by their bytes, so they may have other names and places there. Of two answers to one pair the ' +
      'later one holds. Answers about photos that are not there wait for them.',
  ],
  options: {},
  examples: [
    { line: 'verdicts export verdicts.json', does: 'All answers into a new file' },
    { line: 'verdicts import verdicts.json', does: 'Adds those of another machine' },
  ],
  async run({ operands: [action, file = ''], common, workingDirectory, output, signal, openEngine }) {
    const path = resolve(workingDirectory, file);
    if (action === 'export') {
      const engine = await openEngine('existing');
      const result = await engine.request('verdicts.export', { path }, { signal });
      if (common.json) await output.json({ ...result, path });
      else await output.line(`${countOf(result.verdicts, 'answer')} written to ${printable(path)}`);
      return exitCodes.done;
    }
    if (action !== 'import')
      throw new UsageError(`“verdicts” exports or imports, not “${action ?? ''}”.`, verdicts);
    const engine = await openEngine('named');
    const result = await engine.request('verdicts.import', { path }, { signal });
    if (common.json) await output.json({ ...result, path });
    else {
      await output.line(`${countOf(result.verdicts, 'answer')} read, ${result.changed} of them new`);
      if (result.waiting > 0)
        await output.line(`${countOf(result.waiting, 'answer')} for photos that are not here yet`);
    }
    return exitCodes.done;
  },
});
