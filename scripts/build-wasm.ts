/**
 * @file Compiles the AssemblyScript of local features and of matching to out/wasm. Deterministic.
 * Run: node scripts/build-wasm.ts [--output FOLDER]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LOCAL_FEATURES_WASM } from '../src-main/engine/features/wasm-extractor.ts';
import { JPEG_DC_WASM } from '../src-main/engine/imaging/jpeg-dc/reader.ts';
import { MATCHING_WASM } from '../src-main/engine/similarity/verification/wasm-matcher.ts';
import { VOTES_WASM } from '../src-main/engine/similarity/votes/wasm-kernel.ts';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { output: { type: 'string', default: join(root, 'out/wasm') } } });
const output = resolve(values.output);
// Its own process: the compiler's types would replace those of the console.
const compiler = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
// Nothing is imported: what can't happen traps.
options.push('--use', 'abort=');

const modules = [
  { entry: 'src-main/engine/features/wasm/index.ts', name: LOCAL_FEATURES_WASM },
  { entry: 'src-main/engine/imaging/jpeg-dc/wasm/index.ts', name: JPEG_DC_WASM },
  { entry: 'src-main/engine/similarity/verification/wasm/index.ts', name: MATCHING_WASM },
  { entry: 'src-main/engine/similarity/votes/wasm/index.ts', name: VOTES_WASM },
];

mkdirSync(output, { recursive: true });
for (const { entry, name } of modules) {
  const file = join(output, name);
  const { status } = spawnSync(process.execPath, [compiler, entry, '--outFile', file, ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  // The compiler has said what is wrong.
  if (status !== 0) process.exit(1);
  console.log(`${(statSync(file).size / 1000).toFixed(1)} kB: ${file}`);
}
