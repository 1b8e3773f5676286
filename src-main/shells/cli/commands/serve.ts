import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { toEnvelope } from '../../../contract/errors.ts';
import type { Folder } from '../../../contract/model.ts';
import type { Engine } from '../../../contract/engine.ts';
import { defineCommand, type Command, type Invocation } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { groupJson, groupPages, printGroups } from '../group-list.ts';
import { addFolders, scanFolders, summaryJson } from '../library-scan.ts';
import { wholeNumber } from '../option-values.ts';
import { summaryText } from '../render-summary.ts';

const MAX_PORT = 65_535;
/** The window shows the rest. */
const SHOWN_GROUPS = 50;

/** The system's own way to open an address; it tells of nothing when there is no browser. */
function openBrowser(url: string, complain: (text: string) => void): void {
  const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  };
  const [program, ...words] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
  child.once('error', () => complain('No browser could be opened. Open the address yourself.'));
  child.unref();
}

async function scanAndTell(
  { common, output, notes, signal }: Pick<Invocation, 'common' | 'output' | 'notes' | 'signal'>,
  engine: Engine,
  folders: readonly Folder[],
): Promise<void> {
  const summary = await scanFolders(engine, folders, notes, signal);
  if (signal.aborted) return;
  if (common.json) {
    const found: unknown[] = [];
    for await (const page of groupPages(engine, {}, SHOWN_GROUPS, signal))
      found.push(...page.groups.map(groupJson));
    await output.line(JSON.stringify({ scan: summaryJson(summary), groups: found }));
    return;
  }
  for (const line of summaryText(summary)) await output.line(line);
  if (summary.groups > 0) await output.line();
  if (summary.groups > 0) await printGroups(engine, {}, SHOWN_GROUPS, output, signal);
}

export const serve: Command = defineCommand({
  name: 'serve',
  summary: 'Show the window in a browser on this machine',
  operands: '[DIR...]',
  operandCount: { min: 0, max: Infinity },
  details: [
    'Prints the address with its key once it listens, on 127.0.0.1 only, and serves until Ctrl-C. With DIR it scans ' +
      'at once and prints the groups found. Elsewhere, reach it through SSH with the same port on both sides: ssh -L ' +
      'PORT:127.0.0.1:PORT HOST',
    'With --json the lines are {url, port} and, with DIR, {scan, groups}.',
  ],
  options: {
    port: {
      kind: 'one',
      value: 'N',
      parse: wholeNumber(1, MAX_PORT),
      help: 'Port; any free one unless said',
    },
    open: { kind: 'flag', help: 'Open the address in the browser' },
  },
  examples: [
    { line: 'serve --open', does: 'The window in the browser' },
    { line: 'serve ~/Pictures --port 4780', does: 'Scan a folder and serve on a port of your choice' },
  ],
  keeps: 'What was read so far is kept.',
  async run(invocation) {
    const { operands, options, common, workingDirectory, output, notes, signal } = invocation;
    const { openEngine } = invocation;
    const installation = invocation.installation();
    const engine = await openEngine('named');
    const folders = await addFolders(
      engine,
      { paths: operands, role: 'library', rules: undefined, workingDirectory },
      notes,
    );
    // Loaded only here: node:http takes as long to load as all of the command line.
    const { startServer } = await import('../../server/main.ts');
    const server = await startServer({
      engine,
      staticDirectory: join(dirname(installation.trunkDirectory), 'renderer'),
      port: options.port ?? 0,
      version: installation.version,
      restartEngine: () => engine.restart(),
    });
    try {
      await output.line(common.json ? JSON.stringify({ url: server.url, port: server.port }) : server.url);
      if (options.open) openBrowser(server.url, (text) => notes.complain(text));
      if (folders.length > 0)
        await scanAndTell(invocation, engine, folders).catch((error: unknown) => {
          if (!signal.aborted) notes.complain(`The scan failed: ${toEnvelope(error).message}`);
        });
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      await server.close();
    }
    return exitCodes.interrupted;
  },
});
