/** @file Counts what was found of damaged copies, at the threshold and in the safe tier. */
import type { SelfTest } from '../../contract/model.ts';
import type { ContentId } from '../store/store.ts';
import type { Match } from './library-search.ts';

type Figures = SelfTest['safe'];

class Count {
  readonly #found = new Map<string, { copies: number; found: number }>();
  #falseMatches = 0;

  add(damage: string, found: boolean, falseMatches: number): void {
    const counts = this.#found.get(damage) ?? { copies: 0, found: 0 };
    counts.copies++;
    if (found) counts.found++;
    this.#found.set(damage, counts);
    this.#falseMatches += falseMatches;
  }

  figures(): Figures {
    const all = [...this.#found.values()];
    const copies = all.reduce((sum, counts) => sum + counts.copies, 0);
    return {
      falseMatches: this.#falseMatches,
      recall: copies === 0 ? 0 : all.reduce((sum, { found }) => sum + found, 0) / copies,
      perDamage: [...this.#found].map(([damage, counts]) => ({
        damage,
        recall: counts.found / counts.copies,
      })),
    };
  }
}

export class Tally {
  readonly #all = new Count();
  readonly #safe = new Count();

  /** @param known contents that the copy shows: its own, those put beside it, and their copies */
  add(damage: string, matches: readonly Match[], own: ContentId, known: ReadonlySet<ContentId>): void {
    for (const [count, counted] of [
      [this.#all, matches],
      [this.#safe, matches.filter(({ safe }) => safe)],
    ] as const) {
      const strangers = counted.filter(({ content }) => !known.has(content)).length;
      count.add(
        damage,
        counted.some(({ content }) => content === own),
        strangers,
      );
    }
  }

  figures(): Figures & { safe: Figures } {
    return { ...this.#all.figures(), safe: this.#safe.figures() };
  }
}
