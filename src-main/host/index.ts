/** @file What shells import: the engine in a process of its own. */
import { nodeChildLauncher } from './adapters/node-child.ts';
import { HostClient, type HostedEngine } from './client.ts';
import { engineOptions, findInstallation, type EngineChoices, type Installation } from './locations.ts';
import type { Logger } from '../engine/ports.ts';

export { databasePath, dataDirectory, findInstallation, installationAt } from './locations.ts';
export type { EngineChoices, HostedEngine, Installation, Logger };

export interface StartOptions extends EngineChoices {
  /** Lines for a developer; nothing is written when left out. */
  logger?: Logger;
  /** Else the one that this module belongs to. */
  installation?: Installation;
}

/**
 * Starts the engine. It is usable at once: requests wait until it runs, and fail with the reason if it can't.
 * @throws LookalikeError ENGINE_NOT_STARTED when the program's own files are missing.
 */
export function startEngine(options: StartOptions = {}): HostedEngine {
  const installation = options.installation ?? findInstallation();
  const { nodeBinary, engineEntry, compileCache } = installation;
  const client = new HostClient({
    launcher: nodeChildLauncher({
      nodeBinary,
      entry: engineEntry,
      ...(compileCache === undefined ? {} : { compileCache }),
    }),
    engineOptions: engineOptions(installation, options),
    logger: options.logger ?? { log: () => undefined },
  });
  // A start that fails is told to whoever asks something: the first request tries once more.
  client.start().catch(() => undefined);
  return client;
}
