import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LookalikeError } from '../../../src-main/contract/errors.ts';
import { parsePhotoUrl, servePhotos } from '../../../src-main/shells/electron/photo-protocol.ts';
import { fakeEngine } from './fake-engine.ts';

describe('photo URLs', () => {
  test('id and size are read', () => {
    expect(parsePhotoUrl('photo://12/thumbnail')).toEqual({ id: 12, size: 'thumbnail' });
    expect(parsePhotoUrl('photo://500000/view')).toEqual({ id: 500_000, size: 'view' });
  });

  test.each([
    'photo://0/thumbnail',
    'photo://-1/thumbnail',
    'photo://012/thumbnail',
    'photo://1.5/view',
    'photo://1e3/view',
    'photo://0.0.0.12/view',
    'photo://12',
    'photo://12/',
    'photo://12/huge',
    'photo://12/view/../../etc/passwd',
    'photo://12/view?path=/etc/passwd',
    'photo:///etc/passwd',
    'photo://%2Fetc/view',
    'photo://12/view\n',
    ' photo://12/view',
    'app://12/view',
    'photo://9999999999999999/view',
  ])('%s is refused', (url) => {
    expect(parsePhotoUrl(url)).toBeNull();
  });

  test('every safe id comes through, and never as another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999_999 }), (id) => {
        expect(parsePhotoUrl(`photo://${id}/view`)).toEqual({ id, size: 'view' });
      }),
      { seed: 3 },
    );
  });
});

describe('answers of the photo scheme', () => {
  test('a picture comes with its type and may be kept for a while', async () => {
    const data = new Uint8Array([1, 2, 3]);
    const engine = fakeEngine({ 'photos.picture': () => ({ mime: 'image/jpeg', data }) });
    const response = await servePhotos(engine)(new Request('photo://12/view'));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('cache-control')).toMatch(/^private, max-age=\d+$/);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(data);
    expect(engine.calls).toEqual([{ name: 'photos.picture', input: { id: 12, size: 'view' } }]);
  });

  test('the engine never hears of a wrong form', async () => {
    const engine = fakeEngine({});
    expect((await servePhotos(engine)(new Request('photo://12/huge'))).status).toBe(404);
    expect((await servePhotos(engine)(new Request('photo://12/view', { method: 'POST' }))).status).toBe(404);
    expect(engine.calls).toEqual([]);
  });

  test.each([
    ['NOT_FOUND', 404],
    ['PHOTO_UNREADABLE', 404],
    ['ENGINE_EXITED', 503],
    ['INTERNAL', 500],
  ] as const)('%s answers %i', async (code, status) => {
    const engine = fakeEngine({
      'photos.picture': () => {
        throw new LookalikeError(code, 'No.');
      },
    });
    expect((await servePhotos(engine)(new Request('photo://12/view'))).status).toBe(status);
  });
});
