/**
 * @file Pairs of files of one size, format and quality, at a camera's size: copies that were edited and saved as they had
 * been, beside frames of a burst. Nothing that is written of a file tells them apart, only a second look does.
 */
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { finish, open } from '../../../src-main/engine/damage/pixels.ts';
import type { Step } from '../../../src-main/engine/damage/damage.ts';
import * as step from '../../../src-main/engine/damage/steps.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import { largeLookalikes } from './large-lookalikes.ts';
import { localEdits } from './local-edits.ts';
import type { LookalikePair, Split } from './lookalikes.ts';
import { madeOnce, type PictureWriter } from './picture-folder.ts';
import { randomOf } from './source.ts';

const SOURCES = [
  'src-main/engine/damage',
  'src-main/engine/demo/random.ts',
  ...['bursts', 'equal-files', 'large-lookalikes', 'local-edits', 'masks', 'source'].map(
    (file) => `test/quality/sets/${file}.ts`,
  ),
];
/** That of the frames they are made of. */
const CAMERA_QUALITY = 93;
const LOCAL_EDITS = ['text', 'sticker, small', 'retouched', 'object removed', 'red eye'];
const edits: readonly { name: string; edit: Step }[] = [
  { name: 'saved again', edit: (image) => image },
  { name: 'photo filter', edit: step.photoFilter },
  { name: 'brighter', edit: step.brightness(1.25) },
  ...localEdits.filter(({ name }) => LOCAL_EDITS.includes(name)),
];

/** As messengers send photos on. */
const SENT_QUALITY = 75;
const SENT_EDGE_PX = 1600;
const SENT_EDITS = ['saved again', 'text', 'sticker, small'];
const SENT_FRAMES = ['still', 'blink', 'moved, small', 'passer-by, small'];

/** Empty where shared/photos/large is not there. */
export async function equalFiles(split: Split): Promise<LookalikePair[]> {
  const large = await largeLookalikes(split);
  const { folder, list } = await madeOnce(`equal-files-${split}`, SOURCES, async (writer) => {
    const pairs: LookalikePair[] = [];
    for (const [base, frames] of Map.groupBy(large, ({ a }) => a)) {
      pairs.push(...(await savedAlike(base, frames, writer)), ...(await sentAlike(base, frames, writer)));
    }
    return pairs;
  });
  return list.map((pair) => ({ ...pair, a: path.join(folder, pair.a), b: path.join(folder, pair.b) }));
}

async function savedAlike(
  base: string,
  [frame]: readonly LookalikePair[],
  writer: PictureWriter,
): Promise<LookalikePair[]> {
  const source = frame?.source ?? '';
  const bytes = await readFile(base);
  const a = await writer.keep(`${source}/base`, () => bytes);
  const taken = await finish(sharp(bytes));
  const pairs: LookalikePair[] = [];
  for (const { name: kind, edit } of edits) {
    const b = await writer.keep(`${source}/${kind}`, async () =>
      coded(await edit(taken, randomOf(`equal/${source}/${kind}`), []), CAMERA_QUALITY),
    );
    pairs.push({ a, b, label: 'copy', family: 'equal files', kind, source });
  }
  return pairs;
}

async function sentAlike(
  base: string,
  frames: readonly LookalikePair[],
  writer: PictureWriter,
): Promise<LookalikePair[]> {
  const source = frames[0]?.source ?? '';
  const sent = async (file: string): Promise<Buffer> =>
    coded(
      await step.within(SENT_EDGE_PX)(await finish(sharp(await readFile(file))), randomOf(file), []),
      SENT_QUALITY,
    );
  const a = await writer.keep(`${source}/sent/base`, () => sent(base));
  const common = { a, family: 'equal files, sent on', source };
  const pairs: LookalikePair[] = [];
  const first = await finish(sharp(await sent(base)));
  for (const { name: kind, edit } of edits) {
    if (!SENT_EDITS.includes(kind)) continue;
    const b = await writer.keep(`${source}/sent/${kind}`, async () =>
      coded(await edit(first, randomOf(`sent/${source}/${kind}`), []), SENT_QUALITY),
    );
    pairs.push({ ...common, b, label: 'copy', kind });
  }
  for (const { kind, label, b: frame } of frames) {
    if (!SENT_FRAMES.includes(kind)) continue;
    const b = await writer.keep(`${source}/sent/frame ${kind}`, () => sent(frame));
    pairs.push({ ...common, b, label, kind });
  }
  return pairs;
}

function coded(image: RgbImage, quality: number): Promise<Buffer> {
  return open(image).jpeg({ quality }).toBuffer();
}
