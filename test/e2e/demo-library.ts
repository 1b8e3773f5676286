/** @file The demo library, scanned and served once for all tests of a file. */
import { afterAll, beforeAll } from 'vitest';
import type { BrowserContextOptions } from 'playwright-core';
import { openForTest, scanned, serveDemo, type Served, type Tab } from './browser-app.ts';

export interface DemoLibrary {
  /** Folder of this run, the demo library in it; only once the tests run. */
  home: () => string;
  /** A tab of the window, which knows that all is scanned; it is closed when its test has ended. */
  open: (options?: BrowserContextOptions) => Promise<Tab>;
}

/** Call it in the `describe` whose tests are to share the library. */
export function demoLibrary(): DemoLibrary {
  let served: Served;
  beforeAll(async () => {
    served = await serveDemo();
  });
  afterAll(() => served.close());

  return {
    home: () => served.home,
    open: async (options) => {
      const tab = await openForTest(served, options);
      await scanned(tab.page);
      return tab;
    },
  };
}
