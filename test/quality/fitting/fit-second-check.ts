/**
 * @file Fits the decision of the second check on made pairs of photos that no quality set uses, prints what it reaches on
 * held-out photos and layouts, and writes decision-weights.ts. Takes half an hour. `node test/quality/fitting/fit-second-check.ts`
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { findContentBoxes } from '../../../src-main/engine/features/content-boxes.ts';
import { createFeatureExtractor } from '../../../src-main/engine/features/extractor.ts';
import type { FeatureExtractor } from '../../../src-main/engine/features/local-features.ts';
import type { RgbImage } from '../../../src-main/engine/imaging/image.ts';
import {
  firstCheckOf,
  type CheckedPhoto,
} from '../../../src-main/engine/similarity/second-check/checked-pair.ts';
import type { Kernels } from '../../../src-main/engine/similarity/second-check/kernels.ts';
import { secondCheckKinds } from '../../../src-main/engine/similarity/second-check/decision.ts';
import { checkPair } from '../../../src-main/engine/similarity/second-check/second-check.ts';
import {
  createWasmKernels,
  SECOND_CHECK_WASM,
} from '../../../src-main/engine/similarity/second-check/wasm-kernels.ts';
import { greyBase } from '../../../src-main/engine/similarity/verification/grey-pyramid.ts';
import {
  prepareForVerification,
  type VerifiablePhoto,
} from '../../../src-main/engine/similarity/verification/verifiable-photo.ts';
import { verifyPair } from '../../../src-main/engine/similarity/verification/verify.ts';
import { splitPhotos } from '../../../scripts/head-data.ts';
import {
  burstsOf,
  copiesOf,
  type LabelledPair,
  layouts,
  locallyEdited,
  pagePhoto,
  pagesOf,
} from './second-check-families.ts';
import { fitDecision, heldOutTable, type MeasuredPair, weightsSource } from './second-check-weights.ts';

/** Of the photos that may be fitted on: with all damages, with local edits and bursts, to fill pages and collages with. */
const COPIED_PHOTOS = [10, 26] as const;
const EDITED_PHOTOS = [10, 60] as const;
const FILLING_PHOTOS = [380, 383] as const;
const PAGE_PHOTOS = [384, 396] as const;
/** As in similarity/matcher: from here on the second check is asked. */
const FIRST_SCORE_MIN = 4;

const root = resolve(import.meta.dirname, '../../..');
const built = join(root, 'out/wasm');
const target = join(root, 'src-main/engine/similarity/second-check/decision-weights.ts');

interface Side extends CheckedPhoto {
  verifiable: VerifiablePhoto;
}

function sideOf(image: RgbImage, extractor: FeatureExtractor): Side {
  const boxes = findContentBoxes(image);
  const features = extractor.extract(image, boxes);
  const verifiable = prepareForVerification({ features, boxes, thumbnail: image, grey: greyBase(image) });
  return { image, boxes, verifiable };
}

interface Checked extends MeasuredPair {
  kind: string;
  called: string;
}

function check(pair: LabelledPair, extractor: FeatureExtractor, kernels: Kernels): Checked {
  const [a, b] = [sideOf(pair.a, extractor), sideOf(pair.b, extractor)];
  const first = verifyPair(a.verifiable, b.verifiable);
  const second =
    first === null || first.score < FIRST_SCORE_MIN
      ? null
      : checkPair(kernels, a, b, firstCheckOf(first, a.verifiable.features, b.verifiable.features));
  const { label, family, kind, group } = pair;
  return {
    label,
    family,
    kind,
    group,
    measures: second?.measures ?? null,
    called: second?.kind ?? 'not related',
  };
}

async function* families(): AsyncGenerator<LabelledPair> {
  const { fit } = splitPhotos();
  const fillers = fit.slice(...FILLING_PHOTOS);
  for (const file of fit.slice(...COPIED_PHOTOS)) yield* copiesOf(file, fillers);
  const edited = fit.slice(...EDITED_PHOTOS);
  for (const [i, file] of edited.entries()) {
    yield* locallyEdited(file, fillers);
    yield* burstsOf(file, edited[(i + 1) % edited.length] ?? file);
  }
  const photos = await Promise.all(fit.slice(...PAGE_PHOTOS).map((file) => pagePhoto(file)));
  for (const layout of layouts) yield* pagesOf(layout, photos);
}

/** What pairs of each family are called with the weights that are in force while this runs. */
function calledTable(checked: readonly Checked[]): string[] {
  const columns = [...secondCheckKinds, 'not related'];
  const names = [...new Set(checked.map(({ family, label }) => `${family}, ${label}`))].sort();
  const lines = names.map((name) => {
    const rows = checked.filter(({ family, label }) => `${family}, ${label}` === name);
    const share = (column: string): string =>
      (rows.filter(({ called }) => called === column).length / rows.length).toFixed(3);
    return `| ${name} | ${rows.length} | ${columns.map(share).join(' | ')} |`;
  });
  return [
    `| family | pairs | ${columns.join(' | ')} |`,
    `|---|---|${'---|'.repeat(columns.length)}`,
    ...lines,
  ];
}

sharp.concurrency(1);
execFileSync(process.execPath, [join(root, 'scripts/build-wasm.ts')], { stdio: 'inherit' });
const extractor = await createFeatureExtractor(built);
const kernels = await createWasmKernels(readFileSync(join(built, SECOND_CHECK_WASM)));
const checked: Checked[] = [];
for await (const pair of families()) checked.push(check(pair, extractor, kernels));
const summary = `Fitted on ${checked.length} pairs of ${EDITED_PHOTOS[1] - EDITED_PHOTOS[0]} photos and ${layouts.length} layouts.`;
writeFileSync(target, weightsSource(fitDecision(checked), summary));
execFileSync(join(root, 'node_modules/.bin/prettier'), ['--write', target]);
for (const line of [...heldOutTable(checked), '', ...calledTable(checked)]) console.log(line);
