/**
 * @file How much of its resolution a photo uses. A camera's file holds detail or at least noise up to the highest
 * frequency; an enlarged one holds next to nothing above the resolution that it was made from.
 */
import { decoding, DEFAULT_LIMITS, openPhoto, type DecodeLimits } from './decode.ts';
import { FREQUENCIES, ROW_PX, Spectrum } from './spectrum.ts';

/** Power of pictures falls with the square of the frequency, so this product stays about as it is at these frequencies. */
const REFERENCE_FREQUENCIES = [6, 8, 10, 12, 14] as const;
/**
 * Part of that product from which on a frequency holds detail. Measured: photos keep .37 and more up to the highest, also
 * saved at quality 50; above the resolution that they were enlarged from, photos have .16 at most.
 */
const LEAST_SHARE = 0.2;
/** Squares of ROW_PX pixels that are looked at: those with most contrast. */
const MOST_SQUARES = 32;
/** Frequencies whose median is looked at together: blocks of JPEG leave single peaks. */
const BAND = 5;

/**
 * Part of the resolution, above 0 to 1, that holds detail: near 1 for a sharp photo, about 1/2 for one enlarged to twice
 * its size. Decodes the whole file.
 * @throws DecodeFailure only.
 */
export async function realDetail(bytes: Buffer, limits: DecodeLimits = DEFAULT_LIMITS): Promise<number> {
  return decoding(bytes, limits, async () => {
    const { data, info } = await openPhoto(bytes, limits)
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return detailShare(data, info.width, info.height);
  });
}

/** Of a grey picture, row major. A picture smaller than one square counts as full of detail. */
export function detailShare(grey: Uint8Array, width: number, height: number): number {
  const spectrum = new Spectrum();
  for (const { left, top } of contrastedSquares(grey, width, height)) {
    for (let i = 0; i < ROW_PX; i++) {
      spectrum.add(grey, (top + i) * width + left, 1);
      spectrum.add(grey, top * width + left + i, width);
    }
  }
  return highestFrequency(spectrum.power()) / (FREQUENCIES - 1);
}

interface Square {
  left: number;
  top: number;
  variance: number;
}

function contrastedSquares(grey: Uint8Array, width: number, height: number): Square[] {
  const squares: Square[] = [];
  for (let top = 0; top + ROW_PX <= height; top += ROW_PX) {
    for (let left = 0; left + ROW_PX <= width; left += ROW_PX) {
      squares.push({ left, top, variance: varianceOf(grey, width, left, top) });
    }
  }
  return squares.sort((p, q) => q.variance - p.variance).slice(0, MOST_SQUARES);
}

/** Every other pixel is enough to rank by. */
function varianceOf(grey: Uint8Array, width: number, left: number, top: number): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let y = top; y < top + ROW_PX; y += 2) {
    for (let x = left; x < left + ROW_PX; x += 2) {
      const value = grey[y * width + x] ?? 0;
      sum += value;
      squares += value * value;
      count++;
    }
  }
  return squares / count - (sum / count) ** 2;
}

function highestFrequency(power: Float64Array): number {
  const levelAt = (f: number): number => {
    const middle = Math.min(f, FREQUENCIES - 1 - (BAND - 1) / 2);
    return medianOf(power.slice(middle - (BAND - 1) / 2, middle + (BAND + 1) / 2)) * middle * middle;
  };
  const reference = medianOf(Float64Array.from(REFERENCE_FREQUENCIES, levelAt));
  if (reference === 0) return FREQUENCIES - 1;
  let highest = FREQUENCIES - 1;
  while (highest > REFERENCE_FREQUENCIES[0] && levelAt(highest) < LEAST_SHARE * reference) highest--;
  return highest;
}

/** Of an odd number of values. */
function medianOf(values: Float64Array): number {
  return values.sort()[(values.length - 1) / 2] ?? 0;
}
