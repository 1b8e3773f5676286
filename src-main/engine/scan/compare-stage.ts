/**
 * @file Stage "compare": embeds what only another model has seen, then finds the candidates of contents that have none
 * yet, against all, judges them, and stores the pairs.
 */
import { StoredSides } from '../matching/side.ts';
import { createPause } from '../similarity/pacing.ts';
import { isCopyRelation } from '../similarity/relation.ts';
import type { ContentId, EmbeddingRows } from '../store/store.ts';
import type { LibraryVotes } from '../votes/library-votes.ts';
import {
  CANDIDATES_BY_VOTES,
  CANDIDATES_PER_CONTENT,
  candidateBatches,
  MOST_COMPARED_WHOLLY,
  type CodeVotes,
} from './candidates.ts';
import { completeFamilies } from './complete-families.ts';
import { embedKnown } from './embed-known.ts';
import { judgePairs } from './judge-pairs.ts';
import { lookAtKnown } from './look-known.ts';
import { PlainCopies } from './plain-copies.ts';
import type { Stage, StageRun } from './stage.ts';

/**
 * Old contents are not searched again: the pairs of a new one serve both sides. An abort keeps what was committed; the
 * next run goes on with the rest.
 */
export const compareStage: Stage = async (run) => {
  try {
    await compareAll(run);
    return true;
  } catch (error) {
    if (run.signal.aborted) return false;
    throw error;
  }
};

async function compareAll(run: StageRun): Promise<void> {
  const { store, model, signal } = run;
  const unfeatured = store.contents.unfeatured();
  const unembedded = store.contents.unembedded(model.name);
  const total = new Set([...store.pairs.uncompared(model.name), ...unfeatured, ...unembedded]).size;
  // One bar for all: it counts photos, and each step of the work moves it as far as any other.
  const prepared = unfeatured.length + unembedded.length;
  const work = total + prepared;
  const report = (steps: number, copies: number): void =>
    run.report({ done: work === 0 ? 0 : Math.floor((total * steps) / work), total, copies });
  report(0, 0);
  if (total === 0) return;
  await lookAtKnown(run, unfeatured, (done) => report(done, 0));
  await embedKnown(run, unembedded, (done) => report(unfeatured.length + done, 0));
  const contents = store.pairs.uncompared(model.name);
  const embeddings = store.contents.embeddings(model.name, 'all');
  const votes = await openVotes(run, embeddings);
  const screening = votes === null ? undefined : await run.screening();
  const perContent = votes === null ? MOST_COMPARED_WHOLLY : CANDIDATES_PER_CONTENT;
  const search = { embeddings, contents, perContent, votes: votes && codeVotes(votes), screening, signal };
  const judge = await run.judge();
  const sides = new StoredSides(store, model.name);
  const judging = { judge, sides, copies: await knownCopies(run), personal: model.personal, signal };
  const copies = new Set<ContentId>();
  let done = prepared;
  for await (const { searched, pairs } of candidateBatches(search)) {
    const { rows } = await judgePairs(judging, pairs);
    store.transaction(() => {
      store.pairs.upsert(model.name, rows);
      store.pairs.markCompared(model.name, searched);
    });
    for (const { b, score, relation } of rows) {
      if (score >= model.threshold && isCopyRelation(relation)) copies.add(b);
    }
    done += searched.length;
    report(done, copies.size);
  }
  await completeFamilies(run, judging, new Set(contents));
  await votes?.save();
}

/** From earlier scans. */
async function knownCopies({ store, model, signal }: StageRun): Promise<PlainCopies> {
  const copies = new PlainCopies(model.safeFrom);
  const pause = createPause(signal);
  for (const pair of store.pairs.iterateScores(model.name, model.safeFrom)) {
    await pause();
    copies.note(pair);
  }
  return copies;
}

/** Votes add nothing where every pair is a candidate anyway. */
async function openVotes(run: StageRun, { ids, frames }: EmbeddingRows): Promise<LibraryVotes | null> {
  return frames <= MOST_COMPARED_WHOLLY ? null : run.votes(ids.slice(0, frames), run.signal);
}

function codeVotes(votes: LibraryVotes): CodeVotes {
  return { search: (id, known) => votes.search(id, CANDIDATES_BY_VOTES, known) };
}
