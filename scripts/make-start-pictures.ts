/** @file Makes the four prints of the first screen (one made photo and three copies of it) into src-renderer/assets/start. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { damage, renderScene, type DamageName } from '../src-main/engine/demo/index.ts';
import { root } from './setup/paths.mjs';

const SEED = 17;
const WIDTH_PX = 720;
const HEIGHT_PX = 480;
const SHOWN_QUALITY = 84;

const prints: Record<string, DamageName | 'as it is'> = {
  original: 'as it is',
  're-encoded': 'grey',
  mirrored: 'mirrored',
  cropped: 'cropped',
};

const folder = path.join(root, 'src-renderer/assets/start');
mkdirSync(folder, { recursive: true });
const scene = renderScene(SEED, { width: WIDTH_PX, height: HEIGHT_PX });
for (const [name, change] of Object.entries(prints)) {
  const picture =
    change === 'as it is'
      ? sharp(scene.data, { raw: { width: scene.width, height: scene.height, channels: 3 } })
      : sharp((await damage(scene, change)).bytes);
  writeFileSync(path.join(folder, `${name}.jpg`), await picture.jpeg({ quality: SHOWN_QUALITY }).toBuffer());
}
