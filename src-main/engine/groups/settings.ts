/** @file What the user set for groups, kept among the small facts of the database: threshold, rules, presets. */
import * as v from 'valibot';
import {
  keeperRuleNames,
  type FolderId,
  type KeeperRuleName,
  type KeeperRules,
} from '../../contract/model.ts';
import type { KeeperOrder } from '../similarity/keeper.ts';
import type { Store } from '../store/store.ts';

const THRESHOLD = 'groups.threshold';
const RULES = 'keeper.rules';
const PRESETS = 'keeper.presets';
const REVISIONS = { verdicts: 'verdicts.revision', keepers: 'keepers.revision' } as const;

type Preset = Pick<KeeperRules['presets'][number], 'name' | 'order'>;

/** Own photos before exports, what others were made of before those, and of what is left the best picture. */
export const DEFAULT_ORDER: readonly KeeperRuleName[] = [
  'reference',
  'original',
  'detail',
  'facts',
  'pixels',
  'compression',
  'format',
  'earliest',
  'folder',
  'name',
];

const SHIPPED_PRESETS: readonly Preset[] = [
  { name: 'Best picture', order: [...DEFAULT_ORDER] },
  {
    name: 'Oldest',
    order: DEFAULT_ORDER.toSpliced(DEFAULT_ORDER.indexOf('earliest'), 1).toSpliced(1, 0, 'earliest'),
  },
  {
    name: 'My folders first',
    order: DEFAULT_ORDER.toSpliced(DEFAULT_ORDER.indexOf('folder'), 1).toSpliced(1, 0, 'folder'),
  },
];

const ruleName = v.picklist(keeperRuleNames);
const rulesSchema = v.object({ order: v.array(ruleName), folders: v.array(v.number()) });
const presetsSchema = v.array(v.object({ name: v.string(), order: v.array(ruleName) }));

/** Names of rules may come from a later version: what can't be read is as if it were not set. */
function read<Schema extends v.GenericSchema>(
  store: Store,
  name: string,
  schema: Schema,
): v.InferOutput<Schema> | undefined {
  const text = store.meta.get(name);
  if (text === undefined) return undefined;
  const result = v.safeParse(schema, JSON.parse(text));
  return result.success ? result.output : undefined;
}

/** The saved threshold; undefined: the model's own holds. */
export function savedThreshold(store: Store): number | undefined {
  return read(store, THRESHOLD, v.nullable(v.number())) ?? undefined;
}

export function saveThreshold(store: Store, threshold: number | null): void {
  store.meta.set(THRESHOLD, JSON.stringify(threshold));
}

/** Every folder has its place: those that were not ordered come last, as they were added. */
export function keeperOrder(store: Store): { rules: KeeperRuleName[]; folders: FolderId[] } {
  const saved = read(store, RULES, rulesSchema);
  const known = store.folders.list().map(({ id }) => id);
  const ordered = (saved?.folders ?? []).filter((id) => known.includes(id));
  return {
    rules: [...(saved?.order ?? DEFAULT_ORDER)],
    folders: [...ordered, ...known.filter((id) => !ordered.includes(id))],
  };
}

export function saveKeeperOrder(store: Store, { rules, folders }: KeeperOrder): void {
  store.transaction(() => {
    store.meta.set(RULES, JSON.stringify({ order: rules, folders }));
    countRevision(store, 'keepers');
  });
}

export function presets(store: Store): KeeperRules['presets'] {
  return [
    ...SHIPPED_PRESETS.map(({ name, order }) => ({ name, order: [...order], own: false })),
    ...ownPresets(store).map((preset) => ({ ...preset, own: true })),
  ];
}

export function isShippedPreset(name: string): boolean {
  return SHIPPED_PRESETS.some((preset) => preset.name === name);
}

export function savePreset(store: Store, preset: Preset): void {
  const others = ownPresets(store).filter(({ name }) => name !== preset.name);
  store.meta.set(PRESETS, JSON.stringify([...others, preset]));
}

/** @returns whether there was such a preset */
export function deletePreset(store: Store, name: string): boolean {
  const own = ownPresets(store);
  const left = own.filter((preset) => preset.name !== name);
  if (left.length < own.length) store.meta.set(PRESETS, JSON.stringify(left));
  return left.length < own.length;
}

function ownPresets(store: Store): Preset[] {
  return read(store, PRESETS, presetsSchema) ?? [];
}

/** Counts the user's decisions up, so that every process notices them. Belongs into their transaction. */
export function countRevision(store: Store, of: keyof typeof REVISIONS): void {
  store.meta.set(REVISIONS[of], String(Number(revision(store, of)) + 1));
}

export function revision(store: Store, of: keyof typeof REVISIONS): string {
  return store.meta.get(REVISIONS[of]) ?? '0';
}
