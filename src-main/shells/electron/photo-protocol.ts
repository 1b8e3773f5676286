/** @file `photo://<id>/<size>`: pictures by row id and size name. No path can be said in this scheme. */
import type { Engine } from '../../contract/engine.ts';
import { toEnvelope, type ErrorCode } from '../../contract/errors.ts';
import { pictureSizes, type PictureSize } from '../../contract/methods.ts';

export const PHOTO_SCHEME = 'photo';

/** A photo keeps its id when its file changes, so a picture is only kept for as long as one looks at a page. */
const CACHE_SECONDS = 60;

const photoUrl = new RegExp(`^${PHOTO_SCHEME}://([1-9][0-9]{0,14})/(${pictureSizes.join('|')})/?$`);

const statusOf: Partial<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  PHOTO_UNREADABLE: 404,
  ENGINE_NOT_STARTED: 503,
  ENGINE_EXITED: 503,
  ENGINE_GAVE_UP: 503,
};

/** Reads the one form there is; everything else is null. */
export function parsePhotoUrl(url: string): { id: number; size: PictureSize } | null {
  const match = photoUrl.exec(url);
  if (match === null) return null;
  const size = pictureSizes.find((name) => name === match[2]);
  return size === undefined ? null : { id: Number(match[1]), size };
}

/** Handler for `protocol.handle`. */
export function servePhotos(engine: Pick<Engine, 'request'>): (request: Request) => Promise<Response> {
  return async (request) => {
    const wanted = request.method === 'GET' ? parsePhotoUrl(request.url) : null;
    if (wanted === null) return new Response('Not found', { status: 404 });
    try {
      const picture = await engine.request('photos.picture', wanted);
      return new Response(new Uint8Array(picture.data), {
        headers: {
          'content-type': picture.mime,
          'cache-control': `private, max-age=${CACHE_SECONDS}`,
          'x-content-type-options': 'nosniff',
        },
      });
    } catch (error) {
      const { code, message } = toEnvelope(error);
      return new Response(message, { status: statusOf[code] ?? 500 });
    }
  };
}
