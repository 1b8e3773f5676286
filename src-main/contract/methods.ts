/**
 * @file The one list of operations: name -> {input, output, event, who may ask}. Every transport, the command
 * line and the conformance scenarios are typed by it; inputs are parsed by it at the outermost edge.
 */
import * as v from 'valibot';
import { LookalikeError } from './errors.ts';
import { method } from './method.ts';
import { trainingMethods } from './methods/training.ts';
import {
  folderRoles,
  groupKinds,
  keeperRuleNames,
  mapColorings,
  relations,
  tiers,
  verdicts,
  type CandidatePair,
  type Comparison,
  type DoctorReport,
  type FailedPhoto,
  type Folder,
  type GroupDetail,
  type GroupPage,
  type GroupTotals,
  type HeldPicture,
  type KeeperRules,
  type LibraryMap,
  type LibrarySummary,
  type MapClusters,
  type MapLabels,
  type MapLinks,
  type MissingPhotos,
  type Photo,
  type Picture,
  type ScanSummary,
  type ScoreHistogram,
  type SearchChoices,
  type SelfTest,
  type SelfTestProgress,
  type SimilarPhoto,
  type VerdictChange,
  type VerdictPair,
} from './model.ts';
import type { ScanProgress } from './progress.ts';

export type { Reach } from './method.ts';

const none = v.strictObject({});
const id = v.pipe(v.number(), v.integer(), v.minValue(1));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(32_767));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** A rectangle in parts of a photo, orientation applied. */
const region = v.pipe(
  v.strictObject({ left: share, top: share, width: share, height: share }),
  v.check(
    ({ left, top, width, height }) => width > 0 && height > 0 && left + width <= 1 && top + height <= 1,
    'must be a rectangle inside the photo',
  ),
);
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
/** Pairs that score less are never copies, whatever the user wants: they are not even asked for. */
export const LOWEST_THRESHOLD = 0.1;
const score = v.pipe(v.number(), v.minValue(LOWEST_THRESHOLD), v.maxValue(1));
/** A name that a person gives: it can't be a path, so a window may send it. */
const title = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(60),
  v.regex(/^[^/\\\p{Cc}]+$/u, 'must be a name without slashes'),
);
const keeperOrder = v.pipe(
  v.array(v.picklist(keeperRuleNames)),
  v.minLength(1),
  v.check((order) => new Set(order).size === order.length, 'must name each rule once'),
);
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

/** Components that a map knows. */
export const MAP_COMPONENTS = 8;

/** Edges of the pictures that may be asked for: the stored thumbnail (320 px) or a view (2,048 px at most). */
export const pictureSizes = ['thumbnail', 'view'] as const;
export type PictureSize = (typeof pictureSizes)[number];

/** Orders of the list of groups. */
export const groupOrders = ['gain', 'probability', 'date', 'members'] as const;
export type GroupOrder = (typeof groupOrders)[number];

