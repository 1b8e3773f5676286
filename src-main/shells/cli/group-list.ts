/** @file Reading groups page by page, and how one group reads as text and as JSON. */
import type { Engine } from '../../contract/engine.ts';
import type { MethodInput } from '../../contract/methods.ts';
import type { DuplicateGroup, GroupKind, GroupMember, GroupPage } from '../../contract/model.ts';
import type { Output } from './output.ts';
import {
  alignColumns,
  countOf,
  formatBytes,
  formatMegapixels,
  formatPercent,
  printable,
} from './render-text.ts';
import { chanceWords, kindWords, relationWords } from './words.ts';

const PAGE_GROUPS = 500;

const seriesWords: Record<Exclude<GroupKind, 'copies'>, string> = {
  burst: 'Burst',
  scene: 'Same scene',
  layout: 'Same layout',
};

export type GroupFilter = Omit<MethodInput<'groups.list'>, 'offset' | 'limit'>;

/** Pages of at most `limit` groups in all; the first page comes even when it is empty. */
export async function* groupPages(
  engine: Engine,
  filter: GroupFilter,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<GroupPage> {
  let offset = 0;
  for (;;) {
    const wanted = Math.min(PAGE_GROUPS, limit - offset);
    const page = await engine.request('groups.list', { ...filter, offset, limit: wanted }, { signal });
    yield page;
    // A page may be shorter than asked: groups whose photos are gone meanwhile are left out.
    offset += wanted;
    if (offset >= Math.min(limit, page.total)) return;
  }
}

function memberJson(member: GroupMember): Record<string, unknown> {
  const { id, path, width, height, bytes, format, takenAt } = member;
  const { relation, score, probability, reasons, edits, sentence } = member;
  return {
    ...{ id, path, width, height, bytes, format, takenAt },
    ...{ relation, score, probability, reasons, edits, sentence },
  };
}

export function groupJson(group: DuplicateGroup): Record<string, unknown> {
  const { id, kind, keeper, keeperReasons, tier, probability, bytesToGain, weakest, members } = group;
  const { a, b, score, probability: weakestProbability } = weakest;
  return {
    id,
    kind,
    keeper,
    keeperReasons,
    tier,
    probability,
    bytesToGain,
    weakest: { a, b, score, probability: weakestProbability },
    members: members.map(memberJson),
  };
}

function relationText(member: GroupMember): string {
  const others = member.reasons.map((reason) => relationWords[reason].toLowerCase());
  return [relationWords[member.relation], ...others].join(', ');
}

/** Frames, views and pages are no copies: nothing of them is to go. */
function titleText(group: DuplicateGroup): string {
  const { kind, members, bytesToGain } = group;
  if (kind !== 'copies') return `${seriesWords[kind]}: ${countOf(members.length, 'photo')}`;
  const copies = countOf(members.length - 1, 'copy', 'copies');
  return `${chanceWords(group)}: ${copies}, ${formatBytes(bytesToGain)} to gain`;
}

function firstText({ kind }: DuplicateGroup): string {
  return kind === 'copies' ? 'Keep' : 'Best';
}

/** One line a member, keeper first, under a line that says how sure it is and what it frees. */
export function groupText(group: DuplicateGroup, number: number, output: Output): string {
  const keeper = group.members.filter(({ id }) => id === group.keeper);
  const others = group.members.filter(({ id }) => id !== group.keeper);
  const rows = [...keeper, ...others].map((member) => [
    member.id === group.keeper ? firstText(group) : relationText(member),
    member.id === group.keeper || group.kind !== 'copies' ? '' : formatPercent(member.probability),
    formatMegapixels(member.width, member.height),
    formatBytes(member.bytes),
    printable(member.path),
  ]);
  const lines = [
    output.strong(`${number}. ${titleText(group)}`),
    ...alignColumns(rows, { indent: 3, right: [1, 2, 3] }),
  ];
  if (group.keeperReasons.length > 0) {
    const what = group.kind === 'copies' ? 'Keep the first because' : 'The first is best because';
    lines.push(output.dim(`   ${what}: ${group.keeperReasons.join('; ')}`));
  }
  return lines.join('\n');
}

/** The whole list as text. */
export async function printGroups(
  engine: Engine,
  filter: GroupFilter,
  limit: number,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  let number = 0;
  let total: number | undefined;
  for await (const page of groupPages(engine, filter, limit, signal)) {
    if (total === undefined) await output.line(headline(page, filter));
    total ??= page.total;
    for (const group of page.groups) await output.line(`\n${groupText(group, ++number, output)}`);
  }
  const left = (total ?? 0) - Math.min(limit, total ?? 0);
  if (left > 0) await output.line(`\n${countOf(left, 'more group')}`);
}

function headline(page: GroupPage, filter: GroupFilter): string {
  const kind = filter.kind ?? 'copies';
  if (page.total === 0) return kind === 'all' ? 'No groups' : `No groups of ${kindWords[kind]}`;
  if (kind !== 'copies') return countOf(page.total, 'group');
  const copies = countOf(page.copies, 'copy', 'copies');
  return `${countOf(page.total, 'group')}, ${copies}, ${formatBytes(page.bytesToGain)} to gain`;
}
