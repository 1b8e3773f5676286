/**
 * @file Items that are one and the same (equal pixels, or because the user says so), where some pairs must stay apart:
 * also by way of others, for ever.
 */
import { rootIn } from './root-in.ts';

export class Classes {
  readonly #above: Int32Array;
  /** Of a root: roots with which it must not become one. */
  readonly #apart = new Map<number, Set<number>>();

  constructor(items: number) {
    this.#above = Int32Array.from({ length: items }, (_, i) => i);
  }

  /** To be said before the two are joined. */
  keepApart(a: number, b: number): void {
    const [one, other] = [this.rootOf(a), this.rootOf(b)];
    this.#note(one, other);
    this.#note(other, one);
  }

  /** @returns false, and changes nothing, where a pair across the two must stay apart */
  join(a: number, b: number): boolean {
    const [one, other] = [this.rootOf(a), this.rootOf(b)];
    if (one === other) return true;
    if (this.#apart.get(one)?.has(other) === true) return false;
    const [into, from] = one < other ? [one, other] : [other, one];
    this.#above[from] = into;
    for (const third of this.#apart.get(from) ?? []) {
      this.#apart.get(third)?.delete(from);
      this.#note(third, into);
      this.#note(into, third);
    }
    this.#apart.delete(from);
    return true;
  }

  areApart(a: number, b: number): boolean {
    if (this.#apart.size === 0) return false;
    return this.#apart.get(this.rootOf(a))?.has(this.rootOf(b)) ?? false;
  }

  /** The lowest item of the class. */
  rootOf(item: number): number {
    return rootIn(this.#above, item);
  }

  #note(root: number, other: number): void {
    const known = this.#apart.get(root);
    if (known === undefined) this.#apart.set(root, new Set([other]));
    else known.add(other);
  }
}
