/** @file Makes the made photo of the first screen's prints: src-renderer/assets/start/original.jpg. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { renderScene } from '../src-main/engine/demo/index.ts';
import { root } from './setup/paths.mjs';

const SEED = 17;
const WIDTH_PX = 720;
const HEIGHT_PX = 480;
const SHOWN_QUALITY = 84;

const folder = path.join(root, 'src-renderer/assets/start');
mkdirSync(folder, { recursive: true });
const { width, height, data } = renderScene(SEED, { width: WIDTH_PX, height: HEIGHT_PX });
const picture = sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: SHOWN_QUALITY });
writeFileSync(path.join(folder, 'original.jpg'), await picture.toBuffer());
