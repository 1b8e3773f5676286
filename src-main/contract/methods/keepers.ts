/** @file Rules by which one photo of a group stays. */
import * as v from 'valibot';
import { method } from '../method.ts';
import { keeperRuleNames, type KeeperRules } from '../model.ts';
import { id, none } from './inputs.ts';

/** A name that a person gives: it can't be a path, so a window may send it. */
const title = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(60),
  v.regex(/^[^/\\\p{Cc}]+$/u, 'must be a name without slashes'),
);
const keeperOrder = v.pipe(
  v.array(v.picklist(keeperRuleNames)),
  v.minLength(1),
  v.check((order) => new Set(order).size === order.length, 'must name each rule once'),
);

export const keeperMethods = {
  'keeper.rules.get': method<KeeperRules>()('window', none),
  /** Rules that are not named decide nothing. Folders, best first; those not named come last. */
  'keeper.rules.set': method<KeeperRules>()(
    'window',
    v.strictObject({ order: keeperOrder, folders: v.optional(v.array(id)) }),
  ),
  /** Keeps an order of rules under a name; the same name again replaces it. */
  'keeper.rules.savePreset': method<KeeperRules>()(
    'window',
    v.strictObject({ name: title, order: keeperOrder }),
  ),
  /** NOT_FOUND for a name that is none of the user's own. */
  'keeper.rules.deletePreset': method<KeeperRules>()('window', v.strictObject({ name: title })),
} as const;
