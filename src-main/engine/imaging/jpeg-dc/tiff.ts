/** @file An uncompressed TIFF around pixels: so the library turns them and converts their colours as those of the file. */
import type { EighthPicture } from './reader.ts';

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;
const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
const BITS_A_SAMPLE = 8;
const BLACK_IS_ZERO = 1;
const RGB = 2;

export function wrapAsTiff({ width, height, channels, data, orientation, profile }: EighthPicture): Buffer {
  const profileBytes = profile?.length ?? 0;
  const entries = 10 + (profile === null ? 0 : 1);
  const bitsAt = HEADER_BYTES + 2 + entries * ENTRY_BYTES + 4;
  const profileAt = bitsAt + channels * 2;
  // Whole words, as the format asks.
  const dataAt = profileAt + profileBytes + ((profileAt + profileBytes) % 2);
  const tags: [tag: number, type: number, count: number, value: number][] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, channels, channels === 1 ? BITS_A_SAMPLE : bitsAt],
    [259, SHORT, 1, 1], // not compressed
    [262, SHORT, 1, channels === 1 ? BLACK_IS_ZERO : RGB],
    [273, LONG, 1, dataAt],
    [274, SHORT, 1, orientation],
    [277, SHORT, 1, channels],
    [278, LONG, 1, height], // rows of the only strip
    [279, LONG, 1, data.length],
  ];
  if (profile !== null) tags.push([34675, UNDEFINED, profileBytes, profileAt]);
  const file = Buffer.alloc(dataAt + data.length);
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(HEADER_BYTES, 4);
  file.writeUInt16LE(entries, HEADER_BYTES);
  for (const [index, [tag, type, count, value]] of tags.entries()) {
    const at = HEADER_BYTES + 2 + index * ENTRY_BYTES;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(value, at + 8);
  }
  for (let channel = 0; channel < channels; channel++)
    file.writeUInt16LE(BITS_A_SAMPLE, bitsAt + channel * 2);
  profile?.copy(file, profileAt);
  data.copy(file, dataAt);
  return file;
}
