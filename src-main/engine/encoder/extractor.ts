/** @file Which backend computes the trunk: our own runtime in WebAssembly, or TensorFlow.js. */
import type { BackendName } from '../../contract/model.ts';
import type { RgbImage } from '../imaging/image.ts';
import { supportsSimd } from '../simd.ts';
import type { TfjsBackendName } from './backend.ts';
import { firstThatWorks, reasonOf } from './first-that-works.ts';
import { readPackedTrunk } from './packed-trunk.ts';
import { readTrunk } from './trunk-file.ts';
import { WasmFeatureExtractor } from './wasm-features.ts';

/** Quickest first: our own runtime needs less time a photo than TensorFlow, and starts at once. */
export const BACKENDS = ['wasm', 'tensorflow', 'cpu'] as const satisfies readonly BackendName[];

/** Thumbnails to pooled trunk features. One a thread. */
export interface TrunkExtractor {
  readonly backend: BackendName;
  /** SHA-256 of the trunk's weights, hex: of trunk.bin. */
  readonly trunk: string;
  /** One array of features an image, in order. */
  extract(images: readonly RgbImage[]): Float32Array[];
  dispose(): void;
}

export interface BackendReport {
  name: BackendName;
  available: boolean;
  /** The one that runs unless another is asked for. */
  chosen: boolean;
  /** A sentence: what it is, or why it can't be used here. */
  reason: string;
}

const WHAT_IT_IS: Record<BackendName, string> = {
  wasm: 'WebAssembly with SIMD: needs the least time a photo and starts at once.',
  tensorflow: 'TensorFlow as a native library.',
  cpu: 'Plain JavaScript, many times slower than the others.',
};

async function open(name: BackendName, trunkDirectory: string): Promise<TrunkExtractor> {
  return name === 'wasm' ? openOwn(trunkDirectory) : openTfjs(name, trunkDirectory);
}

async function openOwn(trunkDirectory: string): Promise<TrunkExtractor> {
  if (!supportsSimd()) throw new Error('This processor has no SIMD instructions that WebAssembly can use.');
  const packed = await readPackedTrunk(trunkDirectory);
  const { instance } = await WebAssembly.instantiate(packed.module);
  const extractor = new WasmFeatureExtractor(instance, packed);
  return {
    backend: 'wasm',
    trunk: packed.trunk,
    extract: (images) => extractor.extract(images),
    dispose: () => undefined,
  };
}

async function openTfjs(name: TfjsBackendName, trunkDirectory: string): Promise<TrunkExtractor> {
  // Loaded only here: it takes a tenth of a second, and our own runtime does without.
  const [{ startBackend }, { FeatureExtractor }, { openArithmetic, PLAIN_ARITHMETIC }] = await Promise.all([
    import('./backend.ts'),
    import('./features.ts'),
    import('./map-arithmetic.ts'),
  ]);
  const [backend, trunk] = await Promise.all([startBackend(name), readTrunk(trunkDirectory)]);
  // "cpu" is the oracle: nothing of it is ours.
  const arithmetic = name === 'cpu' ? PLAIN_ARITHMETIC : await openArithmetic(trunkDirectory);
  const extractor = new FeatureExtractor(backend, trunk, arithmetic);
  return {
    backend: name,
    trunk: trunk.sha256,
    extract: (images) => extractor.extract(images),
    dispose: () => extractor.dispose(),
  };
}

/**
 * The backend that is asked for, or the first of wasm, tensorflow, cpu that works.
 * @throws LookalikeError BACKEND_UNAVAILABLE, naming the reasons.
 */
export function openExtractor(trunkDirectory: string, asked?: BackendName): Promise<TrunkExtractor> {
  return firstThatWorks(asked, BACKENDS, (name) => open(name, trunkDirectory));
}

/** What can be used here. Starts each of them, which takes about half a second. */
export async function describeBackends(
  trunkDirectory: string,
  asked?: BackendName,
): Promise<BackendReport[]> {
  const reports: BackendReport[] = [];
  for (const name of BACKENDS) {
    try {
      (await open(name, trunkDirectory)).dispose();
      reports.push({ name, available: true, chosen: false, reason: WHAT_IT_IS[name] });
    } catch (error) {
      reports.push({ name, available: false, chosen: false, reason: reasonOf(error) });
    }
  }
  const chosen = reports.find((report) => report.available && (asked === undefined || report.name === asked));
  if (chosen !== undefined) chosen.chosen = true;
  return reports;
}