export const methods = {
  'library.summary': method<LibrarySummary>()('window', none),
  'folders.list': method<Folder[]>()('window', none),
  /** Adds folders, or changes those that are there (same path). Fails with FOLDER_MISSING. */
  'folders.add': method<Folder[]>()(
    'shell',
    v.strictObject({
      paths: v.pipe(v.array(path), v.minLength(1)),
      role: v.optional(v.picklist(folderRoles), 'library'),
      hidden: v.optional(v.boolean(), false),
      followLinks: v.optional(v.boolean(), false),
      exclude: v.optional(v.array(v.string()), []),
    }),
  ),
  'folders.update': method<Folder>()('window', v.strictObject({ id, role: v.picklist(folderRoles) })),
  /** Forgets the folder and its rows; no file is touched. */
  'folders.remove': method<{ photos: number }>()('window', v.strictObject({ id })),
  /**
   * Scans the named folders, or all. One scan at a time; a second is DATABASE_LOCKED. When aborted it resolves
   * with `stopped: true` and what is done is kept. `retryFailed` tries unreadable files again though unchanged.
   */
  'scan.run': method<ScanSummary, ScanProgress>()(
    'window',
    v.strictObject({
      folders: v.optional(v.array(id)),
      retryFailed: v.optional(v.boolean(), false),
    }),
    { resumable: true },
  ),
  /** Stops the running scan, whoever started it. */
  'scan.stop': method<{ stopped: boolean }>()('window', none),
  /** The running scan's progress (null: none runs) and the summary of the last one since the engine started. */
  'scan.state': method<{ progress: ScanProgress | null; last: ScanSummary | null }>()('window', none),
  'failures.list': method<FailedPhoto[]>()('window', none),
  'groups.list': method<GroupPage>()(
    'window',
    v.strictObject({
      kind: v.optional(v.picklist([...groupKinds, 'all']), 'copies'),
      minProbability: v.optional(share),
      tiers: v.optional(v.array(v.picklist(tiers))),
      /** Groups that free at least this much. */
      minBytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      /** Groups at another threshold than the saved one, which stays. */
      threshold: v.optional(score),
      relations: v.optional(v.array(v.picklist(relations))),
      folder: v.optional(id),
      /** Groups with one of these photos. */
      photos: v.optional(v.pipe(v.array(id), v.maxLength(1_000_000))),
      order: v.optional(v.picklist(groupOrders), 'gain'),
      offset: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000)), 100),
    }),
  ),
  /** A group with all its links. NOT_FOUND when it is no group at this threshold (any more). */
  'groups.get': method<GroupDetail>()('window', v.strictObject({ id, threshold: v.optional(score) })),
  /** Scores of all stored pairs that could be copies. */
  'groups.histogram': method<ScoreHistogram>()('window', none),
  /** Saves the threshold (null: the model's own) and groups anew. */
  'groups.setThreshold': method<GroupTotals>()('window', v.strictObject({ score: v.nullable(score) })),
  /** This photo of the group stays whatever the rules say; null: the rules decide again. */
  'groups.setKeeper': method<GroupDetail>()(
    'window',
    v.strictObject({ group: id, photo: v.nullable(id), threshold: v.optional(score) }),
  ),
  /**
   * What the user says of pairs, for ever; null takes it back. Not copies: `different` for every pair of a group. Split:
   * `different` for its weakest link.
   */
  'verdicts.set': method<VerdictChange>()(
    'window',
    v.strictObject({
      pairs: v.pipe(v.array(v.strictObject({ a: id, b: id })), v.minLength(1), v.maxLength(100_000)),
      verdict: v.nullable(v.picklist(verdicts)),
    }),
  ),
  /** Newest first. */
  'verdicts.list': method<VerdictPair[]>()('window', none),
  ...trainingMethods,
  'keeper.rules.get': method<KeeperRules>()('window', none),
  /** Rules that are not named decide nothing. Folders, best first; those not named come last. */
  'keeper.rules.set': method<KeeperRules>()(
    'window',
    v.strictObject({ order: keeperOrder, folders: v.optional(v.array(id)) }),
  ),
  /** Keeps an order of rules under a name; the same name again replaces it. */
  'keeper.rules.savePreset': method<KeeperRules>()(
    'window',
    v.strictObject({ name: title, order: keeperOrder }),
  ),
  /** NOT_FOUND for a name that is none of the user's own. */
  'keeper.rules.deletePreset': method<KeeperRules>()('window', v.strictObject({ name: title })),
  /**
   * Damaged copies of a sample of the library, made in memory, looked for in the library as a scan would. Nothing is
   * written, neither to disk nor to the database. NOTHING_TO_DO without photos that can be reached.
   */
  'selfTest.run': method<SelfTest, SelfTestProgress>()(
    'window',
    v.strictObject({ photos: v.optional(v.pipe(count, v.maxValue(10_000)), 50) }),
  ),
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
  'photos.get': method<Photo>()('window', v.strictObject({ id })),
  /** In the order of the ids; those that are gone are left out. */
  'photos.list': method<Photo[]>()(
    'window',
    v.strictObject({ ids: v.pipe(v.array(id), v.maxLength(1_000)) }),
  ),
  /** A picture of a photo of the library as JPEG, orientation applied; a region comes from the file, as large as that size allows. */
  'photos.picture': method<Picture>()(
    'window',
    v.strictObject({ id, size: v.picklist(pictureSizes), region: v.optional(region) }),
  ),
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
  'map.points': method<LibraryMap>()(
    'window',
    v.strictObject({
      dims: v.optional(v.picklist([2, 3]), 2),
      /** Components, from 0; the first ones unless given. */
      axes: v.optional(
        v.pipe(
          v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAP_COMPONENTS - 1))),
          v.minLength(2),
          v.maxLength(3),
          v.check((axes) => new Set(axes).size === axes.length, 'must name each component once'),
        ),
      ),
      colorBy: v.optional(v.picklist(mapColorings), 'folder'),
      paths: v.optional(v.boolean(), false),
    }),
  ),
  'map.labels': method<MapLabels>()('window', v.strictObject({ colorBy: v.picklist(mapColorings) })),
  'map.clusters': method<MapClusters>()('window', none),
  'map.links': method<MapLinks>()('window', v.strictObject({ a: id, b: id })),
  /** Makes the demo library (generated scenes and damaged copies) in the data folder and adds it. */
  'demo.create': method<Folder>()('window', none),
  'doctor.report': method<DoctorReport>()('window', none),
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export const methodNames = Object.keys(methods) as MethodName[];

/** What a caller may write (defaults left out), and what a handler gets (defaults filled in). */
export type MethodInput<N extends MethodName> = v.InferInput<Methods[N]['input']>;
export type ParsedInput<N extends MethodName> = v.InferOutput<Methods[N]['input']>;
export type MethodOutput<N extends MethodName> = NonNullable<Methods[N]['types']>['output'];
export type MethodEvent<N extends MethodName> = NonNullable<Methods[N]['types']>['event'];

export function isMethodName(name: unknown): name is MethodName {
  return typeof name === 'string' && Object.hasOwn(methods, name);
}

/** Checks an input against its method's schema. @throws LookalikeError INVALID_INPUT that names the field. */
export function parseInput<N extends MethodName>(name: N, input: unknown): ParsedInput<N> {
  return parseWith<Methods[N]['input']>(methods[name].input, name, input);
}

/** The same for any schema; `name` begins the message. */
export function parseWith<Schema extends v.GenericSchema>(
  schema: Schema,
  name: string,
  input: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const field = v.getDotPath(issue);
  throw new LookalikeError(
    'INVALID_INPUT',
    `${name}: ${field === null ? 'input' : `"${field}"`}: ${issue.message}`,
  );
}
