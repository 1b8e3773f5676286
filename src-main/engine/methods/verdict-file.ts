/** @file Verdicts on their way to another machine: a JSON file that names photos by the hashes of their bytes. */
import { readFile, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { LookalikeError } from '../../contract/errors.ts';
import { verdicts } from '../../contract/model.ts';
import type { HashVerdict } from '../store/store.ts';

const FORMAT = 'lookalike-verdicts';
const FORMAT_VERSION = 1;

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const fileSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(FORMAT_VERSION),
  verdicts: v.array(
    v.pipe(
      v.object({ a: hash, b: hash, verdict: v.picklist(verdicts), at: v.pipe(v.string(), v.isoTimestamp()) }),
      v.check(({ a, b }) => a !== b),
    ),
  ),
});

/** @throws LookalikeError INVALID_INPUT when there is a file already, or none can be written */
export async function writeVerdictFile(path: string, list: readonly HashVerdict[]): Promise<void> {
  const file = { format: FORMAT, version: FORMAT_VERSION, verdicts: list };
  try {
    // What is there is never replaced: it may hold answers that are nowhere else.
    await writeFile(path, `${JSON.stringify(file, undefined, 1)}\n`, { flag: 'wx' });
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new LookalikeError(
      'INVALID_INPUT',
      `${path} ${isThere ? 'is there already' : "can't be written"}.`,
      {
        nextStep: 'Name another file.',
        cause,
      },
    );
  }
}

/** @throws LookalikeError NOT_FOUND, INVALID_INPUT */
export async function readVerdictFile(path: string): Promise<HashVerdict[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new LookalikeError('NOT_FOUND', `${path} can't be read.`, {
      nextStep: 'Name the file that "lookalike verdicts export" wrote.',
      cause,
    });
  }
  try {
    return v.parse(fileSchema, JSON.parse(text)).verdicts;
  } catch (cause) {
    throw new LookalikeError('INVALID_INPUT', `${path} holds no verdicts that Lookalike exported.`, {
      nextStep: 'Export them again with: lookalike verdicts export FILE',
      cause,
    });
  }
}
