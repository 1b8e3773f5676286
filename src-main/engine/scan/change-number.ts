/**
 * @file Whether groups still say what the library holds: every change of files, contents or roles counts a number
 * up, and the groups remember the number, the model and the version of local features that they were made from.
 */
import { LOCAL_FEATURES_VERSION } from '../features/local-features-codec.ts';
import type { Store } from '../store/store.ts';

const CHANGES = 'library.changes';
const GROUPED = 'groups.from';
const LOOKS = 'pairs.looks';
const LOOKS_GROUPED = 'groups.looks';

/** Counts up; belongs into the transaction of the change. */
export function countChange(store: Store): void {
  store.meta.set(CHANGES, String(changesOf(store) + 1));
}

function changesOf(store: Store): number {
  return Number(store.meta.get(CHANGES) ?? 0);
}

/** What groups made now would be made from. */
export function groupSource(store: Store, model: string): string {
  return `${changesOf(store)} ${model} ${LOCAL_FEATURES_VERSION}`;
}

export function areGroupsCurrent(store: Store, model: string): boolean {
  return store.meta.get(GROUPED) === groupSource(store, model);
}

/** `source`: from {@link groupSource}, taken before the groups were made. */
export function setGroupSource(store: Store, source: string): void {
  store.meta.set(GROUPED, source);
}

/** What {@link setGroupSource} noted last; undefined before the first scan was done. */
function groupsMadeFrom(store: Store): string | undefined {
  return store.meta.get(GROUPED);
}

/** Changes with the files and the model, and when a scan has compared them. */
export function librarySource(store: Store, model: string): string {
  return `${groupSource(store, model)} | ${groupsMadeFrom(store) ?? ''}`;
}

/** What groups follow from: the same, and pairs that were looked at on their files since. */
export function pairsSource(store: Store, model: string): string {
  return `${librarySource(store, model)} | ${looksOf(store)}`;
}

/** How often pairs were looked at on their files. */
export function looksOf(store: Store): number {
  return Number(store.meta.get(LOOKS) ?? 0);
}

/** Counts up; belongs into the transaction that stores the pairs. */
export function countLook(store: Store): void {
  store.meta.set(LOOKS, String(looksOf(store) + 1));
}

/** Whether a scan has finished the groups since pairs were looked at last. */
export function areLooksGrouped(store: Store): boolean {
  return Number(store.meta.get(LOOKS_GROUPED) ?? 0) === looksOf(store);
}

/** `looks`: from {@link looksOf}, taken before the groups were made. */
export function setLooksGrouped(store: Store, looks: number): void {
  store.meta.set(LOOKS_GROUPED, String(looks));
}
