/** @file In what two photos differ, in sentences. */
import type { Alignment, Photo } from '../../contract/model.ts';
import { withThousands } from '../../contract/thousands.ts';
import { sayBytes, sayDimensions, sayFormat, sayTime } from './wording.ts';

export type Described = Pick<Photo, 'width' | 'height' | 'bytes' | 'format' | 'takenAt' | 'camera'>;

const TURNS = ['', 'a quarter turn clockwise', 'half a turn', 'a quarter turn anticlockwise'] as const;

/** Bytes in full where the short form would be the same for both. */
function sayBytesApart(a: number, b: number): [string, string] {
  const [shortA, shortB] = [sayBytes(a), sayBytes(b)];
  if (shortA !== shortB) return [shortA, shortB];
  return [`${withThousands(a)} bytes`, withThousands(b)];
}

function missingOr(a: string | null, b: string | null, say: (value: string) => string, what: string): string {
  if (a !== null && b !== null) return `${what}: A ${say(a)}, B ${say(b)}`;
  return a === null ? `${what}: only B has it, ${say(b ?? '')}` : `${what}: only A has it, ${say(a)}`;
}

/** What differs, and nothing else: size, format, bytes, orientation, date, camera, in this order. */
export function sayDifferences(
  a: Described,
  b: Described,
  { quarterTurns, mirrored }: Pick<Alignment, 'quarterTurns' | 'mirrored'>,
): string[] {
  const said: string[] = [];
  if (a.width !== b.width || a.height !== b.height) {
    said.push(`Pixels: A has ${sayDimensions(a)}, B has ${sayDimensions(b)}`);
  }
  if (a.format !== b.format) said.push(`Format: A is ${sayFormat(a.format)}, B is ${sayFormat(b.format)}`);
  if (a.bytes !== b.bytes) {
    const [sizeA, sizeB] = sayBytesApart(a.bytes, b.bytes);
    said.push(`File size: A has ${sizeA}, B has ${sizeB}`);
  }
  if (quarterTurns !== 0) said.push(`Orientation: B lies on A after ${TURNS[quarterTurns]}`);
  if (mirrored) said.push(`Orientation: B is mirrored`);
  if (a.takenAt !== b.takenAt) said.push(missingOr(a.takenAt, b.takenAt, sayTime, 'Date taken'));
  if (a.camera !== b.camera) said.push(missingOr(a.camera, b.camera, (camera) => camera, 'Camera'));
  return said;
}
