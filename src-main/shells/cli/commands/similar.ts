import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { MethodInput } from '../../../contract/methods.ts';
import type { MissingPhotos, SimilarPhoto } from '../../../contract/model.ts';
import type { HostedEngine } from '../../../host/index.ts';
import { UsageError } from '../arguments.ts';
import { defineCommand, type Command, type Invocation } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { oneOf, text, wholeNumber, type OptionSpecs } from '../option-values.ts';
import { alignColumns, countOf, formatPercent, printable } from '../render-text.ts';
import { requirePhotos } from '../require-photos.ts';
import { relationWords } from '../words.ts';

const MAX_RESULTS = 1_000_000;
const MAX_YEAR = 9_999;
const parseMetric = oneOf(['cosine', 'l2']);

const options = {
  top: { kind: 'one', value: 'N', parse: wholeNumber(1, MAX_RESULTS), help: 'How many; 50 unless said' },
  metric: {
    kind: 'one',
    value: 'cosine|l2',
    parse: parseMetric,
    help: 'What “distance” measures; cosine unless said',
  },
  folder: { kind: 'one', value: 'DIR', parse: text, help: 'Only photos of this folder of the library' },
  from: { kind: 'one', value: 'YEAR', parse: wholeNumber(1, MAX_YEAR), help: 'Only photos taken since' },
  to: { kind: 'one', value: 'YEAR', parse: wholeNumber(1, MAX_YEAR), help: 'Only photos taken until' },
  camera: { kind: 'one', value: 'NAME', parse: text, help: 'Only photos of this camera' },
  missing: { kind: 'flag', help: 'IMAGE is a folder: list its photos that the library does not have' },
} as const satisfies OptionSpecs;

type Options = Invocation<typeof options>['options'];
type Query = Omit<MethodInput<'similar.toFile'>, 'path'>;

async function query(engine: HostedEngine, workingDirectory: string, given: Options): Promise<Query> {
  const { top, metric, from, to, camera } = given;
  const among = {
    ...(given.folder === undefined ? {} : { folder: await folderId(engine, workingDirectory, given.folder) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(camera === undefined ? {} : { camera }),
  };
  const narrowed = Object.keys(among).length === 0 ? {} : { among };
  return { ...narrowed, ...(top === undefined ? {} : { top }), ...(metric === undefined ? {} : { metric }) };
}

async function folderId(engine: HostedEngine, workingDirectory: string, folder: string): Promise<number> {
  const wanted = resolve(workingDirectory, folder);
  const folders = await engine.request('folders.list', {});
  const found = folders.find(({ path }) => path === wanted);
  if (found !== undefined) return found.id;
  const known = folders.map(({ path }) => path).join(', ');
  throw new UsageError(`--folder: ${wanted} is no folder of the library. There are: ${known}.`, similar);
}

function resultJson({
  photo,
  score,
  distance,
  probability,
  relation,
}: SimilarPhoto): Record<string, unknown> {
  return { path: photo.path, score, distance, probability, relation };
}

function missingText({ photos, same, copies, missing, failed }: MissingPhotos): string[] {
  const counts = [
    countOf(photos, 'photo'),
    `${same} in the library`,
    `${copies.length} as another copy`,
    `${missing.length} missing`,
    ...(failed.length === 0 ? [] : [`${failed.length} unreadable`]),
  ];
  return [...missing.map(printable), `${counts.join(', ')}.`];
}

async function listMissing(
  { operands: [folder = ''], common, workingDirectory, output, notes, signal }: Invocation<typeof options>,
  engine: HostedEngine,
): Promise<ExitCode> {
  const path = resolve(workingDirectory, folder);
  const found = await engine.request('similar.missing', { path }, { signal });
  for (const failure of found.failed) notes.complain(`${printable(failure.path)}: ${failure.reason}`);
  if (common.json) {
    const copies = found.copies.map(({ of, ...copy }) => ({ ...copy, of: of.path }));
    await output.json({ ...found, copies });
  } else for (const line of missingText(found)) await output.line(line);
  return exitCodes.done;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // the engine says what is wrong with it
  }
}

export const similar: Command = defineCommand({
  name: 'similar',
  summary: 'List the photos of the library that are most like a picture',
  operands: 'IMAGE',
  operandCount: { min: 1, max: 1 },
  details: ['IMAGE may lie outside the library and is not added to it.'],
  options,
  examples: [
    { line: 'similar ~/Downloads/beach.jpg', does: 'Is it there already, and what is like it?' },
    { line: 'similar beach.jpg --top 5 --json', does: 'The five nearest, for a script' },
    { line: 'similar /media/card --missing', does: 'What of a card is not in the library yet?' },
  ],
  async run(invocation) {
    const { operands, options: given, common, workingDirectory, output, signal } = invocation;
    const path = resolve(workingDirectory, operands[0] ?? '');
    if (!given.missing && (await isFolder(path)))
      throw new UsageError('It is a folder: name a picture, or ask what is --missing.', similar);
    const engine = await invocation.openEngine('existing');
    await requirePhotos(engine);
    if (given.missing) return listMissing(invocation, engine);
    const asked = { path, ...(await query(engine, workingDirectory, given)) };
    const found = await engine.request('similar.toFile', asked, { signal });
    if (common.json) {
      await output.json(found.map(resultJson));
      return exitCodes.done;
    }
    const rows = found.map(({ photo, score, probability, relation }) => [
      score.toFixed(3),
      formatPercent(probability),
      relationWords[relation],
      printable(photo.path),
    ]);
    for (const line of alignColumns(rows, { right: [0, 1] })) await output.line(line);
    return exitCodes.done;
  },
});
