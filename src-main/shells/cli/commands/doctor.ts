import { existsSync } from 'node:fs';
import { LookalikeError } from '../../../contract/errors.ts';
import type { DoctorReport } from '../../../contract/model.ts';
import { defineCommand, type Command, type Invocation } from '../command.ts';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts';
import { alignColumns, countOf, formatBytes, printable } from '../render-text.ts';

interface Finding {
  report: DoctorReport;
  /** Why the database can't be used. */
  problem: LookalikeError | undefined;
  /** There is none yet; that is no problem. */
  missing: boolean;
}

/** The report says whether the database is in order; what the first use of it fails with says why not. */
async function examine({ openEngine, databaseFile, signal }: Invocation): Promise<Finding> {
  const missing = !existsSync(databaseFile);
  const engine = await openEngine('named');
  const report = await engine.request('doctor.report', {}, { signal });
  if (report.database.ok) return { report, problem: undefined, missing };
  try {
    await engine.request('folders.list', {}, { signal });
  } catch (error) {
    if (error instanceof LookalikeError) return { report, problem: error, missing };
    throw error;
  }
  const problem = new LookalikeError('DATABASE_DAMAGED', `${databaseFile} is damaged.`, {
    nextStep: 'Move it away and scan again; photos are not touched by this.',
  });
  return { report, problem, missing };
}

function reportJson({ report, problem }: Finding): Record<string, unknown> {
  const { version, node, backends, localFeatures, formats, database, folders, model } = report;
  const told = problem === undefined ? database : { ...database, problem: problem.message };
  return { version, node, backends, localFeatures, formats, database: told, folders, model };
}

function backendState({ chosen, available, reason }: DoctorReport['backends'][number]): string {
  if (chosen) return `in use${reason === '' ? '' : `: ${reason}`}`;
  return `${available ? 'works' : 'not available'}${reason === '' ? '' : `: ${reason}`}`;
}

function localFeaturesState({ runs, reason }: DoctorReport['localFeatures']): string {
  const how = runs === null ? 'can’t be made' : runs === 'wasm' ? 'in WebAssembly' : 'in JavaScript, slow';
  return reason === '' ? how : `${how}: ${reason}`;
}

function databaseState({ report: { database }, problem, missing }: Finding): string {
  if (missing) return 'not made yet';
  if (problem !== undefined) return problem.message;
  const size = `schema ${database.schema}, ${countOf(database.photos, 'photo')}, ${formatBytes(database.bytes)}`;
  return `${size}, in order`;
}

function reportText(finding: Finding): string[] {
  const { report } = finding;
  const { database, folders } = report;
  const section = (title: string, rows: string[][]): string[] => [
    '',
    title,
    ...alignColumns(rows, { indent: 2 }),
  ];
  return [
    `Lookalike ${report.version} on Node ${report.node}`,
    `Model: ${report.model}`,
    ...section(
      'Backends',
      report.backends.map((backend) => [backend.name, backendState(backend)]),
    ),
    ...section('Local features', [[localFeaturesState(report.localFeatures)]]),
    ...section(
      'Formats',
      Object.entries(report.formats).map(([name, can]) => [name, can === true ? 'can be read' : can]),
    ),
    ...section('Database', [[printable(database.path), databaseState(finding)]]),
    ...section(
      'Folders',
      folders.length === 0
        ? [['none yet: lookalike scan DIR']]
        : folders.map(({ path, role, online, photos }) => [
            printable(path),
            role,
            online ? 'connected' : 'not connected',
            countOf(photos, 'photo'),
          ]),
    ),
  ];
}

export const doctor: Command = defineCommand({
  name: 'doctor',
  summary: 'Say what works here: backends, formats, database, folders',
  operands: '',
  operandCount: { min: 0, max: 0 },
  details: ['Works with a database that can’t be used, too, and says why; then it ends with 4.'],
  options: {},
  examples: [
    { line: 'doctor', does: 'The whole check-up' },
    { line: 'doctor --json', does: 'The same for a script or a bug report' },
  ],
  async run(invocation): Promise<ExitCode> {
    const { common, output, notes } = invocation;
    const finding = await examine(invocation);
    if (common.json) await output.json(reportJson(finding));
    else for (const line of reportText(finding)) await output.line(line);
    const { problem } = finding;
    if (problem === undefined) return exitCodes.done;
    notes.complain([problem.message, problem.nextStep ?? ''].join(' ').trim());
    return exitCodeOf(problem.code);
  },
});
