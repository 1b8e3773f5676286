/**
 * @file The one list of operations: name -> {input, output, event, who may ask}. Every transport, the command
 * line and the conformance scenarios are typed by it; inputs are parsed by it at the outermost edge.
 */
import * as v from 'valibot';
import { LookalikeError } from './errors.ts';
import { checkUpMethods } from './methods/check-ups.ts';
import { groupMethods } from './methods/groups.ts';
import { keeperMethods } from './methods/keepers.ts';
import { libraryMethods } from './methods/library.ts';
import { mapMethods } from './methods/map.ts';
import { pairMethods } from './methods/pairs.ts';
import { trainingMethods } from './methods/training.ts';

export type { Reach } from './method.ts';
export { groupOrders, LOWEST_THRESHOLD, type GroupOrder } from './methods/groups.ts';
export { pictureSizes, type PictureSize } from './methods/library.ts';
export { MAP_COMPONENTS } from './methods/map.ts';
export { MAX_PICTURE_BYTES } from './methods/pairs.ts';

export const methods = {
  ...libraryMethods,
  ...groupMethods,
  ...keeperMethods,
  ...pairMethods,
  ...mapMethods,
  ...trainingMethods,
  ...checkUpMethods,
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export const methodNames = Object.keys(methods) as MethodName[];

/** What a caller may write (defaults left out), and what a handler gets (defaults filled in). */
export type MethodInput<N extends MethodName> = v.InferInput<Methods[N]['input']>;
export type ParsedInput<N extends MethodName> = v.InferOutput<Methods[N]['input']>;
export type MethodOutput<N extends MethodName> = NonNullable<Methods[N]['types']>['output'];
export type MethodEvent<N extends MethodName> = NonNullable<Methods[N]['types']>['event'];

export function isMethodName(name: unknown): name is MethodName {
  return typeof name === 'string' && Object.hasOwn(methods, name);
}

/** Checks an input against its method's schema. @throws LookalikeError INVALID_INPUT that names the field. */
export function parseInput<N extends MethodName>(name: N, input: unknown): ParsedInput<N> {
  return parseWith<Methods[N]['input']>(methods[name].input, name, input);
}

/** The same for any schema; `name` begins the message. */
export function parseWith<Schema extends v.GenericSchema>(
  schema: Schema,
  name: string,
  input: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const field = v.getDotPath(issue);
  throw new LookalikeError(
    'INVALID_INPUT',
    `${name}: ${field === null ? 'input' : `"${field}"`}: ${issue.message}`,
  );
}
