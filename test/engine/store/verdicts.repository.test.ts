import { describe, expect, it } from 'vitest';
import { addFolder, addPhoto, content, file, hashOf, MODEL, temporaryStore } from './temporary-store.ts';

const AT = '2026-01-02T03:04:05.000Z';

describe('verdicts', () => {
  it('are one for two contents, in either order, and can be taken back', () => {
    const store = temporaryStore();
    const [a, b, c] = [1, 2, 3].map((seed) => store.contents.insert(content(seed), MODEL)) as [
      number,
      number,
      number,
    ];
    store.verdicts.set(b, a, 'same', AT);
    store.verdicts.set(a, b, 'different', AT);
    store.verdicts.set(c, a, 'same', AT);
    expect(store.verdicts.list()).toEqual([
      { a, b, verdict: 'different', at: AT },
      { a, b: c, verdict: 'same', at: AT },
    ]);
    store.verdicts.set(b, a, null, AT);
    expect(store.verdicts.list()).toEqual([{ a, b: c, verdict: 'same', at: AT }]);
    expect(() => store.verdicts.set(a, a, 'same', AT)).toThrow(RangeError);
    expect(() => store.verdicts.set(a, 99, 'same', AT)).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  });

  it('outlive their contents, under new ids too', () => {
    const store = temporaryStore();
    const folder = addFolder(store, '/photos');
    // The hash of the first is the larger one.
    const first = addPhoto(store, folder, 'a.jpg', content(1, { hash: hashOf(9) })).contentId;
    const second = addPhoto(store, folder, 'b.jpg', content(2)).contentId;
    store.verdicts.set(first, second, 'different', AT);
    store.folders.remove(folder);
    expect(store.verdicts.list()).toEqual([]);
    const later = store.contents.insert(content(7), MODEL);
    const [b, a] = [content(2), content(1, { hash: hashOf(9) })].map((one) =>
      store.contents.insert(one, MODEL),
    );
    expect(later).toBeLessThan(b!);
    expect(store.verdicts.list()).toEqual([{ a: b, b: a, verdict: 'different', at: AT }]);
  });
});

describe('choices of keepers', () => {
  it('go with their photo, and when it gets other bytes', () => {
    const store = temporaryStore();
    const folder = addFolder(store, '/photos');
    const [a, b, c] = [1, 2, 3].map((seed) => addPhoto(store, folder, `${seed}.jpg`, content(seed))) as [
      { id: number; contentId: number },
      { id: number; contentId: number },
      { id: number; contentId: number },
    ];
    for (const { id } of [b, a, c]) store.keeperChoices.set(id, AT);
    store.photos.move(a.id, { folderId: folder, directory: 'moved', name: 'x.jpg' });
    expect(store.keeperChoices.list().map(({ photoId }) => photoId)).toEqual([a.id, b.id, c.id]);
    store.photos.update(a.id, file(folder, 'x.jpg', { state: 'photo', contentId: b.contentId }));
    store.photos.update(c.id, file(folder, '3.jpg', { state: 'photo', contentId: c.contentId, bytes: 5 }));
    store.photos.remove([b.id]);
    expect(store.keeperChoices.list()).toEqual([{ photoId: c.id, at: AT }]);
    store.keeperChoices.set(c.id, null);
    expect(store.keeperChoices.list()).toEqual([]);
    expect(() => store.keeperChoices.set(999, AT)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});
