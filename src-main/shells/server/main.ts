/** @file The web UI on this machine only: the same window in a browser, for machines without a screen. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import type { Engine } from '../../contract/engine.ts';
import { LookalikeError } from '../../contract/errors.ts';
import { createAccess, createToken, KEY_PARAMETER } from './access.ts';
import { FolderBrowser } from './folder-browser.ts';
import { createRoutes } from './routes.ts';
import { RunningRequests } from './running-requests.ts';
import { listStaticFiles } from './static-files.ts';

/** Never another: photos are shown without further questions to whoever holds the key. */
const LOOPBACK = '127.0.0.1';

export interface ServerOptions {
  engine: Engine;
  /** Folder of the built window (out/renderer). */
  staticDirectory: string;
  /** 0 takes any free one. */
  port: number;
  version: string;
  /** Starts the engine again after it gave up. */
  restartEngine: () => Promise<void>;
  /** Where browsing for folders begins; the home folder unless said. */
  browseFrom?: string;
}

export interface RunningServer {
  /** With the key; opening it lets a browser in. */
  url: string;
  origin: string;
  token: string;
  port: number;
  /** Ends what is under way and all connections. The engine stays with its owner. */
  close(): Promise<void>;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  }).catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const message = code === 'EADDRINUSE' ? `Port ${port} is taken.` : `Port ${port} may not be used.`;
    throw new LookalikeError('INVALID_INPUT', message, {
      nextStep: 'Name another with --port, or leave it out to take a free one.',
      cause: error,
    });
  });
  return (server.address() as AddressInfo).port;
}

/** @throws LookalikeError INVALID_INPUT when the port can't be had, NOT_FOUND when the window is not built. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const files = await listStaticFiles(options.staticDirectory);
  const server = createServer();
  const port = await listen(server, options.port);
  const token = createToken();
  const running = new RunningRequests();
  const routes = createRoutes({
    engine: options.engine,
    restartEngine: options.restartEngine,
    version: options.version,
    browser: new FolderBrowser(options.browseFrom ?? homedir()),
    access: createAccess(token, port),
    files,
    running,
  });
  server.on('request', (request, response) => void routes(request, response));
  const origin = `http://${LOOPBACK}:${port}`;
  return {
    url: `${origin}/?${KEY_PARAMETER}=${token}`,
    origin,
    token,
    port,
    async close() {
      running.cancelAll();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
