import type { EngineContext, Handlers } from '../context.ts';
import { libraryAtHand } from '../at-hand/library-at-hand.ts';
import { NO_CONTENT, sideOfRecord, StoredSides, type MatchSide } from '../matching/side.ts';
import { HeldPictures } from '../search/held-pictures.ts';
import { missingPhotos } from '../search/missing-photos.ts';
import { choicesOf } from '../search/photos-among.ts';
import { similarPhotos } from '../search/similar-photos.ts';
import type { ContentRecord, Store } from '../store/store.ts';
import { locatePhoto, notEmbedded, requireEmbeddings } from './library-vectors.ts';
import { readPhotos } from './read-photo.ts';

type Names = Extract<keyof Handlers, `similar.${string}`>;

/** @param held pictures that are no photos of the library */
export function similarMethods(
  context: EngineContext,
  held: HeldPictures = new HeldPictures(context),
): Pick<Handlers, Names> {
  return {
    'similar.toPhoto': async ({ id, top, ...query }, { signal }) => {
      const { store } = context;
      const model = await context.model();
      const { path, contentId } = locatePhoto(store, id);
      requireEmbeddings(store, model.name);
      const side = new StoredSides(store, model.name).get(contentId);
      if (side === undefined) throw notEmbedded(`${path} was not compared`, model.name);
      // One more, because the photo asked for is among them.
      const found = await similarPhotos(context, model, { ...query, path, side, top: top + 1 }, signal);
      return found.filter(({ photo }) => photo.id !== id).slice(0, top);
    },

    'similar.toFile': async ({ path, ...query }, { signal }) => {
      const model = await context.model();
      const [file] = await readPhotos(context, [path], signal);
      if (file === undefined) throw new RangeError('The reader gave no result.');
      requireEmbeddings(context.store, model.name);
      const side = sideOf(context.store, file.record);
      return similarPhotos(context, model, { ...query, path, side }, signal);
    },

    'similar.addPicture': ({ name, data }, { signal }) => held.add(name, data, signal),

    'similar.toPicture': async ({ picture, ...query }, { signal }) => {
      const model = await context.model();
      const { record } = held.get(picture);
      requireEmbeddings(context.store, model.name);
      const side = sideOf(context.store, record);
      return similarPhotos(context, model, { ...query, path: null, side }, signal);
    },

    'similar.choices': async (_none, { signal }) =>
      choicesOf(await libraryAtHand(context, await context.model(), signal)),

    'similar.missing': async ({ path }, call) => {
      const model = await context.model();
      requireEmbeddings(context.store, model.name);
      return missingPhotos(context, model, path, call);
    },
  };
}

function sideOf(store: Store, record: ContentRecord): MatchSide {
  return sideOfRecord(record, store.contents.idByHash(record.hash) ?? NO_CONTENT);
}
