/** @file Content boxes as a blob: left, top, width and height of each as u16, little endian. */
import type { ContentBox } from '../features/content-boxes.ts';

const NUMBERS_A_BOX = 4;

export function toBoxesBlob(boxes: readonly ContentBox[]): Uint8Array {
  const numbers = boxes.flatMap(({ left, top, width, height }) => [left, top, width, height]);
  return new Uint8Array(Uint16Array.from(numbers).buffer);
}

/** @param blob whole boxes: the schema sees to it */
export function fromBoxesBlob(blob: Uint8Array): ContentBox[] {
  const numbers = new Uint16Array(new Uint8Array(blob).buffer);
  return Array.from({ length: numbers.length / NUMBERS_A_BOX }, (_, i) => {
    const [left = 0, top = 0, width = 0, height = 0] = numbers.subarray(i * NUMBERS_A_BOX);
    return { left, top, width, height };
  });
}
