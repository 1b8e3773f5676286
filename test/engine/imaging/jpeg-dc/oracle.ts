/** @file The reader that was just built, and the library as its oracle. */
import type { OverlayOptions } from 'sharp';
import { expect } from 'vitest';
import { createRandom } from '../../../../src-main/engine/demo/random.ts';
import {
  decodePhoto,
  DEFAULT_LIMITS,
  type DecodedPhoto,
} from '../../../../src-main/engine/imaging/decode.ts';
import { DecodeFailure } from '../../../../src-main/engine/imaging/failure.ts';
import { openJpegDcReader, type JpegDcReader } from '../../../../src-main/engine/imaging/jpeg-dc/reader.ts';
import { buildWasm } from '../../features/built-wasm.ts';

/** The compiler is slow where other things run beside it. */
export const BUILD_TIMEOUT_MS = 240_000;

/** Small, but long enough for the library to shrink it by eight. */
export const STRIP = { width: 2883, height: 75 };

export async function openBuiltReader(): Promise<JpegDcReader> {
  const opened = await openJpegDcReader(await buildWasm());
  if (opened === null) throw new Error('The module was not built');
  return opened;
}

type Outcome = DecodedPhoto | { code: string; reason: string };

async function outcome(bytes: Buffer, dcReader: JpegDcReader | null): Promise<Outcome> {
  try {
    return await decodePhoto(bytes, DEFAULT_LIMITS, dcReader);
  } catch (error) {
    if (error instanceof DecodeFailure) return { code: error.code, reason: error.reason };
    throw error;
  }
}

export type Oracle = (bytes: Buffer, label?: unknown) => Promise<void>;

/** All that is made of a photo must equal what the library makes of it alone, byte for byte. */
export function oracleOf(reader: JpegDcReader): Oracle {
  return async (bytes, label) =>
    expect({ label, ...(await outcome(bytes, reader)) }).toEqual({ label, ...(await outcome(bytes, null)) });
}

/** Fine detail, so that blocks have many coefficients. */
export function noise(edge: number): OverlayOptions {
  const random = createRandom(20);
  const input = Buffer.from(Array.from({ length: edge * edge * 3 }, () => random.integer(0, 255)));
  return { input, raw: { width: edge, height: edge, channels: 3 }, tile: true, blend: 'soft-light' };
}
