import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { LookalikeError } from '../../../contract/errors.ts';
import { mapColorings, type LibraryMap } from '../../../contract/model.ts';
import { UsageError } from '../arguments.ts';
import { defineCommand, type Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { mapCsv, mapJson } from '../map-points.ts';
import { oneOf, text } from '../option-values.ts';
import { mapSvg } from '../render-map-svg.ts';
import { countOf, formatPercent, printable } from '../render-text.ts';
import { requirePhotos } from '../require-photos.ts';

const formats = ['json', 'csv', 'svg'] as const;
type Format = (typeof formats)[number];

const parseDims = oneOf(['2', '3']);
const parseFormat = oneOf(formats);
const parseColoring = oneOf(mapColorings);

/** --json, --format and the ending of the file must agree; without any it is JSON. */
function chooseFormat(json: boolean, named: Format | undefined, output: string | undefined): Format {
  const ending = output === undefined ? undefined : extname(output).slice(1).toLowerCase();
  const ofFile = formats.find((format) => format === ending);
  if (output !== undefined && ofFile === undefined)
    // Also keeps a photo from being written over.
    throw new UsageError(`--output must end in .json, .csv or .svg, not “${output}”.`, map);
  const wishes = [...(json ? ['json' as const] : []), named, ofFile].filter((wish) => wish !== undefined);
  const [format = 'json'] = wishes;
  const other = wishes.find((wish) => wish !== format);
  if (other !== undefined)
    throw new UsageError(`It can’t be both ${format} and ${other}: leave one of the two out.`, map);
  return format;
}

function render(library: LibraryMap, format: Format, colorBy: string): string {
  if (format === 'csv') return mapCsv(library);
  return format === 'svg' ? mapSvg(library, colorBy) : `${JSON.stringify(mapJson(library))}\n`;
}

/** Whole or not at all. @throws LookalikeError INVALID_INPUT */
async function writeWhole(file: string, content: string): Promise<void> {
  const part = `${file}.${randomUUID()}.part`;
  try {
    await writeFile(part, content, { flag: 'wx' });
    await rename(part, file);
  } catch (cause) {
    await rm(part, { force: true });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LookalikeError('INVALID_INPUT', `${file} can’t be written: ${why}.`, {
      nextStep: 'Name a file in a folder that you may write to.',
      cause,
    });
  }
}

export const map: Command = defineCommand({
  name: 'map',
  summary: 'Draw the library as a map on which near means alike',
  operands: '',
  operandCount: { min: 0, max: 0 },
  details: [
    'The format is the one of --format or of the file’s ending; JSON when neither says. SVG is a finished picture ' +
      'with axes and legend. Without --output the map goes to standard output.',
  ],
  options: {
    dims: { kind: 'one', value: '2|3', parse: parseDims, help: 'Axes; 2 unless said' },
    format: { kind: 'one', value: formats.join('|'), parse: parseFormat, help: 'Format of the result' },
    'color-by': {
      kind: 'one',
      value: mapColorings.join('|'),
      parse: parseColoring,
      help: 'What “label” and the colours tell; folder unless said',
    },
    output: { kind: 'one', value: 'FILE', parse: text, help: 'Write to FILE: .json, .csv or .svg' },
  },
  examples: [
    { line: 'map --output library.svg --color-by year', does: 'A picture of the library' },
    { line: 'map --dims 3 --format csv > points.csv', does: 'Points for a spreadsheet' },
  ],
  async run({ options, common, workingDirectory, output, signal, openEngine }) {
    const format = chooseFormat(common.json, options.format, options.output);
    const engine = await openEngine('existing');
    await requirePhotos(engine);
    const colorBy = options['color-by'] ?? 'folder';
    const library = await engine.request(
      'map.points',
      { dims: options.dims === '3' ? 3 : 2, colorBy, paths: true },
      { signal },
    );
    const content = render(library, format, colorBy);
    if (options.output === undefined) {
      await output.write(content);
      return exitCodes.done;
    }
    const file = resolve(workingDirectory, options.output);
    await writeWhole(file, content);
    if (!common.json) {
      const share = library.explainedVariance.reduce((sum, part) => sum + part, 0);
      await output.line(
        `${printable(file)}: ${countOf(library.ids.length, 'photo')}, ${formatPercent(share)} of what tells them apart`,
      );
    }
    return exitCodes.done;
  },
});
