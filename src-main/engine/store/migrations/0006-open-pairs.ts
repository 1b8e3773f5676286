import type { Migration } from './migration.ts';

/** Asked at every scan: going through half a million pairs would take seconds, the few that are open take a millisecond. */
export const openPairs: Migration = {
  number: 6,
  reason: 'Pairs that thumbnails leave open are looked at on their files, a few at every scan.',
  sql: `CREATE INDEX pairs_open ON pairs (model_id, score)
    WHERE measures ->> '$.open' IS NOT NULL AND measures ->> '$.looked' = 'thumbnails';`,
};
