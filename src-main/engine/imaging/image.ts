/** @file The picture types that the rooms of the engine hand to each other. */

/** 8-bit sRGB, row major, three bytes a pixel: data.length === width * height * 3. */
export interface RgbImage {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Longest side of the thumbnail from which everything else is computed. */
export const THUMBNAIL_EDGE_PX = 320;
