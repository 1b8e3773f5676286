/** @file The map of the library. */
import * as v from 'valibot';
import { method } from '../method.ts';
import { mapColorings, type LibraryMap, type MapClusters, type MapLabels, type MapLinks } from '../model.ts';
import { id, none } from './inputs.ts';

/** Components that a map knows. */
export const MAP_COMPONENTS = 8;

export const mapMethods = {
  'map.points': method<LibraryMap>()(
    'window',
    v.strictObject({
      dims: v.optional(v.picklist([2, 3]), 2),
      /** Components, from 0; the first ones unless given. */
      axes: v.optional(
        v.pipe(
          v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAP_COMPONENTS - 1))),
          v.minLength(2),
          v.maxLength(3),
          v.check((axes) => new Set(axes).size === axes.length, 'must name each component once'),
        ),
      ),
      colorBy: v.optional(v.picklist(mapColorings), 'folder'),
      paths: v.optional(v.boolean(), false),
    }),
  ),
  'map.labels': method<MapLabels>()('window', v.strictObject({ colorBy: v.picklist(mapColorings) })),
  'map.clusters': method<MapClusters>()('window', none),
  'map.links': method<MapLinks>()('window', v.strictObject({ a: id, b: id })),
} as const;
