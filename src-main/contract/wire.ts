/**
 * @file JSON that keeps typed arrays. A typed array becomes {"$bytes": …, "of": constructor name}, everything else
 * is plain JSON. `$bytes` is base64 for transports that carry text only (HTTP); the frames of the engine process put
 * the bytes behind the text instead (host/frame-codec.ts).
 */

const kinds = { Float32Array, Uint8Array, Int32Array, Uint32Array, Float64Array } as const;
type Kind = keyof typeof kinds;

function kindOf(value: unknown): Kind | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  const direct = value.constructor.name;
  if (Object.hasOwn(kinds, direct)) return direct as Kind;
  // Node's Buffer is a Uint8Array of another name.
  return value instanceof Uint8Array ? 'Uint8Array' : undefined;
}

function toBase64(bytes: Uint8Array): string {
  const CHUNK = 0x8000; // fromCharCode takes its arguments from the stack
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  // A map from a million points takes ten times as long by Uint8Array.from.
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** JSON text of a value in which `store` stands in for the bytes of each typed array. */
export function stringifyWire(value: unknown, store: (bytes: Uint8Array) => unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, replaced: unknown) {
    const raw = this[key]; // Buffer.toJSON has already replaced `replaced`
    const kind = kindOf(raw);
    if (kind === undefined) return replaced;
    const view = raw as Uint8Array;
    return { $bytes: store(new Uint8Array(view.buffer, view.byteOffset, view.byteLength)), of: kind };
  });
}

type Load = (stored: unknown) => ArrayBuffer | undefined;

/** Replaces in place. JSON.parse could do it as it goes, at ten times the time for a large answer. */
function restore(value: unknown, load: Load): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$bytes' in value && 'of' in value) {
    const { $bytes, of } = value;
    const bytes = typeof of === 'string' && Object.hasOwn(kinds, of) ? load($bytes) : undefined;
    if (bytes !== undefined) return new kinds[of as Kind](bytes);
  }
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    const before = holder[key];
    if (typeof before !== 'object') continue;
    const after = restore(before, load);
    if (after !== before) holder[key] = after;
  }
  return value;
}

/** The inverse: `load` turns what `store` gave into a buffer of its own, or undefined when it gave no such thing. */
export function parseWire(text: string, load: Load): unknown {
  return restore(JSON.parse(text), load);
}

export function encodeWire(value: unknown): string {
  return stringifyWire(value, toBase64);
}

export function decodeWire(text: string): unknown {
  return parseWire(text, (stored) => (typeof stored === 'string' ? fromBase64(stored).buffer : undefined));
}
