/** @file One picture, and the photos of the library that are like it: what was asked, under which filter, what was found. */
import { MAX_PICTURE_BYTES, type MethodInput } from '../../src-main/contract/methods.ts';
import { LookalikeError } from '../../src-main/contract/errors.ts';
import type {
  HeldPicture,
  Photo,
  PhotoId,
  SearchChoices,
  SimilarPhoto,
  Verdict,
} from '../../src-main/contract/model.ts';
import type { Client } from '../client/engine-client.ts';
import { isCopy } from '../text/similar.ts';
import { counted } from '../text/numbers.ts';
import type { Messages } from './messages.svelte.ts';

/** A photo of the library, or a picture that came from outside, with its file as long as it is here. */
export type Asked =
  { kind: 'photo'; photo: Photo } | { kind: 'picture'; held: HeldPicture; file: File; url: string };

export type Among = NonNullable<MethodInput<'similar.toPhoto'>['among']>;

export const MOST_SHOWN = 500;
const SHOWN_AT_FIRST = 120;
/** Pictures that Alt and the left arrow bring back. */
const MOST_BEFORE = 20;

export class Similar {
  readonly #client: Client;
  readonly #messages: Messages;
  #searching = new AbortController();
  #before: Asked[] = [];

  asked = $state.raw<Asked | null>(null);
  metric = $state<'cosine' | 'l2'>('cosine');
  top = $state(SHOWN_AT_FIRST);
  /** Look-alikes that are less alike are not shown. */
  least = $state(0);
  hidesCopies = $state(false);
  among = $state.raw<Among>({});
  choices = $state.raw<SearchChoices | null>(null);
  found = $state.raw<readonly SimilarPhoto[]>([]);
  /** A question is on its way. */
  busy = $state(false);
  tookMs = $state(0);
  picked = $state.raw<ReadonlySet<PhotoId>>(new Set());
  /** Answers that were given here, by the other photo. */
  answers = $state.raw<ReadonlyMap<PhotoId, Verdict>>(new Map());
  said = $state('');

  readonly copies = $derived(this.hidesCopies ? [] : this.found.filter(isCopy));
  readonly alike = $derived(
    this.found
      .filter((entry) => !isCopy(entry) && entry.likeness >= this.least)
      .toSorted((a, b) => b.likeness - a.likeness),
  );
  readonly shown = $derived([...this.copies, ...this.alike]);
  readonly chosen = $derived(this.shown.filter(({ photo }) => this.picked.has(photo.id)));
  readonly narrowed = $derived(Object.values(this.among).some((value) => value !== undefined));

  constructor(client: Client, messages: Messages) {
    this.#client = client;
    this.#messages = messages;
  }

  /** Searches for a file that was dropped, pasted or picked. */
  async askFile(file: File): Promise<void> {
    const held = await this.#hold(file);
    if (held !== null) await this.#ask({ kind: 'picture', held, file, url: URL.createObjectURL(file) });
  }

  async askPhoto(id: PhotoId): Promise<void> {
    try {
      const photo = await this.#client.request('photos.get', { id });
      await this.#ask({ kind: 'photo', photo });
    } catch (error) {
      this.#messages.report(error);
    }
  }

  /** The picture that was asked for before this one. */
  async back(): Promise<void> {
    const before = this.#before.pop();
    if (before === undefined) return;
    this.#release();
    this.asked = before;
    await this.search();
  }

  clear(): void {
    this.#searching.abort();
    this.#release();
    this.asked = null;
    this.found = [];
    this.picked = new Set();
    this.busy = false;
  }

  async narrow(among: Among): Promise<void> {
    this.among = among;
    await this.search();
  }

  async measure(metric: 'cosine' | 'l2'): Promise<void> {
    this.metric = metric;
    await this.search();
  }

  async show(top: number): Promise<void> {
    this.top = top;
    await this.search();
  }

  /** Never rejects: what fails is said. */
  async search(): Promise<void> {
    const { asked } = this;
    if (asked === null) return;
    this.#searching.abort();
    this.#searching = new AbortController();
    const { signal } = this.#searching;
    this.busy = true;
    try {
      const began = performance.now();
      const found = await this.#find(asked, signal);
      if (signal.aborted) return;
      this.tookMs = performance.now() - began;
      this.found = found;
      this.said = `${counted(this.copies.length, 'copy', 'copies')} and ${counted(this.alike.length, 'look-alike')}.`;
      this.choices = await this.#client.request('similar.choices', {});
    } catch (error) {
      if (!signal.aborted) this.#messages.report(error);
    } finally {
      if (!signal.aborted) this.busy = false;
    }
  }

  pick(id: PhotoId): void {
    const picked = new Set(this.picked);
    if (!picked.delete(id)) picked.add(id);
    this.picked = picked;
  }

  unpick(): void {
    this.picked = new Set();
  }

  /** What the picked photos are to the photo that was asked for, or two of them to each other. */
  async answer(verdict: Verdict): Promise<void> {
    const ids = this.chosen.map(({ photo }) => photo.id);
    const { asked } = this;
    const [a, b] = ids;
    const pairs =
      asked?.kind === 'photo'
        ? ids.map((id) => ({ a: asked.photo.id, b: id }))
        : ids.length === 2 && a !== undefined && b !== undefined
          ? [{ a, b }]
          : [];
    if (pairs.length === 0) return;
    try {
      await this.#client.request('verdicts.set', { pairs, verdict });
      const answers = new Map(this.answers);
      for (const { b: id } of pairs) answers.set(id, verdict);
      this.answers = answers;
      this.said = `Kept as your answer: ${verdict === 'same' ? 'same photo' : 'different'}.`;
    } catch (error) {
      this.#messages.report(error);
    }
  }

  async #ask(asked: Asked): Promise<void> {
    if (this.asked !== null) this.#before = [...this.#before, this.asked].slice(-MOST_BEFORE);
    this.asked = asked;
    this.found = [];
    this.picked = new Set();
    this.answers = new Map();
    await this.search();
  }

  async #find(asked: Asked, signal: AbortSignal): Promise<SimilarPhoto[]> {
    const query = { top: this.top, metric: this.metric, among: this.among };
    if (asked.kind === 'photo')
      return this.#client.request('similar.toPhoto', { id: asked.photo.id, ...query }, { signal });
    const { picture } = asked.held;
    try {
      return await this.#client.request('similar.toPicture', { picture, ...query }, { signal });
    } catch (error) {
      // The engine was started again, or many pictures came since.
      if (!(error instanceof LookalikeError && error.code === 'NOT_FOUND')) throw error;
      await this.#hold(asked.file);
      return this.#client.request('similar.toPicture', { picture, ...query }, { signal });
    }
  }

  async #hold(file: File): Promise<HeldPicture | null> {
    this.busy = true;
    try {
      return await holdPicture(this.#client, file);
    } catch (error) {
      this.#messages.report(error);
      this.busy = false;
      return null;
    }
  }

  #release(): void {
    if (this.asked?.kind === 'picture' && !this.#before.includes(this.asked))
      URL.revokeObjectURL(this.asked.url);
  }
}

/** @throws LookalikeError PHOTO_UNREADABLE, INVALID_INPUT for what is too large */
export async function holdPicture(client: Client, file: File): Promise<HeldPicture> {
  if (file.size > MAX_PICTURE_BYTES) {
    throw new LookalikeError('PHOTO_UNREADABLE', `${file.name} is larger than 64 MB.`, {
      nextStep: 'Add its folder to the library to compare it.',
    });
  }
  const data = new Uint8Array(await file.arrayBuffer());
  return client.request('similar.addPicture', { name: file.name.slice(-255), data });
}
