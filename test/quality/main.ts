/**
 * @file How well copies are found and look-alikes told from them, on photos that nothing was fitted on. It
 * takes an hour or more the first time; pictures and what was seen of them are kept, so that later runs take seconds.
 * Writes out/quality/quality.md and quality.json. Once `npm run build` has installed everything, with Node 24:
 *
 * node test/quality/main.ts [--photos 60] [--only copies|lookalikes|baselines|keepers] [--czkawka PROGRAM]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { photosArePresent, PHOTOS } from '../../scripts/head-data.ts';
import { readMatcherCard } from '../../src-main/engine/matching/card.ts';
import { measureCzkawka, measurePerceptualHash, type Baseline } from './baselines/measure.ts';
import { familyFigures, reliability } from './evaluation/figures.ts';
import { KEEPER_PHOTOS, keeperRight, keeperRows } from './evaluation/keepers.ts';
import { figuresOf, labelled, notProposed, scoredLookalikes, settledFigures } from './evaluation/measure.ts';
import { firstCheckScorer, scorerOf, type Scorer } from './evaluation/scoring.ts';
import { judgedCopies, judgedLookalikes } from './evaluation/sets.ts';
import {
  damagesTable,
  familiesTable,
  groupedTable,
  keepersTable,
  reliabilityTable,
  settledTable,
  systemsTable,
  type SystemRow,
} from './evaluation/tables.ts';
import { copies, distractors } from './sets/copies.ts';
import { lookalikes } from './sets/lookalikes.ts';
import { withoutSlips } from './sets/slips.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const OUTPUT = path.join(ROOT, 'out/quality');
const MATCHER_DIRECTORY = path.join(ROOT, 'assets/matcher');

interface Section {
  title: string;
  text: string;
  data: unknown;
}

type Chance = Parameters<typeof reliability>[0][number];

interface Measured {
  sections: Section[];
  systems: SystemRow[];
  /** Of all pairs that have one. */
  chances?: Chance[];
}

async function measureCopies(scorer: Scorer, photos: number | undefined): Promise<Measured> {
  const set = await judgedCopies(photos);
  const ours = figuresOf(set, scorer);
  const chances = labelled(set, scorer).filter(({ score }) => score > 0);
  const unproposed = notProposed(set);
  const missed = unproposed.map(([damage, share]) => `${damage} ${share.toFixed(4)}`).join(', ');
  const counted = `${set.pictures.length} pictures, ${ours.positives} copies, ${set.pairs.length} pairs proposed.`;
  return {
    systems: [
      { name: 'Lookalike', ...ours },
      { name: 'its first check alone', ...figuresOf(set, firstCheckScorer) },
    ],
    sections: [
      { title: 'Set Q by damage', text: `${counted}\n\n${damagesTable(ours)}`, data: ours },
      {
        title: 'Copies that were never proposed',
        text: missed === '' ? 'None.' : missed,
        data: unproposed,
      },
      chancesSection('Chances on set Q', chances),
    ],
    chances,
  };
}

async function measureLookalikes(scorer: Scorer): Promise<Measured> {
  const judged = await judgedLookalikes('test');
  const pairs = scoredLookalikes(judged, scorer);
  const lookalike = pairs.filter(({ pair }) => pair.label !== 'copy');
  const all = familyFigures(lookalike, () => 'all look-alikes');
  const moved = familyFigures(
    lookalike.filter(({ pair }) => pair.label !== 'still'),
    () => 'all but those in which nothing moved',
  );
  const families = familyFigures(pairs, ({ family }) => family);
  const kinds = familyFigures(pairs, ({ family, kind }) => `${family}: ${kind}`);
  const chances = pairs.map(({ pair, scored }) => ({
    probability: scored.probability,
    same: pair.label === 'copy',
  }));
  const settled = settledFigures(judged, scorer);
  return {
    systems: [],
    sections: [
      {
        title: 'Set L',
        text: familiesTable([...all, ...moved, ...families]),
        data: { all, moved, families },
      },
      { title: 'Set L by kind', text: familiesTable(kinds), data: kinds },
      {
        title: 'What a look at both files settles of set L',
        text: settledTable(settled),
        data: settled,
      },
      chancesSection('Chances on set L', chances),
    ],
    chances,
  };
}

function chancesSection(title: string, chances: readonly Chance[]): Section {
  const { error, rows } = reliability(chances);
  const text = `Expected calibration error ${error.toFixed(4)}.\n\n${reliabilityTable(rows)}`;
  return { title, text, data: { error, rows } };
}

async function measureBaselines(program: string, photos: number | undefined): Promise<Measured> {
  const pictures = [...(await copies(photos)).flat(), ...distractors()];
  const pairs = await withoutSlips(await lookalikes('test'));
  const found: Baseline[] = [await measurePerceptualHash(pictures, pairs)];
  const czkawka = await measureCzkawka(program, pictures, pairs);
  if (czkawka === undefined)
    console.log(`Left out: ${program} can't be started (cargo install czkawka_cli).`);
  else found.push(czkawka);
  const [first] = found;
  const rows = (first?.lookalikes ?? []).map(({ family, label, pairs: count }, i) => ({
    family,
    label,
    pairs: count,
    shares: found.map((baseline) => baseline.lookalikes[i]?.grouped ?? 0),
  }));
  return {
    systems: found.map(({ name, figures }) => ({ name, ...figures, shipped: figures.best, safe: null })),
    sections: [
      {
        title: 'What others group of set L',
        text: groupedTable(
          rows,
          found.map(({ name }) => name),
        ),
        data: found,
      },
    ],
  };
}

async function measureKeepers(photos: number): Promise<Section> {
  const rows = await keeperRows(photos);
  const [bare, told] = [keeperRight(rows, 'bare'), keeperRight(rows, 'told')];
  const right = `Keeper right: ${bare.toFixed(4)} without any metadata, ${told.toFixed(4)} with metadata on the original.`;
  return {
    title: 'Keepers by damage',
    text: `${photos} photos. ${right}\n\n${keepersTable(rows)}`,
    data: { bare, told, rows },
  };
}

const NOTHING: Measured = { sections: [], systems: [] };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      photos: { type: 'string' },
      only: { type: 'string' },
      czkawka: { type: 'string', default: 'czkawka_cli' },
    },
  });
  if (!photosArePresent()) throw new Error(`The photos to measure on are not in ${PHOTOS}.`);
  const card = await readMatcherCard(MATCHER_DIRECTORY);
  const scorer = scorerOf(card);
  const photos = values.photos === undefined ? undefined : Number(values.photos);
  const asked = (part: string): boolean => values.only === undefined || values.only === part;
  const copied = asked('copies') ? await measureCopies(scorer, photos) : NOTHING;
  const alike = asked('lookalikes') ? await measureLookalikes(scorer) : NOTHING;
  const others = asked('baselines') ? await measureBaselines(values.czkawka, photos) : NOTHING;
  const kept = asked('keepers') ? [await measureKeepers(photos ?? KEEPER_PHOTOS)] : [];
  const systems = [...copied.systems, ...others.systems];
  const sections = [
    ...(systems.length > 0 ? [{ title: 'Set Q', text: systemsTable(systems), data: systems }] : []),
    ...copied.sections,
    ...alike.sections,
    ...(copied.chances && alike.chances
      ? [chancesSection('Chances on both sets', [...copied.chances, ...alike.chances])]
      : []),
    ...others.sections,
    ...kept,
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
