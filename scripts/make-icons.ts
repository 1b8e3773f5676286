/** @file `node scripts/make-icons.ts`: renders assets/icons/icon.svg at the sizes that the systems ask for. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

/** Linux's icon themes use 16 to 512; macOS and Windows make theirs from the largest. */
const SIZES_PX = [16, 32, 48, 64, 128, 256, 512, 1024];
const SVG_EDGE_PX = 512;
const SVG_DPI = 72;

const folder = path.join(import.meta.dirname, '../assets/icons');
const drawing = await readFile(path.join(folder, 'icon.svg'));
for (const edge of SIZES_PX) {
  await sharp(drawing, { density: (SVG_DPI * edge) / SVG_EDGE_PX })
    .resize(edge, edge)
    .png({ compressionLevel: 9 })
    .toFile(path.join(folder, `${edge}x${edge}.png`));
}
