/** @file Clusters of local codes for the vocabulary: k-means by Hamming distance, centres by majority of each bit. */
import { type Random } from '../src-main/engine/demo/random.ts';
import { CODE_BITS, CODE_BYTES } from '../src-main/engine/features/parameters.ts';
import { VARIANTS } from '../src-main/engine/similarity/votes/parameters.ts';
import { codesOfVariant } from '../src-main/engine/similarity/votes/vocabulary.ts';

const WORDS_A_CODE = CODE_BYTES / 4;

/** @param codes 16 bytes each, starting at a multiple of 4 bytes */
export function countCodes(codes: Uint8Array): number {
  return codes.length / CODE_BYTES;
}

function codeAt(codes: Uint8Array, i: number): Uint8Array {
  return codes.subarray(i * CODE_BYTES, (i + 1) * CODE_BYTES);
}

/** Those of these places, one after the other. */
export function pickCodes(codes: Uint8Array, places: readonly number[]): Uint8Array {
  const picked = new Uint8Array(places.length * CODE_BYTES);
  for (const [k, i] of places.entries()) picked.set(codeAt(codes, i), k * CODE_BYTES);
  return picked;
}

export function joinCodes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** `count` different ones, or all when there are fewer. */
export function drawCodes(codes: Uint8Array, count: number, random: Random): Uint8Array {
  const places = Array.from({ length: countCodes(codes) }, (_, i) => i);
  const drawn = Math.min(count, places.length);
  for (let i = 0; i < drawn; i++) {
    const j = random.integer(i, places.length - 1);
    [places[i], places[j]] = [places[j] ?? 0, places[i] ?? 0];
  }
  return pickCodes(codes, places.slice(0, drawn));
}

function words(codes: Uint8Array): Uint32Array {
  return new Uint32Array(codes.buffer, codes.byteOffset, codes.byteLength / 4);
}

function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The nearest centre of each code, of equal ones the first. */
export function nearestCentres(codes: Uint8Array, centres: Uint8Array): Uint16Array {
  const [ours, theirs] = [words(codes), words(centres)];
  return Uint16Array.from({ length: countCodes(codes) }, (_, i) => {
    const at = i * WORDS_A_CODE;
    const [w0, w1] = [ours[at] ?? 0, ours[at + 1] ?? 0];
    const [w2, w3] = [ours[at + 2] ?? 0, ours[at + 3] ?? 0];
    let least = CODE_BITS + 1;
    let nearest = 0;
    for (let j = 0, k = 0; k < theirs.length; j++, k += WORDS_A_CODE) {
      const distance =
        bitCount(w0 ^ (theirs[k] ?? 0)) +
        bitCount(w1 ^ (theirs[k + 1] ?? 0)) +
        bitCount(w2 ^ (theirs[k + 2] ?? 0)) +
        bitCount(w3 ^ (theirs[k + 3] ?? 0));
      if (distance < least) {
        least = distance;
        nearest = j;
      }
    }
    return nearest;
  });
}

/** Each bit as most codes of the centre have it. A centre without codes becomes a code drawn at random. */
function majorities(codes: Uint8Array, centreOf: Uint16Array, count: number, random: Random): Uint8Array {
  const set = new Uint32Array(count * CODE_BITS);
  const members = new Uint32Array(count);
  for (const [i, centre] of centreOf.entries()) {
    members[centre] = (members[centre] ?? 0) + 1;
    for (let bit = 0; bit < CODE_BITS; bit++) {
      if (((codes[i * CODE_BYTES + (bit >> 3)] ?? 0) >> (bit & 7)) & 1) {
        set[centre * CODE_BITS + bit] = (set[centre * CODE_BITS + bit] ?? 0) + 1;
      }
    }
  }
  const centres = new Uint8Array(count * CODE_BYTES);
  for (let centre = 0; centre < count; centre++) {
    const all = members[centre] ?? 0;
    if (all === 0) centres.set(drawCodes(codes, 1, random), centre * CODE_BYTES);
    for (let bit = 0; all > 0 && bit < CODE_BITS; bit++) {
      const byte = centre * CODE_BYTES + (bit >> 3);
      if (2 * (set[centre * CODE_BITS + bit] ?? 0) > all)
        centres[byte] = (centres[byte] ?? 0) | (1 << (bit & 7));
    }
  }
  return centres;
}

/** `count` centres; missing ones, when there are fewer codes, are made at random. */
export function clusterCodes(codes: Uint8Array, count: number, rounds: number, random: Random): Uint8Array {
  let centres: Uint8Array = Uint8Array.from({ length: count * CODE_BYTES }, () => random.integer(0, 255));
  centres.set(drawCodes(codes, count, random));
  for (let round = 0; round < rounds; round++) {
    centres = majorities(codes, nearestCentres(codes, centres), count, random);
  }
  return centres;
}

/** Every centre, mirrored, negative and both, in this order. */
export function allVariants(centres: Uint8Array): Uint8Array {
  const all = new Uint8Array(centres.length * VARIANTS);
  for (let i = 0; i < countCodes(centres); i++) {
    for (let variant = 0; variant < VARIANTS; variant++) {
      all.set(codesOfVariant(codeAt(centres, i), variant), (i * VARIANTS + variant) * CODE_BYTES);
    }
  }
  return all;
}

/** The codes as they would be, had each been found in that variant of its photo in which it is nearest to a centre. */
export function alignCodes(
  codes: Uint8Array,
  centres: Uint8Array,
): { codes: Uint8Array; centreOf: Uint16Array } {
  const nearest = nearestCentres(codes, allVariants(centres));
  const aligned = new Uint8Array(codes.length);
  for (const [i, centre] of nearest.entries()) {
    // Each variant undoes itself.
    aligned.set(codesOfVariant(codeAt(codes, i), centre % VARIANTS), i * CODE_BYTES);
  }
  return { codes: aligned, centreOf: nearest.map((centre) => Math.floor(centre / VARIANTS)) };
}

/** As clusterCodes, for centres that stand for their variants too. */
export function clusterVariants(
  codes: Uint8Array,
  count: number,
  rounds: number,
  random: Random,
): Uint8Array {
  let centres = drawCodes(codes, count, random);
  for (let round = 0; round < rounds; round++) {
    const aligned = alignCodes(codes, centres);
    centres = majorities(aligned.codes, aligned.centreOf, count, random);
  }
  return centres;
}
