/** @file A process that scans, to be killed or to crash: prints a line of JSON for each report and the summary. */
import {
  createEngine,
  silentLogger,
  systemClock,
  type EngineOptions,
} from '../../../src-main/engine/index.ts';

const { options, retryFailed } = JSON.parse(process.argv[2] ?? '') as {
  options: EngineOptions;
  retryFailed: boolean;
};
const engine = createEngine(options, { clock: systemClock, logger: silentLogger });
const summary = await engine.request(
  'scan.run',
  { retryFailed },
  { onEvent: (progress) => process.stdout.write(`${JSON.stringify({ progress })}\n`) },
);
process.stdout.write(`${JSON.stringify({ summary })}\n`);
await engine.close();
