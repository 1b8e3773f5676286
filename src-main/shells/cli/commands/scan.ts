import { resolve } from 'node:path';
import type { Folder, ScanSummary } from '../../../contract/model.ts';
import { UsageError } from '../arguments.ts';
import { defineCommand, type Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { addFolders, scanFolders, summaryJson, type FindRules } from '../library-scan.ts';
import { text } from '../option-values.ts';
import { summaryText } from '../render-summary.ts';

const findNothing = (summary: ScanSummary): boolean =>
  summary.photos + summary.removed + summary.offline === 0 && Object.keys(summary.failed).length === 0;

export const scan: Command = defineCommand({
  name: 'scan',
  summary: 'Add folders to the library and scan them',
  operands: 'DIR...',
  operandCount: { min: 0, max: Infinity },
  details: [
    'Photos are told by their content, not by their name. What is known already costs no second reading; files that ' +
      'can’t be read are listed by “lookalike failed”. No file is changed.',
    'Rules for finding files belong to a folder and hold for later scans, until a scan of it names others.',
  ],
  options: {
    exclude: {
      kind: 'many',
      value: 'GLOB',
      parse: text,
      help: 'Leave out what matches, like “**/thumbs/**”; may be given again',
    },
    reference: {
      kind: 'many',
      value: 'DIR',
      parse: text,
      help: 'Scan DIR as reference: compared, never cleaned up; may be given again',
    },
    hidden: { kind: 'flag', help: 'Also files and folders whose name begins with a dot' },
    'follow-links': { kind: 'flag', help: 'Also what links lead to, each place once' },
  },
  examples: [
    { line: 'scan ~/Pictures', does: 'Scan one folder with all folders in it' },
    { line: 'scan Phone --reference Archive', does: 'Find what of Phone is in Archive already' },
    { line: 'scan . --exclude "**/cache/**" --json', does: 'Leave caches out; the summary as JSON' },
  ],
  keeps: 'What was read so far is kept; the same command goes on from there.',
  async run({ operands, options, common, workingDirectory, output, notes, signal, openEngine }) {
    if (operands.length + options.reference.length === 0)
      throw new UsageError('“scan” needs DIR..., the folders to scan.', scan);
    const asReference = new Set(options.reference.map((path) => resolve(workingDirectory, path)));
    const both = operands.find((path) => asReference.has(resolve(workingDirectory, path)));
    if (both !== undefined)
      throw new UsageError(`“${both}” can’t be both scanned as library and as reference.`, scan);
    const given = options.hidden || options['follow-links'] || options.exclude.length > 0;
    const rules: FindRules | undefined = given
      ? { hidden: options.hidden, followLinks: options['follow-links'], exclude: options.exclude }
      : undefined;
    const engine = await openEngine('named');
    const folders: Folder[] = [
      ...(await addFolders(engine, { paths: operands, role: 'library', rules, workingDirectory }, notes)),
      ...(await addFolders(
        engine,
        { paths: options.reference, role: 'reference', rules, workingDirectory },
        notes,
      )),
    ];
    const summary = await scanFolders(engine, folders, notes, signal);
    if (common.json) await output.json(summaryJson(summary));
    else for (const line of summaryText(summary)) await output.line(line);
    if (summary.stopped || !findNothing(summary)) return exitCodes.done;
    notes.complain('No photos there. Name a folder that has some.');
    return exitCodes.nothingThere;
  },
});
