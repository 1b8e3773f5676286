/** @file Two photos: candidates, searches, comparisons. */
import * as v from 'valibot';
import { method } from '../method.ts';
import type {
  CandidatePair,
  Comparison,
  HeldPicture,
  MissingPhotos,
  SearchChoices,
  SimilarPhoto,
} from '../model.ts';
import { count, id, none, path } from './inputs.ts';

const metric = v.optional(v.picklist(['cosine', 'l2']), 'cosine');
const year = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9_999));
/** Which photos of the library may be found. */
const among = v.strictObject({
  folder: v.optional(id),
  /** Taken in these years, both included. */
  from: v.optional(year),
  to: v.optional(year),
  /** Where years are named: photos without a date too. */
  undated: v.optional(v.boolean(), false),
  camera: v.optional(v.pipe(v.string(), v.regex(/^[^\p{Cc}]{1,200}$/u, 'must be the name of a camera'))),
});
const search = { top: v.optional(count, 50), metric, among: v.optional(among, {}) };
/** A larger file is no photo that anybody drops on a window. */
export const MAX_PICTURE_BYTES = 64 * 1024 * 1024;
const heldPicture = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must name a picture that was added'));
/** A photo of the library, or a picture that was added. */
const pictured = v.union([v.strictObject({ photo: id }), v.strictObject({ picture: heldPicture })]);

export const pairMethods = {
  /** Every photo's `top` best candidates, each unordered pair once, in batches by event, best first. */
  'pairs.list': method<{ pairs: number }, CandidatePair[]>()(
    'window',
    v.strictObject({ top: v.optional(count, 10), minScore: v.optional(v.number()) }),
  ),
  /**
   * Looks at both files of a pair that thumbnails leave open, once, and stores what it is then; groups follow. A pair with
   * nothing open is answered without opening a file. PHOTO_UNREADABLE names the file.
   */
  'pairs.look': method<Comparison>()('window', v.strictObject({ a: id, b: id })),
  'similar.toPhoto': method<SimilarPhoto[]>()('window', v.strictObject({ id, ...search })),
  'similar.toFile': method<SimilarPhoto[]>()('shell', v.strictObject({ path, ...search })),
  /**
   * Reads a picture that is dropped, pasted or picked: its bytes come, no path. It is not added to the library.
   * PHOTO_UNREADABLE for what is no picture.
   */
  'similar.addPicture': method<HeldPicture>()(
    'window',
    v.strictObject({
      name: v.pipe(v.string(), v.regex(/^[^/\\\p{Cc}]{0,255}$/u, 'must be a name without slashes')),
      data: v.pipe(
        v.instance(Uint8Array),
        v.check(({ length }) => length <= MAX_PICTURE_BYTES, 'must be a file of at most 64 MB'),
      ),
    }),
  ),
  /** NOT_FOUND when the picture is no longer held: add it again. */
  'similar.toPicture': method<SimilarPhoto[]>()(
    'window',
    v.strictObject({ picture: heldPicture, ...search }),
  ),
  'similar.choices': method<SearchChoices>()('window', none),
  /** Reads a folder and tells what of it the library lacks. Nothing is added. Fails with FOLDER_MISSING. */
  'similar.missing': method<MissingPhotos, { done: number; total: number }>()(
    'shell',
    v.strictObject({ path }),
  ),
  'compare.photos': method<Comparison>()('window', v.strictObject({ a: id, b: id })),
  'compare.files': method<Comparison>()('shell', v.strictObject({ a: path, b: path })),
  /** The same, where one or both are pictures that were added. */
  'compare.pictures': method<Comparison>()('window', v.strictObject({ a: pictured, b: pictured })),
} as const;
