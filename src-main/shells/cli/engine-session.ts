/** @file The engines that one command starts: with which database, what is told when one crashes, and their end. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Notice } from '../../contract/engine.ts';
import { LookalikeError } from '../../contract/errors.ts';
import type { HostedEngine, StartOptions } from '../../host/index.ts';
import type { CommonValues } from './common-options.ts';
import type { Notes } from './notes.ts';
import { printable } from './render-text.ts';

/**
 * existing: the library must be there. named: the file that the options name; what writes into it makes it.
 * any: the library's if it is there, else one for this run only.
 */
export type DatabaseNeed = 'existing' | 'named' | 'any';

export type OpenEngine = (need: DatabaseNeed) => Promise<HostedEngine>;

export interface SessionOptions {
  databaseFile: string;
  common: Pick<CommonValues, 'threads' | 'backend'>;
  notes: Notes;
  startEngine: (options: StartOptions) => HostedEngine;
}

function noticeText(notice: Notice): string | undefined {
  if (notice.type === 'engine-exited') return 'The engine stopped; what was committed is safe.';
  if (notice.type !== 'engine-restarted') return undefined;
  return notice.blamed === null
    ? 'It is running again.'
    : `It is running again. “${printable(notice.blamed)}” made it stop and is left out until it changes.`;
}

export class EngineSession {
  readonly #options: SessionOptions;
  readonly #engines: HostedEngine[] = [];
  readonly #temporaryFolders: string[] = [];

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** @throws LookalikeError NOTHING_TO_DO when an existing library is needed and there is none. */
  async open(need: DatabaseNeed): Promise<HostedEngine> {
    const { common, notes, startEngine } = this.#options;
    const engine = startEngine({
      databasePath: await this.#databaseFor(need),
      ...(common.threads === undefined ? {} : { threads: common.threads }),
      ...(common.backend === undefined ? {} : { backend: common.backend }),
    });
    engine.subscribe((notice) => {
      const text = noticeText(notice);
      if (text !== undefined) notes.complain(text);
    });
    this.#engines.push(engine);
    return engine;
  }

  async close(): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.close()));
    await Promise.all(this.#temporaryFolders.map((folder) => rm(folder, { recursive: true, force: true })));
  }

  /** At once, so that nothing holds the database when this process is gone. Committed work stays. */
  kill(): void {
    for (const { pid } of this.#engines) if (pid !== undefined) process.kill(pid, 'SIGKILL');
  }

  async #databaseFor(need: DatabaseNeed): Promise<string> {
    const { databaseFile } = this.#options;
    if (need === 'named' || existsSync(databaseFile)) return databaseFile;
    if (need === 'existing')
      throw new LookalikeError('NOTHING_TO_DO', `There is no library yet at ${databaseFile}.`, {
        nextStep: 'Scan a folder first: lookalike scan DIR',
      });
    const folder = await mkdtemp(join(tmpdir(), 'lookalike-'));
    this.#temporaryFolders.push(folder);
    return join(folder, 'library.sqlite');
  }
}
