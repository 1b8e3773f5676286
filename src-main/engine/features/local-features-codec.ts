/**
 * @file Local features as the store keeps them: 24 bytes a feature, about 4 kB a photo. Little endian.
 *
 * | bytes | what |
 * |---|---|
 * | 0 | format, 1 |
 * | 1 | LOCAL_FEATURES_REVISION |
 * | 2-3 | count n |
 * | 4-5, 6-7 | width, height of the grey picture, px |
 * | 8 | n codes of 16 bytes, then four arrays of n u16: |
 * | | x, y: place + 0.5 px in steps of 1/128 px |
 * | | scale: its binary logarithm in steps of 1/4096 |
 * | | angle: in steps of 1/65,536 turn |
 *
 * So places are right to 1/256 px, scales to 0.01 %, angles to 0.003 degrees.
 */
import { type LocalFeatures } from './local-features.ts';
import { CODE_BYTES, LOCAL_FEATURES_REVISION } from './parameters.ts';

const FORMAT = 1;
/** Packed features of another version are to be made anew. */
export const LOCAL_FEATURES_VERSION = FORMAT * 256 + LOCAL_FEATURES_REVISION;
const HEADER_BYTES = 8;
const PLACE_STEPS_A_PIXEL = 128;
const SCALE_STEPS_AN_OCTAVE = 4096;
const ANGLE_STEPS = 65_536;
const U16_MAX = 65_535;
const RADIANS_A_STEP = (2 * Math.PI) / ANGLE_STEPS;

/** Byte offsets of the arrays of n features. */
function layout(count: number): { x: number; y: number; scale: number; angle: number; end: number } {
  const x = HEADER_BYTES + count * CODE_BYTES;
  return { x, y: x + 2 * count, scale: x + 4 * count, angle: x + 6 * count, end: x + 8 * count };
}

export function encodeLocalFeatures(features: LocalFeatures): Uint8Array {
  const { count } = features;
  const at = layout(count);
  const bytes = new Uint8Array(at.end);
  const view = new DataView(bytes.buffer);
  bytes[0] = FORMAT;
  bytes[1] = LOCAL_FEATURES_REVISION;
  view.setUint16(2, count, true);
  view.setUint16(4, features.width, true);
  view.setUint16(6, features.height, true);
  bytes.set(features.codes, HEADER_BYTES);
  for (let i = 0; i < count; i++) {
    view.setUint16(at.x + 2 * i, placeSteps(features.x[i] ?? 0), true);
    view.setUint16(at.y + 2 * i, placeSteps(features.y[i] ?? 0), true);
    view.setUint16(at.scale + 2 * i, scaleSteps(features.scale[i] ?? 1), true);
    view.setUint16(
      at.angle + 2 * i,
      Math.round((features.angle[i] ?? 0) / RADIANS_A_STEP) % ANGLE_STEPS,
      true,
    );
  }
  return bytes;
}

function placeSteps(place: number): number {
  return Math.max(0, Math.min(U16_MAX, Math.round((place + 0.5) * PLACE_STEPS_A_PIXEL)));
}

function scaleSteps(scale: number): number {
  return Math.max(0, Math.min(U16_MAX, Math.round(Math.log2(scale) * SCALE_STEPS_AN_OCTAVE)));
}

/** @returns undefined when the bytes are of another format or revision: the features are then to be made anew
 * @throws RangeError when they are damaged */
export function decodeLocalFeatures(bytes: Uint8Array): LocalFeatures | undefined {
  if (bytes.length < HEADER_BYTES)
    throw new RangeError(`${bytes.length} bytes are too few for local features.`);
  if (bytes[0] !== FORMAT || bytes[1] !== LOCAL_FEATURES_REVISION) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint16(2, true);
  const at = layout(count);
  if (bytes.length !== at.end) {
    throw new RangeError(`${count} local features take ${at.end} bytes, not ${bytes.length}.`);
  }
  const array = (offset: number, value: (steps: number) => number): Float32Array =>
    Float32Array.from({ length: count }, (_, i) => value(view.getUint16(offset + 2 * i, true)));
  const place = (steps: number): number => steps / PLACE_STEPS_A_PIXEL - 0.5;
  return {
    count,
    width: view.getUint16(4, true),
    height: view.getUint16(6, true),
    // A Buffer's slice would be a view of the whole blob.
    codes: new Uint8Array(bytes.subarray(HEADER_BYTES, at.x)),
    x: array(at.x, place),
    y: array(at.y, place),
    scale: array(at.scale, (steps) => 2 ** (steps / SCALE_STEPS_AN_OCTAVE)),
    angle: array(at.angle, (steps) => steps * RADIANS_A_STEP),
  };
}
