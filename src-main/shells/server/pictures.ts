/** @file GET /photo/ID/SIZE: a picture of a photo of the library, by id and size only. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Engine } from '../../contract/engine.ts';
import { LookalikeError } from '../../contract/errors.ts';
import { pictureSizes, type PictureSize } from '../../contract/methods.ts';
import type { Photo } from '../../contract/model.ts';

interface PictureAddress {
  id: number;
  size: PictureSize;
}

/** @returns undefined when the path is no picture's. */
export function parsePictureAddress(pathname: string): PictureAddress | undefined {
  const [, digits, word] = /^\/photo\/([1-9]\d{0,14})\/([a-z]+)$/.exec(pathname) ?? [];
  const size = pictureSizes.find((known) => known === word);
  return size === undefined ? undefined : { id: Number(digits), size };
}

/** Changes when the file behind the id does. */
function entityTag(photo: Photo, size: PictureSize): string {
  return `"${photo.id}-${size}-${photo.bytes}-${Date.parse(photo.modifiedAt)}"`;
}

/** @throws LookalikeError NOT_FOUND, PHOTO_UNREADABLE, … before anything is sent. */
export async function answerPicture(
  engine: Engine,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const address = parsePictureAddress(pathname);
  if (address === undefined) throw new LookalikeError('NOT_FOUND', 'There is no such picture.');
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const photo = await engine.request('photos.get', { id: address.id }, { signal: gone.signal });
  const tag = entityTag(photo, address.size);
  // Asking again is cheap on this machine; a picture of a file that has changed would be wrong.
  const headers = { etag: tag, 'cache-control': 'private, no-cache' };
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, headers).end();
    return;
  }
  const { mime, data } = await engine.request('photos.picture', address, { signal: gone.signal });
  response.writeHead(200, { ...headers, 'content-type': mime, 'content-length': data.byteLength });
  response.end(request.method === 'HEAD' ? undefined : data);
}
