/** @file Questions to the user, one pair after another, and the answers that were given here. */
import type { Photo, PhotoId, TeachPair, Verdict, VerdictChange } from '../../src-main/contract/model.ts';
import type { Client } from '../client/engine-client.ts';
import { counted } from '../text/numbers.ts';
import { againstOthers, alsoSaid, settledLine } from '../text/teach.ts';
import type { Messages } from './messages.svelte.ts';
import { createRefresher } from './refresher.ts';

export interface Question {
  pair: TeachPair;
  a: Photo;
  b: Photo;
}

/** An answer; null: not sure. */
export interface Given {
  question: Question;
  verdict: Verdict | null;
  /** Pairs that look like it and got the same answer. */
  others: readonly Question[];
}

/** Pairs that look like the one just answered. */
export interface Alike {
  given: Given;
  questions: readonly Question[];
}

/** Questions that are asked for at once. */
export const QUESTIONS_AHEAD = 40;
const MOST_ALIKE = 12;
/** The engine names no more pairs at once. */
const MOST_PAIRS = 1_000;
/** Least time between two looks after news: a scan tells much. */
const REFRESH_GAP_MS = 2000;
/** Of a chance beyond these the app is sure: a question is hardly worth the time. */
const SURE_FROM = 0.98;
const SURE_NOT_TO = 0.02;

export function isOpen({ pair: { probability } }: Question): boolean {
  return probability < SURE_FROM && probability > SURE_NOT_TO;
}

function nameOf({ a, b }: { a: PhotoId; b: PhotoId }): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

export class Teach {
  readonly #client: Client;
  readonly #messages: Messages;
  #asking = 0;
  readonly #refresher = createRefresher(() => this.#again(), REFRESH_GAP_MS);

  /** Best first. */
  questions = $state.raw<readonly Question[]>([]);
  /** Newest first. */
  given = $state.raw<readonly Given[]>([]);
  /** Answers in the library, given here or elsewhere. */
  answers = $state(0);
  alike = $state.raw<Alike | null>(null);
  /** Also where the app is sure. */
  asksAll = $state(false);
  loaded = $state(false);
  /** An answer is on its way; the next waits for the next key. */
  deciding = $state(false);
  said = $state('');

  readonly worth = $derived(this.asksAll ? this.questions : this.questions.filter(isOpen));
  readonly question = $derived(this.worth[0] ?? null);

  constructor(client: Client, messages: Messages) {
    this.#client = client;
    this.#messages = messages;
  }

  async load(): Promise<void> {
    try {
      await this.#ask();
    } catch (error) {
      this.#messages.report(error);
    }
  }

  /** After news from elsewhere. */
  refresh(): void {
    if (this.loaded) this.#refresher();
  }

  /** The question that is on the screen stays: it must not change under a key. */
  async #again(): Promise<void> {
    if (this.deciding) return;
    const shown = this.question;
    try {
      await this.#ask(shown);
    } catch (error) {
      this.#messages.report(error);
    }
  }

  /** @param verdict null: not sure; it is not asked again here */
  async answer(verdict: Verdict | null): Promise<void> {
    const { question } = this;
    if (question === null) return;
    await this.#carryOut(async () => {
      const given: Given = { question, verdict, others: [] };
      this.alike = null;
      const change = verdict === null ? null : await this.#set([question], verdict);
      if (change !== null) await this.#offerAlike(given);
      this.given = [given, ...this.given];
      this.said = settledLine(given) + againstOthers(change);
    });
  }

  /** These of the pairs that look like the last one get the same answer. */
  async answerAlike(picked: readonly Question[]): Promise<void> {
    const { alike } = this;
    const verdict = alike?.given.verdict ?? null;
    if (alike === null || verdict === null || picked.length === 0) return;
    const { given } = alike;
    await this.#carryOut(async () => {
      const change = await this.#set(picked, verdict);
      const more: Given = { ...given, others: [...given.others, ...picked] };
      this.given = this.given.map((entry) => (entry === given ? more : entry));
      this.alike = null;
      this.said = alsoSaid(picked.length, verdict) + againstOthers(change);
    });
  }

  /** Takes the last answer back, with what was said of pairs like it, and asks it again. */
  async undo(): Promise<void> {
    const [last] = this.given;
    if (last === undefined) this.said = 'Nothing to take back.';
    else await this.takeBack(last);
  }

  async takeBack(given: Given): Promise<void> {
    await this.#carryOut(async () => {
      // Only pairs without an answer are asked, so nothing was said of them before.
      if (given.verdict !== null) await this.#set([given.question, ...given.others], null);
      this.given = this.given.filter((entry) => entry !== given);
      this.alike = null;
      this.said = `Taken back: ${counted(1 + given.others.length, 'answer')}.`;
    }, given.question);
  }

  /** Never rejects: what fails is said. @param first question to show next */
  async #carryOut(work: () => Promise<void>, first: Question | null = null): Promise<void> {
    if (this.deciding) return;
    this.deciding = true;
    try {
      await work();
      await this.#ask(first);
    } catch (error) {
      this.#messages.report(error);
    } finally {
      this.deciding = false;
    }
  }

  async #set(questions: readonly Question[], verdict: Verdict | null): Promise<VerdictChange> {
    const pairs = questions.map(({ pair: { a, b } }) => ({ a, b }));
    const change = await this.#client.request('verdicts.set', { pairs, verdict });
    // It names those of the whole library: what was said of other photos was told then.
    const photos = new Set(pairs.flatMap(({ a, b }) => [a, b]));
    const contradicted = change.contradicted.filter(({ a, b }) => photos.has(a) || photos.has(b));
    return { ...change, contradicted };
  }

  async #offerAlike(given: Given): Promise<void> {
    const { a, b } = given.question.pair;
    const pairs = await this.#client.request('teach.alike', { a, b, count: MOST_ALIKE });
    const questions = await this.#withPhotos(pairs);
    this.alike = questions.length === 0 ? null : { given, questions };
  }

  /** @param first stays or comes to the front */
  async #ask(first: Question | null = null): Promise<void> {
    const asking = ++this.#asking;
    const unsure = new Set(this.given.flatMap(({ question, verdict }) => (verdict === null ? question : [])));
    const skipped = new Set([...unsure].map(({ pair }) => nameOf(pair)));
    const count = Math.min(MOST_PAIRS, QUESTIONS_AHEAD + skipped.size);
    const [pairs, answers] = await Promise.all([
      this.#client.request('teach.next', { count }),
      this.#client.request('verdicts.list', {}),
    ]);
    const questions = await this.#withPhotos(pairs.filter((pair) => !skipped.has(nameOf(pair))));
    if (asking !== this.#asking) return;
    this.questions = first === null ? questions : toFront(questions, first);
    this.answers = answers.length;
    this.loaded = true;
  }

  /** A pair whose photo is gone meanwhile is no question. */
  async #withPhotos(pairs: readonly TeachPair[]): Promise<Question[]> {
    if (pairs.length === 0) return [];
    const ids = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
    const photos = await this.#client.request('photos.list', { ids });
    const byId = new Map(photos.map((photo) => [photo.id, photo]));
    return pairs.flatMap((pair) => {
      const [a, b] = [byId.get(pair.a), byId.get(pair.b)];
      return a === undefined || b === undefined ? [] : [{ pair, a, b }];
    });
  }
}

function toFront(questions: readonly Question[], first: Question): Question[] {
  const name = nameOf(first.pair);
  const others = questions.filter(({ pair }) => nameOf(pair) !== name);
  return [questions.find(({ pair }) => nameOf(pair) === name) ?? first, ...others];
}
