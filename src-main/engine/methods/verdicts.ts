import { LookalikeError } from '../../contract/errors.ts';
import type { GroupId, PhotoId, Verdict, VerdictChange, VerdictPair } from '../../contract/model.ts';
import type { EngineContext, Handlers } from '../context.ts';
import type { GroupIndex } from '../groups/group-index.ts';
import { newestFirst, type VerdictLink } from '../groups/linkage.ts';
import { pairName } from '../groups/pair-name.ts';
import { countRevision } from '../groups/settings.ts';
import type { ContentId, Store } from '../store/store.ts';
import { locatePhoto } from './library-vectors.ts';
import { readVerdictFile, writeVerdictFile } from './verdict-file.ts';

interface PhotoPair {
  a: PhotoId;
  b: PhotoId;
}

interface ContentPair {
  a: ContentId;
  b: ContentId;
}

export function verdictMethods(
  context: EngineContext,
): Pick<
  Handlers,
  'verdicts.set' | 'verdicts.setFiles' | 'verdicts.list' | 'verdicts.export' | 'verdicts.import'
> {
  const set = async (
    pairs: PhotoPair[],
    verdict: Verdict | null,
    signal: AbortSignal,
  ): Promise<VerdictChange> => {
    const { store, clock } = context;
    const contents = pairs.map(({ a, b }) => ({ a: contentOf(store, a), b: contentOf(store, b) }));
    const apart = contents.filter(({ a, b }) => a !== b);
    const changed = writeVerdicts(store, apart, verdict, new Date(clock.now()).toISOString());
    const index = await context.groups.index(signal);
    await context.groups.noteTotals(signal);
    const threshold = await context.groups.threshold();
    if (changed > 0) context.notify({ type: 'library-changed' });
    return {
      changed,
      sameBytes: contents.length - apart.length,
      contradicted: index.contradicted.flatMap((link) => photosOfLink(index, link)),
      groups: groupsOf(
        index,
        pairs.flatMap(({ a, b }) => [a, b]),
        threshold,
      ),
    };
  };

  return {
    'verdicts.set': ({ pairs, verdict }, { signal }) => set(pairs, verdict, signal),

    'verdicts.setFiles': ({ a, b, verdict }, { signal }) =>
      set([photosAt(context.store, a, b)], verdict, signal),

    'verdicts.export': async ({ path }) => {
      const list = context.store.verdicts.export();
      await writeVerdictFile(path, list);
      return { verdicts: list.length };
    },

    'verdicts.import': async ({ path }, { signal }) => {
      const { store } = context;
      const list = await readVerdictFile(path);
      const changed = store.transaction(() => {
        const news = store.verdicts.import(list);
        if (news > 0) countRevision(store, 'verdicts');
        return news;
      });
      if (changed > 0) {
        await context.groups.noteTotals(signal);
        context.notify({ type: 'library-changed' });
      }
      const waiting = list.filter(({ a, b }) => !isHere(store, a) || !isHere(store, b)).length;
      return { verdicts: list.length, changed, waiting };
    },

    'verdicts.list': async (_input, { signal }): Promise<VerdictPair[]> => {
      const index = await context.groups.index(signal);
      const contradicted = new Set(index.contradicted);
      return [...index.verdicts].sort(newestFirst).flatMap((link) =>
        photosOfLink(index, link).map((photos) => ({
          ...photos,
          verdict: link.verdict,
          since: link.at,
          honoured: !contradicted.has(link),
        })),
      );
    },
  };
}

/** @throws LookalikeError NOT_FOUND that names the file */
function photosAt(store: Store, a: string, b: string): PhotoPair {
  const photos = store.photos.allForGrouping();
  const [one, other] = [a, b].map((path) => {
    const photo = photos.find((candidate) => candidate.path === path);
    if (photo !== undefined) return photo.id;
    throw new LookalikeError('NOT_FOUND', `${path} is no photo of the library.`, {
      nextStep: 'Scan its folder first: lookalike scan DIR',
    });
  });
  return { a: one ?? 0, b: other ?? 0 };
}

function isHere(store: Store, hash: string): boolean {
  return store.contents.idByHash(Buffer.from(hash, 'hex')) !== undefined;
}

function contentOf(store: Store, photo: PhotoId): ContentId {
  return locatePhoto(store, photo).contentId;
}

/** @returns pairs whose verdict is another than before */
function writeVerdicts(store: Store, pairs: ContentPair[], verdict: Verdict | null, at: string): number {
  const before = new Map(store.verdicts.list().map((known) => [pairName(known.a, known.b), known.verdict]));
  const named = new Map(pairs.map((pair) => [pairName(pair.a, pair.b), pair]));
  const news = [...named].filter(([name]) => (before.get(name) ?? null) !== verdict);
  if (news.length === 0) return 0;
  store.transaction(() => {
    for (const [, { a, b }] of news) store.verdicts.set(a, b, verdict, at);
    countRevision(store, 'verdicts');
  });
  return news.length;
}

/** Each content by its first photo; none where a content has no photo any more. */
function photosOfLink({ rows }: GroupIndex, { a, b }: VerdictLink): { a: PhotoId; b: PhotoId }[] {
  const [one, other] = [rows.photos[a]?.[0], rows.photos[b]?.[0]];
  return one === undefined || other === undefined ? [] : [{ a: one.id, b: other.id }];
}

function groupsOf(index: GroupIndex, photos: PhotoId[], threshold: number): GroupId[] {
  const ids = new Set(photos.map((photo) => index.copiesOf(photo, threshold)?.id));
  return [...ids].filter((id) => id !== undefined).sort((a, b) => a - b);
}
