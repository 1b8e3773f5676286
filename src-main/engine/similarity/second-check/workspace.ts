/** @file Memory for the arrays of one pair: taken from one buffer, all given back at once. */

/** One number a pixel, row major: data[y * width + x]. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Where a workspace lies: plain memory, or that of a WASM module. */
export interface Room {
  buffer: ArrayBuffer;
  /** First byte that may be used, a multiple of 16. */
  from: number;
}

/** Vectors may read past the end of what they belong to. */
const PADDING_BYTES = 64;
const ALIGNMENT_BYTES = 16;

export class Workspace {
  readonly #reserve: (bytes: number) => Room;
  #room: Room = { buffer: new ArrayBuffer(0), from: 0 };
  #used = 0;

  /** @param reserve makes room for that many bytes; what was in the room before is lost */
  constructor(reserve: (bytes: number) => Room) {
    this.#reserve = reserve;
  }

  /** What was taken before is overwritten from now on. */
  begin(bytes: number): void {
    this.#room = this.#reserve(bytes);
    this.#used = this.#room.from;
  }

  /** Contents are whatever was there. @throws RangeError when the room is used up */
  floats(length: number): Float32Array {
    return new Float32Array(this.#room.buffer, this.#take(length * 4), length);
  }

  bytes(length: number): Uint8Array {
    return new Uint8Array(this.#room.buffer, this.#take(length), length);
  }

  plane(width: number, height: number): Plane {
    return { width, height, data: this.floats(width * height) };
  }

  #take(bytes: number): number {
    const at = this.#used;
    this.#used = (at + bytes + PADDING_BYTES + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
    if (this.#used > this.#room.buffer.byteLength) {
      throw new RangeError('The second check needs more memory than was set aside for it.');
    }
    return at;
  }
}

/** Memory that grows when a larger pair comes, and stays. */
export function plainWorkspace(): Workspace {
  let buffer = new ArrayBuffer(0);
  return new Workspace((bytes) => {
    if (buffer.byteLength < bytes) buffer = new ArrayBuffer(bytes);
    return { buffer, from: 0 };
  });
}
