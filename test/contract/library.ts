/** @file A small library for the conformance scenarios: made scenes, an exact copy, other copies, a broken file. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { asCameraFile, damage, renderScene } from '../../src-main/engine/demo/index.ts';

export interface TestLibrary {
  /** The folder to scan. */
  album: string;
  /** Another, with one photo of its own. */
  spare: string;
  /** A half-size copy of beach.jpg that lies in neither. */
  outside: string;
  database: string;
  dispose: () => Promise<void>;
}

/** Files of the album by the name that the scenarios use. */
export const album = {
  beach: 'beach.jpg',
  beachAgain: 'backup/beach.jpg',
  beachSmall: 'sent/beach small.jpg',
  city: 'city.jpg',
  cityWeb: 'sent/city.webp',
  hills: 'hills.jpg',
  cutOff: 'cut off.jpg',
} as const;
export type AlbumFile = keyof typeof album;
export const readableFiles = 6;

const SCENE = { width: 640, height: 480 };

async function save(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

export async function makeLibrary(): Promise<TestLibrary> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'lookalike-contract-')));
  const [folder, spare, outside] = [join(root, 'album'), join(root, 'spare'), join(root, 'outside.jpg')];
  const beach = renderScene(101, SCENE);
  const city = renderScene(202, SCENE);
  const hills = renderScene(303, SCENE);
  const camera = { takenAt: new Date('2021-05-06T07:08:09Z'), camera: 'Sunny 12' };
  const beachFile = await asCameraFile(beach, camera);
  const cityFile = await asCameraFile(city, { ...camera, takenAt: new Date('2022-05-06T07:08:09Z') });
  await save(folder, album.beach, beachFile);
  await save(folder, album.beachAgain, beachFile);
  await save(folder, album.beachSmall, (await damage(beach, 'half size')).bytes);
  await save(folder, album.city, cityFile);
  await save(folder, album.cityWeb, (await damage(city, 'as WebP')).bytes);
  await save(folder, album.hills, await asCameraFile(hills, camera));
  await save(folder, album.cutOff, cityFile.subarray(0, cityFile.length / 2));
  await save(spare, 'only.jpg', await asCameraFile(renderScene(404, SCENE), camera));
  await save(root, 'outside.jpg', (await damage(beach, 'half size')).bytes);
  return {
    album: folder,
    spare,
    outside,
    database: join(root, 'data', 'library.sqlite'),
    dispose: () => rm(root, { recursive: true, force: true }),
  };
}
