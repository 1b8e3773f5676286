import type { GroupId, PhotoId, Verdict, VerdictChange, VerdictPair } from '../../contract/model.ts';
import type { EngineContext, Handlers } from '../context.ts';
import type { GroupIndex } from '../groups/group-index.ts';
import { newestFirst, type VerdictLink } from '../groups/linkage.ts';
import { pairName } from '../groups/pair-name.ts';
import { countRevision } from '../groups/settings.ts';
import type { ContentId, Store } from '../store/store.ts';
import { locatePhoto } from './library-vectors.ts';

interface ContentPair {
  a: ContentId;
  b: ContentId;
}

export function verdictMethods(context: EngineContext): Pick<Handlers, 'verdicts.set' | 'verdicts.list'> {
  return {
    'verdicts.set': async ({ pairs, verdict }, { signal }): Promise<VerdictChange> => {
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
