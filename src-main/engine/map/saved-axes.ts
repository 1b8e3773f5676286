/**
 * @file The axes of the library's map, kept in the database: photos that come are put on the axes there are, so that a
 * scan does not turn the map over. They are made anew for another model, or once the library has grown or shrunk a lot.
 */
import * as v from 'valibot';
import { MAP_COMPONENTS } from '../../contract/methods.ts';
import type { Logger } from '../ports.ts';
import type { Pacing } from '../similarity/pacing.ts';
import type { PrincipalAxes } from '../similarity/projection.ts';
import { rowCount, type UnitVectors } from '../similarity/vectors.ts';
import type { Store } from '../store/store.ts';

const AXES = 'map.axes';
/** Rows now by rows then, either way, up to which the axes are those of the library. */
const MOST_GROWTH = 1.25;

const numbers = v.pipe(v.string(), v.transform(decode));
const schema = v.object({
  model: v.string(),
  rows: v.number(),
  mean: numbers,
  axes: v.array(numbers),
  explainedVariance: v.array(v.number()),
});

function encode(values: Float64Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

function decode(text: string): Float64Array {
  return new Float64Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
}

/** @throws LookalikeError CANCELLED */
export async function libraryAxes(
  store: Store,
  model: string,
  rows: UnitVectors,
  logger: Logger,
  pacing: Pacing,
): Promise<PrincipalAxes> {
  const saved = read(store, model, rows);
  if (saved !== undefined) return saved;
  // Loaded only here, with the matrices that nothing else computes with.
  const { principalAxes } = await import('../similarity/pca.ts');
  const axes = await principalAxes(rows, MAP_COMPONENTS, pacing);
  save(store, model, rowCount(rows), axes, logger);
  return axes;
}

function read(store: Store, model: string, rows: UnitVectors): PrincipalAxes | undefined {
  const text = store.meta.get(AXES);
  const parsed = text === undefined ? undefined : v.safeParse(schema, JSON.parse(text));
  if (parsed?.success !== true) return undefined;
  const { model: of, rows: then, mean, axes, explainedVariance } = parsed.output;
  const now = rowCount(rows);
  const growth = Math.max(now, then) / Math.max(1, Math.min(now, then));
  if (of !== model || mean.length !== rows.dims || growth > MOST_GROWTH) return undefined;
  return { mean, axes, explainedVariance };
}

function save(store: Store, model: string, rows: number, axes: PrincipalAxes, logger: Logger): void {
  const { mean, explainedVariance } = axes;
  const saved = { model, rows, mean: encode(mean), axes: axes.axes.map(encode), explainedVariance };
  try {
    store.meta.set(AXES, JSON.stringify(saved));
  } catch (error) {
    // The map is as good without: it takes longer the next time.
    logger.log('warn', `The axes of the map could not be kept. ${String(error)}`);
  }
}
