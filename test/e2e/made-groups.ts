/** @file A list of very many made groups in the place of the engine's, page by page, and which pages were asked for. */
import type { Page } from 'playwright-core';
import type { DuplicateGroup, GroupMember, GroupPage } from '../../src-main/contract/model.ts';

/** One grey pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

function memberOf(id: number): GroupMember {
  return {
    ...{ id, folderId: 1, path: `/made/IMG_${id}.jpg`, width: 4000, height: 3000, bytes: 6_000_000 },
    ...{ format: 'jpeg', takenAt: null, modifiedAt: '2020-01-01T00:00:00.000Z', camera: null },
    ...{ relation: 'resized', score: 0.95, probability: 0.995, reasons: [], edits: [], sentence: 'Resized' },
  };
}

/** The group of row n has the id n + 1 and two to five photos. */
function groupOf(row: number): DuplicateGroup {
  const first = row * 10;
  const members = Array.from({ length: 2 + (row % 4) }, (_, place) => memberOf(first + place + 1));
  const weakest = { a: first + 1, b: first + 2, score: 0.95, probability: 0.995 };
  return {
    ...{
      id: row + 1,
      kind: 'copies',
      keeper: first + 1,
      keeperChosen: false,
      keeperReasons: ['Most pixels'],
    },
    ...{ tier: 'likely', probability: 0.995, bytesToGain: 12_000_000, weakest, members },
  };
}

function pageOf(total: number, offset: number, limit: number): GroupPage {
  const length = Math.max(0, Math.min(limit, total - offset));
  return {
    ...{ threshold: 0.5, total, copies: total, bytesToGain: total },
    kinds: { copies: total, burst: 0, scene: 0, layout: 0 },
    tiers: { safe: 0, likely: total, check: 0 },
    relations: [{ relation: 'resized', members: total }],
    groups: Array.from({ length }, (_, place) => groupOf(offset + place)),
  };
}

/** @returns offsets of the pages that the window asked for, in their order */
export async function serveMadeGroups(page: Page, total: number): Promise<number[]> {
  const asked: number[] = [];
  const answer = (output: unknown) => ({
    contentType: 'application/x-ndjson',
    body: `${JSON.stringify({ output })}\n`,
  });
  await page.route('**/api/groups.list', (route) => {
    const { offset = 0, limit = 0 } = route.request().postDataJSON() as { offset?: number; limit?: number };
    asked.push(offset);
    return route.fulfill(answer(pageOf(total, offset, limit)));
  });
  await page.route('**/api/groups.get', (route) => {
    const { id } = route.request().postDataJSON() as { id: number };
    return route.fulfill(answer({ ...groupOf(id - 1), links: [] }));
  });
  await page.route('**/photo/**', (route) => route.fulfill({ contentType: 'image/png', body: PICTURE }));
  return asked;
}
