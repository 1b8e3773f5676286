/** @file What both extractors ask of their input. */
import { type RgbImage, THUMBNAIL_EDGE_PX } from '../imaging/image.ts';
import { type ContentBox } from './content-boxes.ts';
import { BOX_MARGIN_PX, BOXES_MAX } from './parameters.ts';

/** @throws RangeError when it is no thumbnail of ours */
export function requireThumbnail({ width, height, data }: RgbImage): void {
  const isSize = (side: number): boolean => Number.isInteger(side) && side >= 1 && side <= THUMBNAIL_EDGE_PX;
  if (isSize(width) && isSize(height) && data.length === width * height * 3) return;
  throw new RangeError(
    `Local features need a thumbnail of 1 to ${THUMBNAIL_EDGE_PX} px a side and 3 bytes a pixel, ` +
      `not ${width} x ${height} with ${data.length} bytes.`,
  );
}

interface Size {
  width: number;
  height: number;
}

/** [left, top, right, bottom] of where points are wanted, in pixels of the grey picture, borders included. */
export type Rectangle = readonly [left: number, top: number, right: number, bottom: number];

export function boxRectangles(boxes: readonly ContentBox[], thumbnail: Size, grey: Size): Rectangle[] {
  if (boxes.length > BOXES_MAX) throw new RangeError(`A photo has at most ${BOXES_MAX} content boxes.`);
  const across = grey.width / thumbnail.width;
  const down = grey.height / thumbnail.height;
  return boxes.map(({ left, top, width, height }) => [
    Math.fround(left * across + BOX_MARGIN_PX),
    Math.fround(top * down + BOX_MARGIN_PX),
    Math.fround((left + width) * across - BOX_MARGIN_PX),
    Math.fround((top + height) * down - BOX_MARGIN_PX),
  ]);
}

/** @returns whether a place of the grey picture is wanted: inside a box, or anywhere when there are none */
export function boxFilter(
  boxes: readonly ContentBox[],
  thumbnail: Size,
  grey: Size,
): (x: number, y: number) => boolean {
  const rectangles = boxRectangles(boxes, thumbnail, grey);
  if (rectangles.length === 0) return () => true;
  return (x, y) =>
    rectangles.some(([left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom);
}
