/** @file The figures as tables of Markdown: printed, and kept for README. */
import type { CopyFigures, FamilyFigures, ReliabilityRow } from './figures.ts';
import type { KeeperRow } from './keepers.ts';
import type { SettledFigures } from './measure.ts';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

function share(value: number): string {
  return value === 1 ? '1' : value === 0 ? '0' : value.toFixed(4).replace(/^0/, '');
}

/** A system of the first table. Null: it has no such thing. */
export interface SystemRow {
  name: string;
  averagePrecision: number;
  recallAt99: number;
  recallWithoutFalse: number;
  shipped: { recall: number; falsePairs: number };
  safe: CopyFigures['safe'] | null;
}

export function systemsTable(systems: readonly SystemRow[]): string {
  return table(
    [
      '',
      'uAP',
      'R@P99',
      'R@0FP',
      'at its threshold: recall',
      'false pairs',
      'safe: recall',
      'of whole-photo damages',
      'false pairs',
    ],
    systems.map((of) => [
      of.name,
      share(of.averagePrecision),
      share(of.recallAt99),
      share(of.recallWithoutFalse),
      share(of.shipped.recall),
      String(of.shipped.falsePairs),
      of.safe === null ? '' : share(of.safe.recall),
      of.safe === null ? '' : share(of.safe.recallWhole),
      of.safe === null ? '' : String(of.safe.falsePairs),
    ]),
  );
}

/** @param others by name: part of each family's pairs that they group */
export function groupedTable(
  rows: readonly { family: string; label: string; pairs: number; shares: readonly number[] }[],
  names: readonly string[],
): string {
  return table(
    ['family', 'is', 'pairs', ...names],
    rows.map((of) => [of.family, of.label, String(of.pairs), ...of.shares.map(share)]),
  );
}

export function damagesTable({ damages }: CopyFigures): string {
  return table(
    ['damage', 'at 99 % precision', 'no false pair', 'called a copy', 'safe'],
    damages.map((of) => [
      of.damage,
      share(of.at99),
      share(of.withoutFalse),
      share(of.shipped),
      share(of.safe),
    ]),
  );
}

export function familiesTable(rows: readonly FamilyFigures[]): string {
  return table(
    [
      'family',
      'is',
      'pairs',
      'safe',
      'called a copy',
      'burst or scene',
      'same layout',
      'not related',
      'named, of those that match',
    ],
    rows.map((of) => [
      of.family,
      of.label,
      String(of.pairs),
      share(of.safe),
      share(of.copy),
      share(of.scene),
      share(of.layout),
      share(of.other),
      of.named === null ? '' : share(of.named),
    ]),
  );
}

export function reliabilityTable(rows: readonly ReliabilityRow[]): string {
  return table(
    ['chance', 'pairs', 'said', 'true'],
    rows.map((of) => [
      `${of.low.toFixed(1)} to ${of.high.toFixed(1)}`,
      String(of.pairs),
      of.said.toFixed(4),
      of.true.toFixed(4),
    ]),
  );
}

export function settledTable(rows: readonly SettledFigures[]): string {
  return table(
    ['family', 'is', 'pairs', 'looked at', 'called a copy before', 'after', 'safe before', 'after'],
    rows.map((of) => [
      of.family,
      of.label,
      String(of.pairs),
      share(of.looked),
      ...of.copy.map(share),
      ...of.safe.map(share),
    ]),
  );
}

export function keepersTable(rows: readonly KeeperRow[]): string {
  return table(
    [
      'damage',
      'no metadata: original',
      'copy',
      'untold',
      'metadata on the original: original',
      'copy',
      'untold',
    ],
    rows.map(({ damage, bare, told }) => [
      damage,
      ...[bare, told].flatMap(({ original, copy, untold }) => [original, copy, untold].map(String)),
    ]),
  );
}
