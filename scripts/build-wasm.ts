/**
 * @file Compiles the AssemblyScript of all modules but the encoder's (build-trunk.ts) to out/wasm. Deterministic.
 * Run: node scripts/build-wasm.ts [--output FOLDER]
 */
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LOCAL_FEATURES_WASM } from '../src-main/engine/features/wasm-extractor.ts';
import { JPEG_DC_WASM } from '../src-main/engine/imaging/jpeg-dc/reader.ts';
import { SCREENING_WASM } from '../src-main/engine/similarity/exact/wasm-screen.ts';
import { SECOND_CHECK_WASM } from '../src-main/engine/similarity/second-check/wasm-kernels.ts';
import { MATCHING_WASM } from '../src-main/engine/similarity/verification/wasm-matcher.ts';
import { VOTES_WASM } from '../src-main/engine/similarity/votes/wasm-kernel.ts';
import { compileAssembly } from './assembly-script.ts';
import { root } from './setup/paths.mjs';

const { values } = parseArgs({ options: { output: { type: 'string', default: join(root, 'out/wasm') } } });
const output = resolve(values.output);

const modules: { entry: string; name: string; features?: string[] }[] = [
  {
    entry: 'src-main/engine/similarity/exact/wasm/index.ts',
    name: SCREENING_WASM,
    features: ['relaxed-simd'],
  },
  { entry: 'src-main/engine/features/wasm/index.ts', name: LOCAL_FEATURES_WASM },
  { entry: 'src-main/engine/imaging/jpeg-dc/wasm/index.ts', name: JPEG_DC_WASM },
  { entry: 'src-main/engine/similarity/second-check/wasm/index.ts', name: SECOND_CHECK_WASM },
  { entry: 'src-main/engine/similarity/verification/wasm/index.ts', name: MATCHING_WASM },
  { entry: 'src-main/engine/similarity/votes/wasm/index.ts', name: VOTES_WASM },
];

mkdirSync(output, { recursive: true });
for (const { entry, name, features } of modules) {
  const file = join(output, name);
  compileAssembly(entry, file, features);
  console.log(`${(statSync(file).size / 1000).toFixed(1)} kB: ${file}`);
}
// Its allocator and its mathematics are part of the modules.
const compilerFolder = dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json'));
for (const name of ['LICENSE', 'NOTICE']) {
  copyFileSync(join(compilerFolder, name), join(output, `assemblyscript-${name}`));
}
