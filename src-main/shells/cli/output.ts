/** @file Standard output: the result, as text or JSON, in the order it comes, without piling up in memory. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';

export interface Output {
  /** Resolves when more may be written. */
  write(text: string): Promise<void>;
  line(text?: string): Promise<void>;
  /** One JSON document. */
  json(value: unknown): Promise<void>;
  /** Emphasis for a terminal; the text itself elsewhere. */
  strong(text: string): string;
  dim(text: string): string;
}

/** A JSON array written as its items come. */
export class JsonArrayWriter {
  readonly #output: Output;
  #begun = false;

  constructor(output: Output) {
    this.#output = output;
  }

  async item(value: unknown): Promise<void> {
    await this.#output.write(`${this.#begun ? ',\n' : '[\n'}${JSON.stringify(value)}`);
    this.#begun = true;
  }

  async end(): Promise<void> {
    await this.#output.write(this.#begun ? '\n]\n' : '[]\n');
  }
}

export function createOutput(stream: Writable, styled: boolean): Output {
  const style = (code: number, end: number) => (text: string) =>
    styled ? `\u001b[${code}m${text}\u001b[${end}m` : text;
  const write = async (text: string): Promise<void> => {
    if (!stream.write(text)) await once(stream, 'drain');
  };
  return {
    write,
    line: (text = '') => write(`${text}\n`),
    json: (value) => write(`${JSON.stringify(value, null, 2)}\n`),
    strong: style(1, 22),
    dim: style(2, 22),
  };
}
