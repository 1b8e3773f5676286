import { LookalikeError } from '../../contract/errors.ts';
import type { ParsedInput } from '../../contract/methods.ts';
import type { Alignment, Comparison, PhotoId } from '../../contract/model.ts';
import type { EngineContext, Handlers, ModelInfo } from '../context.ts';
import { sideOfRecord, StoredSides, type MatchSide } from '../matching/side.ts';
import type { ContentOnDisk } from '../scan/look-at-pair.ts';
import { HeldPictures, type Held } from '../search/held-pictures.ts';
import { verdictOf } from '../similarity/calibration.ts';
import { sayDifferences } from '../similarity/differences.ts';
import { tellFactsApart, type FileFacts } from '../similarity/fact-table.ts';
import { sayPair } from '../similarity/sentence.ts';
import type { Store } from '../store/store.ts';
import { judgePair } from './judged-pair.ts';
import { lookAtStored } from './pair-look.ts';
import { embeddingOf, locatePhoto, notEmbedded } from './library-vectors.ts';
import { readPhotos, type ReadPhoto } from './read-photo.ts';

/** What a comparison needs of either photo. Two sides of one id hold the same bytes. */
interface Side {
  /** Null: it is held in memory, so its pixels can't be compared but on its thumbnail. */
  path: string | null;
  /** SHA-256 of its bytes. */
  hash: Uint8Array;
  match: MatchSide;
  file: FileFacts;
}

type LibrarySide = Side & { path: string };

type Pictured = ParsedInput<'compare.pictures'>['a'];

/** @param held pictures that are no photos of the library */
export function compareMethods(
  context: EngineContext,
  held: HeldPictures = new HeldPictures(context),
): Pick<Handlers, 'compare.photos' | 'compare.files' | 'compare.pictures' | 'pairs.look'> {
  return {
    'compare.photos': async ({ a, b }, { signal }) => {
      const model = await context.model();
      const sides = new StoredSides(context.store, model.name);
      const [one, other] = [a, b].map((id) => sideOfPhoto(context, model, sides, id));
      if (one !== undefined && other !== undefined)
        return compare(context, model, one, other, { signal, look: false });
      // Read before local features were stored: the next scan makes them, this answer reads the files.
      const paths = [a, b].map((id) => locatePhoto(context.store, id).path);
      return compareFiles(context, model, paths, signal);
    },

    'compare.files': async ({ a, b }, { signal }) =>
      compareFiles(context, await context.model(), [a, b], signal),

    'pairs.look': async ({ a, b }, { signal }) => {
      const model = await context.model();
      const sides = new StoredSides(context.store, model.name);
      const [one, other] = [needSide(context, model, sides, a), needSide(context, model, sides, b)];
      await lookAtStored(context, model, { sides, a: onDisk(one), b: onDisk(other) }, signal);
      return compare(context, model, one, other, { signal, look: false });
    },

    'compare.pictures': async ({ a, b }, { signal }) => {
      const model = await context.model();
      const sides = new StoredSides(context.store, model.name);
      const sideOf = (asked: Pictured): Side => {
        if ('picture' in asked) return sideOfHeld(context.store, held.get(asked.picture));
        return needSide(context, model, sides, asked.photo);
      };
      return compare(context, model, sideOf(a), sideOf(b), { signal, look: false });
    },
  };
}

function sideOfHeld(store: Store, { record }: Held): Side {
  const id = store.contents.idByHash(record.hash) ?? numberOf(record.hash);
  return {
    path: null,
    hash: record.hash,
    match: sideOfRecord(record, id),
    file: { ...record, modifiedAt: null },
  };
}

/** Negative, so that no content has it, and another for other bytes. */
function numberOf(hash: Uint8Array): number {
  const HASH_BYTES = 6;
  return -1 - Buffer.from(hash).readUIntBE(0, HASH_BYTES);
}

async function compareFiles(
  context: EngineContext,
  model: ModelInfo,
  paths: string[],
  signal: AbortSignal,
): Promise<Comparison> {
  const [a, b] = (await readPhotos(context, paths, signal)).map(sideOfFile);
  if (a === undefined || b === undefined) throw new RangeError('A comparison needs two photos.');
  return compare(context, model, a, b, { signal, look: true });
}

/** @throws LookalikeError NOT_FOUND; NOTHING_TO_DO also for a photo whose local features are still to be made */
function needSide(context: EngineContext, model: ModelInfo, sides: StoredSides, id: PhotoId): LibrarySide {
  const side = sideOfPhoto(context, model, sides, id);
  if (side !== undefined) return side;
  throw notEmbedded(`${locatePhoto(context.store, id).path} was not compared`, model.name);
}

function onDisk({ match, path }: LibrarySide): ContentOnDisk {
  return { id: match.facts.id, path };
}

/**
 * @returns undefined for a photo whose local features are still to be made
 * @throws LookalikeError NOT_FOUND, NOTHING_TO_DO when the active model has not seen it
 */
function sideOfPhoto(
  { store }: EngineContext,
  model: ModelInfo,
  sides: StoredSides,
  id: PhotoId,
): LibrarySide | undefined {
  const { path, contentId } = locatePhoto(store, id);
  embeddingOf(store, model.name, contentId, path);
  const match = sides.get(contentId);
  const hash = store.contents.hash(contentId);
  const [photo] = store.photos.byIds([id]);
  if (photo === undefined) throw new LookalikeError('NOT_FOUND', `${path} is no longer in the library.`);
  if (match === undefined || hash === undefined) return undefined;
  const facts = store.contents.facts([contentId]).get(contentId) ?? {};
  return { path, hash, match, file: { ...photo, jpegQuality: match.facts.jpegQuality, facts } };
}

/** Whether the library has it or not: nothing that is stored is asked for. */
function sideOfFile({ path, modifiedAt, record }: ReadPhoto): Side {
  return {
    path,
    hash: record.hash,
    match: sideOfRecord(record, numberOf(record.hash)),
    file: { ...record, modifiedAt },
  };
}

interface Asked {
  signal: AbortSignal;
  /** Files are looked at too where thumbnails leave something open. */
  look: boolean;
}

async function compare(
  context: EngineContext,
  model: ModelInfo,
  a: Side,
  b: Side,
  { signal, look }: Asked,
): Promise<Comparison> {
  const hashes = look ? { hashes: { a: a.hash, b: b.hash } } : {};
  const files = a.path === null || b.path === null ? null : { a: a.path, b: b.path, ...hashes };
  const pair = await judgePair(context, model, a.match, b.match, files, signal);
  const { score, probability, tier, relation, reasons, measures } = pair;
  const alignment =
    measures?.alignment ?? unmeasured(a.file, b.file, relation === 'exact' || relation === 'same-pixels');
  const differences = sayDifferences(a.file, b.file, alignment);
  if (pair.unproved) differences.push('Pixels were not compared: one of the files can’t be read now');
  return {
    score,
    probability,
    relation,
    reasons,
    verdict: verdictOf(tier, probability),
    alignment,
    differences,
    sentence: sayPair(a.file, b.file, pair, measures),
    tier,
    measures,
    facts: tellFactsApart(a.file, b.file),
  };
}

/** Equal pixels lie on each other; of others nothing is shared as far as anyone can tell. */
function unmeasured(a: FileFacts, b: FileFacts, equal: boolean): Alignment {
  const overlap = equal ? 1 : 0;
  return { quarterTurns: 0, mirrored: false, scale: a.width / b.width, overlapA: overlap, overlapB: overlap };
}
