import type { Comparison, PhotoId } from '../../contract/model.ts';
import { LookalikeError } from '../../contract/errors.ts';
import type { EngineContext, Handlers, ModelInfo } from '../context.ts';
import { frameOfThumbnail } from '../scan/relating.ts';
import { comparePixels } from '../scan/same-pixels.ts';
import { pairProbability, verdictOf } from '../similarity/calibration.ts';
import { sayDifferences } from '../similarity/differences.ts';
import { alignFrames, wholeFrameAlignment } from '../similarity/frame-alignment.ts';
import { maySharePixels, relate, type RelationFacts } from '../similarity/relation.ts';
import { cosine } from '../similarity/vectors.ts';
import { embeddingOf, locatePhoto } from './library-vectors.ts';
import { readPhotos, type ReadPhoto } from './read-photo.ts';
import { factsOf } from './relate-to-file.ts';
import type { Described } from '../similarity/differences.ts';

/** What a comparison needs of either photo. Two sides of one id hold the same bytes. */
interface Side extends Described, RelationFacts {
  path: string;
  thumbnail: Uint8Array;
  embedding: Float32Array;
}

export function compareMethods(context: EngineContext): Pick<Handlers, 'compare.photos' | 'compare.files'> {
  return {
    'compare.photos': async ({ a, b }, { signal }) => {
      const model = await context.model();
      const sides = [a, b].map((id) => sideOfPhoto(context, model, id));
      return compare(context, model, sides, signal);
    },

    'compare.files': async ({ a, b }, { signal }) => {
      const model = await context.model();
      const files = await readPhotos(context, [a, b], signal);
      return compare(context, model, sidesOfFiles(files), signal);
    },
  };
}

function sideOfPhoto({ store }: EngineContext, model: ModelInfo, id: PhotoId): Side {
  const { path, contentId } = locatePhoto(store, id);
  const [content] = store.contents.byIds([contentId]);
  const thumbnail = store.contents.thumbnail(contentId);
  if (content === undefined || thumbnail === undefined) {
    throw new LookalikeError('NOT_FOUND', `${path} is no longer in the library.`);
  }
  return { ...content, path, thumbnail, embedding: embeddingOf(store, model.name, contentId, path) };
}

/** Files get ids by their bytes, since the library may not have them. */
function sidesOfFiles(files: ReadPhoto[]): Side[] {
  const hashes = files.map(({ record }) => Buffer.from(record.hash).toString('hex'));
  return files.map(({ path, record }, i) => ({
    ...record,
    ...factsOf(record, 1 + hashes.indexOf(hashes[i] ?? '')),
    path,
  }));
}

async function compare(
  context: EngineContext,
  model: ModelInfo,
  [a, b]: Side[],
  signal: AbortSignal,
): Promise<Comparison> {
  if (a === undefined || b === undefined) throw new RangeError('A comparison needs two photos.');
  const score = a.id === b.id ? 1 : cosine(a.embedding, b.embedding);
  const frame = alignFrames(await frameOfThumbnail(a.thumbnail), await frameOfThumbnail(b.thumbnail));
  const pixels =
    a.id !== b.id && maySharePixels(a, b, () => score)
      ? await comparePixels(await context.reader(), a.path, b.path, signal)
      : 'different';
  const samePixels = pixels === 'same';
  const { relation } = relate(a, b, { score, threshold: model.threshold, samePixels, frame });
  const probability = pairProbability(model.calibration, relation, score);
  const differences = sayDifferences(a, b, frame);
  if (pixels === 'unreadable')
    differences.push('Pixels were not compared: one of the files can’t be read now');
  return {
    score,
    probability,
    relation,
    verdict: verdictOf(probability),
    alignment: wholeFrameAlignment(a, b, frame),
    differences,
  };
}
