/** @file What the user decided, as the database has it. */
import type { PhotoId } from '../../contract/model.ts';
import { Keepers } from '../similarity/keeper.ts';
import type { Store } from '../store/store.ts';
import type { Decisions } from './group-index.ts';
import type { GroupRows } from './group-rows.ts';
import type { VerdictLink } from './linkage.ts';
import { keeperOrder } from './settings.ts';

export function readDecisions(store: Store, rows: GroupRows): Decisions {
  return { verdicts: readVerdicts(store, rows), ...readKeepers(store) };
}

export function readKeepers(store: Store): Pick<Decisions, 'keepers' | 'choices'> {
  const choices = new Map<PhotoId, string>(
    store.keeperChoices.list().map(({ photoId, at }) => [photoId, at]),
  );
  return { keepers: new Keepers(keeperOrder(store)), choices };
}

/** Of contents that have a photo now; the others wait for theirs. */
export function readVerdicts(store: Store, { indexOf }: GroupRows): VerdictLink[] {
  return store.verdicts.list().flatMap(({ a, b, verdict, at }) => {
    const [one, other] = [indexOf.get(a), indexOf.get(b)];
    return one === undefined || other === undefined ? [] : [{ a: one, b: other, verdict, at }];
  });
}
