/** @file The pixels of two views on one grid: what the difference view is reckoned from. */
import type { Client } from '../../client/engine-client.ts';
import type { Edit, PairMeasures, PhotoId } from '../../../src-main/contract/model.ts';
import { compose, inverse, scaling, type Affine, type Size } from '../../geometry/affine.ts';
import { recoloured, type Rgba } from './colour-fit.ts';
import { differenceMap, type DifferenceMap } from './difference.ts';

/** Longest side of the grid: fine enough for a date stamp, quick enough to wait for. */
const GRID_EDGE_PX = 1024;
const tonalEdits: readonly Edit[] = ['brightness', 'grey', 'colour', 'negative'];

/** @throws LookalikeError when a file can't be read now */
export async function differenceOf(
  client: Client,
  a: PhotoId,
  b: PhotoId,
  measures: Pick<PairMeasures, 'map' | 'edits'>,
  signal: AbortSignal,
): Promise<DifferenceMap> {
  const [first, second] = await Promise.all([bitmapOf(client, a, signal), bitmapOf(client, b, signal)]);
  try {
    const onto = mapOnto(measures.map);
    const grid = gridFor(first, second, onto);
    const { width, height } = grid;
    const inA = pixelsOn(grid, first, scaling(width / first.width, height / first.height));
    const fromB = compose(scaling(width, height), onto, scaling(1 / second.width, 1 / second.height));
    const inB = pixelsOn(grid, second, fromB);
    return difference(inA, inB, grid, measures.edits);
  } finally {
    first.close();
    second.close();
  }
}

function difference(a: Rgba, b: Rgba, { width, height }: Size, edits: readonly Edit[]): DifferenceMap {
  if (edits.includes('grey')) {
    const [greyA, greyB] = [greyed(a), greyed(b)];
    return differenceMap(greyA, recoloured(greyA, greyB), width, height);
  }
  const tonal = edits.some((edit) => tonalEdits.includes(edit));
  return differenceMap(a, tonal ? recoloured(a, b) : b, width, height);
}

/** From parts of B to parts of A. */
function mapOnto(map: Affine): Affine {
  const back = inverse(map);
  if (back === null) throw new RangeError('A photo was laid on another by a map that can’t be turned round.');
  return back;
}

async function bitmapOf(client: Client, id: PhotoId, signal: AbortSignal): Promise<ImageBitmap> {
  const { mime, data } = await client.request('photos.picture', { id, size: 'view' }, { signal });
  return createImageBitmap(new Blob([new Uint8Array(data)], { type: mime }));
}

/** A's shape, as fine as the coarser of the two: what only one has pixels for is no difference. */
export function gridFor(a: Size, b: Size, onto: Affine): Size {
  const finestOfB = Math.min(
    b.width / Math.hypot(onto.xx * a.width, onto.yx * a.height),
    b.height / Math.hypot(onto.xy * a.width, onto.yy * a.height),
  );
  const scale = Math.min(1, finestOfB, GRID_EDGE_PX / Math.max(a.width, a.height));
  return {
    width: Math.max(1, Math.round(a.width * scale)),
    height: Math.max(1, Math.round(a.height * scale)),
  };
}

function pixelsOn({ width, height }: Size, picture: ImageBitmap, place: Affine): Rgba {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This window can’t draw.');
  context.imageSmoothingQuality = 'high';
  context.setTransform(place.xx, place.yx, place.xy, place.yy, place.x0, place.y0);
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

/** Weights of luminance by ITU-R BT.601. */
function greyed(rgba: Rgba): Rgba {
  const grey = new Uint8ClampedArray(rgba);
  for (let pixel = 0; pixel < grey.length; pixel += 4) {
    const light =
      0.299 * (grey[pixel] ?? 0) + 0.587 * (grey[pixel + 1] ?? 0) + 0.114 * (grey[pixel + 2] ?? 0);
    grey.fill(light, pixel, pixel + 3);
  }
  return grey;
}
