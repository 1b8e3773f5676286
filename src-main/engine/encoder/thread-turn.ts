/**
 * @file One thread at a time: TensorFlow's Node binding keeps its tensors and the attributes of an operation in one
 * place a process, so two threads that compute at once spoil each other's work. WebAssembly has a memory a thread.
 */

const FREE = 0;
const TAKEN = 1;
/** Far longer than any batch takes: a thread that ended inside its turn must not stop the others for ever. */
const LONGEST_TURN_MS = 60_000;

export class ThreadTurn {
  /** Shared memory: hand it to the other threads and build their ThreadTurn on it. */
  readonly cell: Int32Array<SharedArrayBuffer>;

  constructor(
    cell: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
  ) {
    this.cell = cell;
  }

  /** Runs `work` while no other thread is in its turn; this thread sleeps until then. */
  run<T>(work: () => T): T {
    this.#take();
    try {
      return work();
    } finally {
      this.#give();
    }
  }

  async runAsync<T>(work: () => Promise<T>): Promise<T> {
    this.#take();
    try {
      return await work();
    } finally {
      this.#give();
    }
  }

  #take(): void {
    while (Atomics.compareExchange(this.cell, 0, FREE, TAKEN) !== FREE) {
      if (Atomics.wait(this.cell, 0, TAKEN, LONGEST_TURN_MS) === 'timed-out') return;
    }
  }

  #give(): void {
    Atomics.store(this.cell, 0, FREE);
    Atomics.notify(this.cell, 0, 1);
  }
}

/** The engine's own turn; its workers get the cell. */
export const processTurn = new ThreadTurn();
