/** @file Which npm packages the built engine needs at run time, and which of their files. */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where a package runs, in npm's words. */
export interface Machine {
  os: string;
  cpu: string;
  libc: 'glibc' | 'musl' | undefined;
}

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

/** Packages of types only, which no program loads though they are named as dependencies. */
const TYPES_ONLY = /^@types\/|^@webgpu\/types$/;

/** Sources that a native package was compiled from, and what compiles them. */
const sourceFolders: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['deps', 'src'],
  sharp: ['src', 'install'],
  usearch: ['c', 'cpp', 'include', 'numkong', 'cmake'],
};

/** Type declarations, source maps, tests, pages for people, and bundles for browsers. */
const NOT_RUN = /\.(map|[cm]?ts|gyp|markdown|md)$|_test\.js$|\.(es2017|fesm)(\.min)?\.js$|\.min\.js$/;
const LICENCE = /licen[cs]e|notice/i;

/** The packages among the names of modules, without what is deeper inside them. */
export function packagesIn(modules: readonly string[]): Set<string> {
  const packages = modules
    .filter((name) => !/^([./?]|node:)/.test(name))
    .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
  return new Set(packages);
}

/**
 * Folders of the packages and of all they depend on, as Node would find them.
 * @param root the checkout. @returns absolute folders, each once
 * @throws Error that names a dependency which is not installed and not optional
 */
export function closure(root: string, names: readonly string[], machine: Machine): string[] {
  const found = new Set<string>();
  const open = names.map((name) => ({ name, from: root, optional: false }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { name, from, optional } = next;
    const folder = find(name, from, root);
    if (folder === undefined) {
      if (optional) continue;
      throw new Error(
        `${path.relative(root, from) || 'The engine'} needs "${name}", which is not installed.`,
      );
    }
    const manifest = readManifest(folder);
    if (found.has(folder) || !runsOn(manifest, machine)) continue;
    found.add(folder);
    const optionals = Object.keys(manifest.optionalDependencies ?? {});
    for (const dependency of new Set([...Object.keys(manifest.dependencies ?? {}), ...optionals])) {
      if (TYPES_ONLY.test(dependency)) continue;
      open.push({ name: dependency, from: folder, optional: optionals.includes(dependency) });
    }
  }
  return [...found].sort();
}

/** Whether a file or folder of a package is needed to run it. `inside`: its path in the package, with slashes. */
export function isRun(packageName: string, inside: string, machine: Machine): boolean {
  const parts = inside.split('/');
  const [first = '', second] = parts;
  const last = parts.at(-1) ?? '';
  if (inside === '') return true;
  if (parts.includes('node_modules') || first.startsWith('.')) return false;
  if (sourceFolders[packageName]?.includes(first) === true) return false;
  if (first === 'prebuilds' && second !== undefined) return isBuiltFor(second, machine);
  return LICENCE.test(last) || !NOT_RUN.test(last);
}

/** Names of prebuilt binaries: `linux-x64`, `linuxmusl-arm64.node`, `darwin-arm64+x64`. */
function isBuiltFor(prebuild: string, { os, cpu, libc }: Machine): boolean {
  const [platform, cpus = ''] = path.parse(prebuild).name.split('-');
  return platform === (libc === 'musl' ? `${os}musl` : os) && cpus.split('+').includes(cpu);
}

function runsOn(manifest: Manifest, machine: Machine): boolean {
  const fits = (allowed: string[] | undefined, value: string | undefined): boolean =>
    allowed === undefined || value === undefined || allowed.includes(value);
  return (
    fits(manifest.os, machine.os) && fits(manifest.cpu, machine.cpu) && fits(manifest.libc, machine.libc)
  );
}

function find(name: string, from: string, root: string): string | undefined {
  const folder = path.join(from, 'node_modules', name);
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  return from === root ? undefined : find(name, path.dirname(from), root);
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

/**
 * Whether tfjs-node brought its native library, without which it can't be loaded. One that is only linked in from
 * elsewhere on this machine is not ours to pack.
 */
export function hasTensorflow(root: string): boolean {
  const folder = path.join(root, 'node_modules/@tensorflow/tfjs-node');
  const library = path.join(folder, 'deps/lib');
  if (!existsSync(library) || lstatSync(library).isSymbolicLink()) return false;
  return readdirSync(path.join(folder, 'lib'), { recursive: true, encoding: 'utf8' }).some((file) =>
    file.endsWith('.node'),
  );
}

/** This machine. Node tells glibc's version in its report; where there is none on Linux, it is musl. */
export function thisMachine(): Machine {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  const libc = header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
  return { os: process.platform, cpu: process.arch, libc: process.platform === 'linux' ? libc : undefined };
}
