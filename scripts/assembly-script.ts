import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { root } from './setup/paths.mjs';

// Its own process: the compiler's types would replace those of the console.
const compiler = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
// Nothing is imported: what can't happen traps.
options.push('--use', 'abort=');

/**
 * Compiles AssemblyScript to a module. Deterministic.
 * @param entry below the checkout's root
 * @param features of WebAssembly beside SIMD
 */
export function compileAssembly(entry: string, file: string, features: readonly string[] = []): void {
  const enabled = features.flatMap((feature) => ['--enable', feature]);
  const { status } = spawnSync(
    process.execPath,
    [compiler, entry, '--outFile', file, ...options, ...enabled],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  // The compiler has said what is wrong.
  if (status !== 0) process.exit(1);
}
