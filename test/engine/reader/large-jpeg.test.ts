import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { decodePhoto } from '../../../src-main/engine/imaging/decode.ts';
import { JPEG_DC_WASM } from '../../../src-main/engine/imaging/jpeg-dc/reader.ts';
import { createReaderPool } from '../../../src-main/engine/reader/pool.ts';
import { buildWasm } from '../features/built-wasm.ts';
import { BUILD_TIMEOUT_MS } from '../imaging/jpeg-dc/oracle.ts';
import { cloud } from '../imaging/pictures.ts';
import { optionsFor, temporaryLibrary, type TemporaryLibrary } from '../scan/temporary-library.ts';

let built: string;
beforeAll(async () => {
  built = await buildWasm();
}, BUILD_TIMEOUT_MS);

async function readLargePhoto(
  library: TemporaryLibrary,
  wasmDirectory: string,
): Promise<{ bytes: Buffer; results: unknown[] }> {
  const bytes = await cloud(41, 2900, 1000).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const path = join(library.photos, 'large.jpg');
  await writeFile(path, bytes);
  const pool = createReaderPool(optionsFor(library.database, { wasmDirectory }));
  onTestFinished(() => pool.close());
  return { bytes, results: await pool.read([{ path, named: true }]) };
}

it('a worker reads a large JPEG to what the library makes of it', async () => {
  const library = await temporaryLibrary();
  const { bytes, results } = await readLargePhoto(library, built);
  const { thumbnailHash, streamHash, thumbnailJpeg } = await decodePhoto(bytes);
  expect(results).toMatchObject([
    {
      kind: 'read',
      record: {
        width: 1000,
        height: 2900,
        thumbnailHash: Uint8Array.from(thumbnailHash),
        streamHash: Uint8Array.from(streamHash!),
        thumbnail: Uint8Array.from(thumbnailJpeg),
      },
    },
  ]);
});

it('a reader that cannot be opened fails the batch, not the photo', async () => {
  const library = await temporaryLibrary();
  const damaged = join(library.photos, '..', 'wasm');
  await cp(built, damaged, { recursive: true });
  await writeFile(join(damaged, JPEG_DC_WASM), 'no module');
  await expect(readLargePhoto(library, damaged)).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
});
