/** @file Folders with made photos, and a digest that shows whether anything in them was touched. */
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { renderScene } from '../../../src-main/engine/demo/index.ts';

const WIDTH = 480;
const HEIGHT = 360;

/** Scene `seed` as pixels. */
export function scene(seed: number): Sharp {
  const { data, width, height } = renderScene(seed, { width: WIDTH, height: HEIGHT });
  return sharp(data, { raw: { width, height, channels: 3 } });
}

export async function write(file: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/**
 * Scenes 1 to 4 with copies of 1 (same bytes), 2 (half the size, and the same pixels as PNG) and 3 (another quality);
 * three files that can't be read, a text, hidden and linked folders, a link in a circle, odd names.
 */
export async function makePhotoTree(folder: string): Promise<void> {
  const at = (name: string): string => join(folder, 'photos', name);
  const first = await scene(1).jpeg({ quality: 92 }).toBuffer();
  const second = await scene(2).jpeg({ quality: 92 }).toBuffer();
  const third = await scene(3).jpeg({ quality: 92 }).toBuffer();
  await write(at('one.jpg'), first);
  await write(at('-odd name, “quoted”.jpg'), first);
  await write(at('nested/deep/two.jpg'), second);
  await write(
    at('nested/two small.jpg'),
    await sharp(second)
      .resize(WIDTH / 2)
      .jpeg()
      .toBuffer(),
  );
  await write(at('nested/two.png'), await sharp(second).png().toBuffer());
  await write(at('three.jpg'), third);
  await write(at('three again.webp'), await sharp(third).webp({ quality: 85 }).toBuffer());
  await write(at('four'), await scene(4).jpeg().toBuffer());
  await write(at('broken/empty.jpg'), '');
  await write(at('broken/cut off.jpg'), first.subarray(0, first.length / 2));
  await write(at('broken/page.jpg'), '<!doctype html><p>Not a photo</p>'.repeat(40));
  await write(at('notes.txt'), 'notes');
  await write(at('.hidden/five.jpg'), await scene(5).jpeg().toBuffer());
  await write(join(folder, 'elsewhere/six.jpg'), await scene(6).jpeg().toBuffer());
  await symlink('..', at('nested/circle'));
  await symlink(join(folder, 'elsewhere'), at('linked'));
  await symlink(join(folder, 'nowhere'), at('dangling'));
}

/** Everything that can be told of each file and folder, by path; times of access aside. */
export async function digestTree(folder: string): Promise<Record<string, string>> {
  const digest: Record<string, string> = {};
  const names = await readdir(folder, { recursive: true });
  for (const name of names.sort()) {
    const path = join(folder, name);
    const { mode, size, mtimeMs, ino } = await lstat(path);
    digest[name] = [mode, size, mtimeMs, ino, await contentOf(path)].join(' ');
  }
  return digest;
}

async function contentOf(path: string): Promise<string> {
  const stats = await lstat(path);
  if (stats.isSymbolicLink()) return `-> ${await readlink(path)}`;
  if (!stats.isFile()) return 'folder';
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
