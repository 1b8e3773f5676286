/** @file Groups of photos. */
import * as v from 'valibot';
import { method } from '../method.ts';
import {
  groupKinds,
  relations,
  tiers,
  type GroupDetail,
  type GroupPage,
  type GroupTotals,
  type ScoreHistogram,
} from '../model.ts';
import { id, none, share } from './inputs.ts';

/** Pairs that score less are never copies, whatever the user wants: they are not even asked for. */
export const LOWEST_THRESHOLD = 0.1;
const score = v.pipe(v.number(), v.minValue(LOWEST_THRESHOLD), v.maxValue(1));
/** Orders of the list of groups. */
export const groupOrders = ['gain', 'probability', 'date', 'members'] as const;
export type GroupOrder = (typeof groupOrders)[number];

export const groupMethods = {
  'groups.list': method<GroupPage>()(
    'window',
    v.strictObject({
      kind: v.optional(v.picklist([...groupKinds, 'all']), 'copies'),
      minProbability: v.optional(share),
      tiers: v.optional(v.array(v.picklist(tiers))),
      /** Groups that free at least this much. */
      minBytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      /** Groups at another threshold than the saved one, which stays. */
      threshold: v.optional(score),
      relations: v.optional(v.array(v.picklist(relations))),
      folder: v.optional(id),
      /** Groups with one of these photos. */
      photos: v.optional(v.pipe(v.array(id), v.maxLength(1_000_000))),
      order: v.optional(v.picklist(groupOrders), 'gain'),
      offset: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000)), 100),
    }),
  ),
  /** A group with all its links. NOT_FOUND when it is no group at this threshold (any more). */
  'groups.get': method<GroupDetail>()('window', v.strictObject({ id, threshold: v.optional(score) })),
  /** Scores of all stored pairs that could be copies. */
  'groups.histogram': method<ScoreHistogram>()('window', none),
  /** Saves the threshold (null: the model's own) and groups anew. */
  'groups.setThreshold': method<GroupTotals>()('window', v.strictObject({ score: v.nullable(score) })),
  /** This photo of the group stays whatever the rules say; null: the rules decide again. */
  'groups.setKeeper': method<GroupDetail>()(
    'window',
    v.strictObject({ group: id, photo: v.nullable(id), threshold: v.optional(score) }),
  ),
} as const;
