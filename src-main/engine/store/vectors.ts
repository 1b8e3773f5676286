/** @file Typed arrays as blobs, little-endian like every machine that the app runs on. Reading copies: a blob's memory has no alignment. */

/** The largest finite half-precision number. */
const FLOAT16_MAX = 65_504;

export function toFloat32Blob(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

export function fromFloat32Blob(blob: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(blob).buffer);
}

/** Half the size, three significant digits. @throws RangeError when a value does not fit. */
export function toFloat16Blob(values: Float32Array): Uint8Array {
  for (const value of values) {
    if (!(Math.abs(value) <= FLOAT16_MAX))
      throw new RangeError(`${value} cannot be stored at half precision`);
  }
  return new Uint8Array(Float16Array.from(values).buffer);
}

export function fromFloat16Blob(blob: Uint8Array): Float32Array {
  return Float32Array.from(new Float16Array(new Uint8Array(blob).buffer));
}
