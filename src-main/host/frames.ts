/**
 * @file What the shell's process and the engine's process say to each other. Each frame names the version of this
 * page and the generation of the child (1, 2, …), so that what a dead child left behind is told apart.
 */
import * as v from 'valibot';
import { errorCodes } from '../contract/errors.ts';
import type { Notice } from '../contract/engine.ts';
import type { EngineOptions } from '../engine/options.ts';

/** Goes up whenever a frame changes its meaning or shape. */
export const PROTOCOL_VERSION = 1;

const envelope = v.object({
  code: v.picklist(errorCodes),
  message: v.string(),
  nextStep: v.exactOptional(v.string()),
});
const requestId = v.pipe(v.number(), v.integer(), v.minValue(1));
const logLevel = v.picklist(['debug', 'info', 'warn', 'error']);
/** Checked by the engine (inputs) or made by our own build (outputs, events). */
const payload = v.unknown();

const object = v.custom<object>((value) => typeof value === 'object' && value !== null);
const engineOptions = v.custom<EngineOptions>((value) => v.is(object, value) && 'databasePath' in value);
const notice = v.custom<Notice>((value) => v.is(object, value) && 'type' in value);

const parentFrames = v.variant('kind', [
  v.object({ kind: v.literal('hello'), options: engineOptions }),
  v.object({ kind: v.literal('request'), requestId, name: v.string(), input: payload }),
  v.object({ kind: v.literal('cancel'), requestId }),
  v.object({ kind: v.literal('ping'), beat: v.number() }),
  v.object({ kind: v.literal('shutdown') }),
]);

const childFrames = v.variant('kind', [
  /** The engine is made and takes requests. `blamed`: files it leaves out because they ended it twice. */
  v.object({ kind: v.literal('ready'), pid: v.number(), blamed: v.array(v.string()) }),
  /** The engine can't be made, or the parent speaks another version. */
  v.object({ kind: v.literal('refused'), error: envelope }),
  v.object({ kind: v.literal('event'), requestId, event: payload }),
  v.object({ kind: v.literal('response'), requestId, ok: v.literal(true), output: payload }),
  v.object({ kind: v.literal('failure'), requestId, error: envelope }),
  v.object({ kind: v.literal('notice'), notice }),
  v.object({ kind: v.literal('pong'), beat: v.number() }),
  v.object({ kind: v.literal('log'), level: logLevel, message: v.string() }),
  /** An error nobody caught; the process ends right after. */
  v.object({ kind: v.literal('fatal'), message: v.string() }),
]);

export type ParentFrame = v.InferOutput<typeof parentFrames>;
export type ChildFrame = v.InferOutput<typeof childFrames>;

const head = v.object({ version: v.number(), generation: v.number() });

/** A frame as it travels. */
export type Addressed<Frame> = Frame & { version: number; generation: number };

export function address<Frame extends ParentFrame | ChildFrame>(
  frame: Frame,
  generation: number,
): Addressed<Frame> {
  return { ...frame, version: PROTOCOL_VERSION, generation };
}

/** `other-version` decides before the shape: a frame of another version may have any. */
export type Received<Frame> =
  | { kind: 'frame'; frame: Frame; generation: number }
  | { kind: 'other-version'; version: number; generation: number }
  | { kind: 'malformed'; reason: string };

function receive<Schema extends typeof parentFrames | typeof childFrames>(
  schema: Schema,
  value: unknown,
): Received<v.InferOutput<Schema>> {
  const about = v.safeParse(head, value);
  if (!about.success) return { kind: 'malformed', reason: 'no version and generation' };
  const { version, generation } = about.output;
  if (version !== PROTOCOL_VERSION) return { kind: 'other-version', version, generation };
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return { kind: 'frame', frame: parsed.output, generation };
  const issue = parsed.issues[0];
  return { kind: 'malformed', reason: `${v.getDotPath(issue) ?? 'frame'}: ${issue.message}` };
}

export const receiveFromParent = (value: unknown): Received<ParentFrame> => receive(parentFrames, value);
export const receiveFromChild = (value: unknown): Received<ChildFrame> => receive(childFrames, value);
