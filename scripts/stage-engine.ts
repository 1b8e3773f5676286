/**
 * @file `node scripts/stage-engine.ts`: puts the engine of a packaged app together in out/stage/engine, in the shape of
 * a checkout: package.json, out/node, out/encoder, out/wasm, assets and node_modules with the plain Node binary. A plain
 * Node can't read an asar, so it all lies beside it.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup/paths.mjs';
import { moduleNames } from './stage/module-names.ts';
import { closure, hasTensorflow, isRun, packagesIn, readManifest, thisMachine } from './stage/packages.ts';

const TENSORFLOW = '@tensorflow/tfjs-node';
const stage = path.join(root, 'out/stage/engine');
const built = [
  'out/node',
  'out/encoder',
  'out/wasm',
  'assets/encoder',
  'assets/matcher',
  'assets/vocabulary',
];
const machine = thisMachine();

interface RootManifest {
  name: string;
  version: string;
  license: string;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as RootManifest;

rmSync(stage, { recursive: true, force: true });
mkdirSync(stage, { recursive: true });
for (const part of built) copyBuilt(part);
for (const folder of closure(root, neededPackages(), machine)) copyPackage(folder);
copyNode();
const { name, version, license } = manifest;
writeFileSync(path.join(stage, 'package.json'), JSON.stringify({ name, version, license, type: 'module' }));
console.error(`lookalike: staged the engine in ${path.relative(root, stage)}`);

/** What package.json lists and the built files load; the rest of the list is bundled into them. */
function neededPackages(): string[] {
  const folder = path.join(root, 'out/node');
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => moduleNames(readFileSync(path.join(folder, file), 'utf8'), file));
  const loaded = packagesIn(modules);
  const listed = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  return listed.filter((name) => loaded.has(name) && (name !== TENSORFLOW || hasTensorflow(root)));
}

function copyBuilt(part: string): void {
  const from = path.join(root, part);
  if (!existsSync(from)) throw new Error(`${part} is missing. Run "npm run build" first.`);
  cpSync(from, path.join(stage, part), { recursive: true, filter: (file) => !file.endsWith('.map') });
}

function copyPackage(folder: string): void {
  const { name } = readManifest(folder);
  cpSync(folder, path.join(stage, path.relative(root, folder)), {
    recursive: true,
    dereference: true,
    filter: (file) => isRun(name, path.relative(folder, file).replaceAll(path.sep, '/'), machine),
  });
}

/** The binary alone: the rest of the package `node` only fetches it. */
function copyNode(): void {
  const file = path.join('node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  cpSync(path.join(root, file), path.join(stage, file), { dereference: true });
}
