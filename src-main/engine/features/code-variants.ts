/** @file Codes of the mirrored photo and of its negative, by moving bits: no second pass over the pixels. */
import { CELLS, CODE_BYTES, DIRECTIONS } from './parameters.ts';
import { type LocalFeatures, wrapAngle } from './local-features.ts';

/** Direction b of a byte becomes direction -b. */
const reversedDirections = Uint8Array.from({ length: 256 }, (_, bits) => {
  let reversed = 0;
  for (let b = 0; b < DIRECTIONS; b++) {
    if ((bits >> b) & 1) reversed |= 1 << ((DIRECTIONS - b) % DIRECTIONS);
  }
  return reversed;
});

/**
 * The features of the photo mirrored left to right. In a point's own frame the axis across its direction turns over:
 * rows of cells change places, and with them the sense of all directions.
 */
export function mirrored(features: LocalFeatures): LocalFeatures {
  return {
    ...features,
    codes: mirroredCodes(features.codes),
    x: features.x.map((x) => features.width - 1 - x),
    angle: features.angle.map((angle) => wrapAngle(Math.PI - angle)),
  };
}

/** @param codes 16 bytes each */
export function mirroredCodes(codes: Uint8Array): Uint8Array {
  const result = new Uint8Array(codes.length);
  for (let code = 0; code < codes.length; code += CODE_BYTES) {
    for (let cell = 0; cell < CODE_BYTES; cell++) {
      const column = cell % CELLS;
      const opposite = CODE_BYTES - CELLS - (cell - column) + column;
      result[code + opposite] = reversedDirections[codes[code + cell] ?? 0] ?? 0;
    }
  }
  return result;
}

/** The features of the negative: every gradient turns half around, so a point's frame does too, and cells change ends. */
export function negative(features: LocalFeatures): LocalFeatures {
  return {
    ...features,
    codes: negativeCodes(features.codes),
    angle: features.angle.map((angle) => wrapAngle(angle + Math.PI)),
  };
}

/** @param codes 16 bytes each */
export function negativeCodes(codes: Uint8Array): Uint8Array {
  const result = new Uint8Array(codes.length);
  for (let code = 0; code < codes.length; code += CODE_BYTES) {
    for (let cell = 0; cell < CODE_BYTES; cell++) {
      result[code + CODE_BYTES - 1 - cell] = codes[code + cell] ?? 0;
    }
  }
  return result;
}
