/**
 * @file How well copies are found and look-alikes told from them, on photos that nothing was fitted on. `npm run quality`
 * takes an hour or more the first time; pictures and what was seen of them are kept, so that later runs take seconds.
 * Writes out/quality/quality.md and quality.json.
 *
 * node test/quality/main.ts [--photos 60] [--only copies|lookalikes]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { photosArePresent, PHOTOS } from '../../scripts/head-data.ts';
import { readMatcherCard } from '../../src-main/engine/matching/card.ts';
import { familyFigures, reliability, type CopyFigures } from './evaluation/figures.ts';
import { figuresOf, labelled, notProposed, scoredLookalikes } from './evaluation/measure.ts';
import { firstCheckScorer, scorerOf, type Scorer } from './evaluation/scoring.ts';
import { judgedCopies, judgedLookalikes } from './evaluation/sets.ts';
import { damagesTable, familiesTable, reliabilityTable, systemsTable } from './evaluation/tables.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const OUTPUT = path.join(ROOT, 'out/quality');
const MATCHER_DIRECTORY = path.join(ROOT, 'assets/matcher');

interface Section {
  title: string;
  text: string;
  data: unknown;
}

async function measureCopies(scorer: Scorer, photos: number | undefined): Promise<Section[]> {
  const set = await judgedCopies(photos);
  const ours = figuresOf(set, scorer);
  const systems = new Map<string, CopyFigures>([
    ['Lookalike', ours],
    ['first check alone (inliers x good)', figuresOf(set, firstCheckScorer)],
  ]);
  const chances = labelled(set, scorer).filter(({ score }) => score > 0);
  const { error, rows } = reliability(chances);
  const missed = notProposed(set)
    .map(([damage, share]) => `${damage} ${share.toFixed(4)}`)
    .join(', ');
  const counted = `${set.pictures.length} pictures, ${ours.positives} copies, ${set.pairs.length} pairs proposed`;
  return [
    { title: 'Set Q', text: `${counted}.\n\n${systemsTable(systems)}`, data: Object.fromEntries(systems) },
    { title: 'Set Q by damage', text: damagesTable(ours), data: ours.damages },
    {
      title: 'Copies that were never proposed',
      text: missed === '' ? 'None.' : missed,
      data: notProposed(set),
    },
    {
      title: 'Chances on set Q',
      text: `Expected calibration error ${error.toFixed(4)}.\n\n${reliabilityTable(rows)}`,
      data: { error, rows },
    },
  ];
}

async function measureLookalikes(scorer: Scorer): Promise<Section[]> {
  const pairs = scoredLookalikes(await judgedLookalikes('test'), scorer);
  const lookalike = pairs.filter(({ pair }) => pair.label !== 'copy');
  const all = familyFigures(lookalike, () => 'all look-alikes');
  const families = familyFigures(pairs, ({ family }) => family);
  const kinds = familyFigures(pairs, ({ family, kind }) => `${family}: ${kind}`);
  const { error, rows } = reliability(
    pairs.map(({ pair, scored }) => ({ probability: scored.probability, same: pair.label === 'copy' })),
  );
  return [
    { title: 'Set L', text: familiesTable([...all, ...families]), data: { all, families } },
    { title: 'Set L by kind', text: familiesTable(kinds), data: kinds },
    {
      title: 'Chances on set L',
      text: `Expected calibration error ${error.toFixed(4)}.\n\n${reliabilityTable(rows)}`,
      data: { error, rows },
    },
  ];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { photos: { type: 'string' }, only: { type: 'string' } } });
  if (!photosArePresent()) throw new Error(`The photos to measure on are not in ${PHOTOS}.`);
  const card = await readMatcherCard(MATCHER_DIRECTORY);
  const scorer = scorerOf(card);
  const photos = values.photos === undefined ? undefined : Number(values.photos);
  const sections = [
    ...(values.only === 'lookalikes' ? [] : await measureCopies(scorer, photos)),
    ...(values.only === 'copies' ? [] : await measureLookalikes(scorer)),
  ];
  const report = sections.map(({ title, text }) => `## ${title}\n\n${text}\n`).join('\n');
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(path.join(OUTPUT, 'quality.md'), `Matcher "${card.name}".\n\n${report}`);
  const data = Object.fromEntries(sections.map(({ title, data: of }) => [title, of]));
  writeFileSync(
    path.join(OUTPUT, 'quality.json'),
    JSON.stringify({ matcher: card.name, ...data }, undefined, 1),
  );
  console.log(report);
}

await main();
