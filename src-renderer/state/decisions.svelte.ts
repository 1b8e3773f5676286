/** @file What a user decides about groups, and how it is taken back: keepers, splits, answers about pairs. */
import type { DuplicateGroup, GroupId, PhotoId, Verdict } from '../../src-main/contract/model.ts';
import type { Client } from '../client/engine-client.ts';
import { membersInOrder } from '../text/keeper.ts';
import { count } from '../text/numbers.ts';
import { nameInGroup } from '../text/series.ts';
import { linkOf } from './details.svelte.ts';
import type { Groups } from './groups.svelte.ts';
import type { Messages } from './messages.svelte.ts';
import type { Selection } from './selection.svelte.ts';

interface Pair {
  a: PhotoId;
  b: PhotoId;
}

/** What was done, in words, and the way back; null: nothing was done, it only says why. */
export interface Step {
  text: string;
  undo: (() => Promise<void>) | null;
}

/** The way back from a deed, and what else is to be said of it. */
export interface Done {
  undo: () => Promise<void>;
  note?: string;
}

/** A deed in words, and the group that it is about. */
export interface Deed {
  group: GroupId;
  text: string;
  /** An answer about photos: U takes it back too. */
  isAnswer?: boolean;
}

/** Steps that can be taken back, the last first. */
const MAX_STEPS = 100;
/** The engine takes no more pairs at once. */
const MOST_PAIRS = 100_000;

export class Decisions {
  readonly #client: Client;
  readonly #messages: Messages;
  readonly #groups: Groups;
  readonly #selection: Selection;
  #steps: (Step & { isAnswer: boolean; group: number })[] = [];
  /** A decision is on its way; the next waits for the next key. */
  deciding = $state(false);
  #underWay: Promise<void> = Promise.resolve();
  /** Said last, for the toast; a new object with every deed. */
  said = $state.raw<Step | null>(null);

  constructor(client: Client, messages: Messages, groups: Groups, selection: Selection) {
    this.#client = client;
    this.#messages = messages;
    this.#groups = groups;
    this.#selection = selection;
  }

  say(text: string): void {
    this.said = { text, undo: null };
  }

  askForTwo(): void {
    this.say('Pick two photos first: Shift with an arrow, or a click with Shift.');
  }

  close(): void {
    this.said = null;
  }

  /** This photo of a group of copies stays, whatever the rules say. */
  async keep(group: DuplicateGroup, place: number): Promise<void> {
    const photo = membersInOrder(group)[place];
    const name = nameInGroup(group.kind, place);
    if (photo === undefined) return;
    if (photo.id === group.keeper) {
      this.say(`${name} stays already.`);
      return;
    }
    const before = group.keeperChosen ? group.keeper : null;
    await this.carryOut({ group: group.id, text: `${name} stays now, and is called A.` }, async () => {
      await this.#setKeeper(group, photo.id);
      return { undo: () => this.#setKeeper(group, before) };
    });
  }

  /** The rules choose the keeper again. */
  async followRules(group: DuplicateGroup): Promise<void> {
    if (!group.keeperChosen) return;
    await this.carryOut({ group: group.id, text: 'The rules choose the keeper again.' }, async () => {
      await this.#setKeeper(group, null);
      return { undo: () => this.#setKeeper(group, group.keeper) };
    });
  }

  /** No photo of the group is a copy of another. */
  async apart(group: DuplicateGroup): Promise<void> {
    const { members } = group;
    const pairs = members.flatMap(({ id: a }, place) =>
      members.slice(place + 1).map(({ id: b }) => ({ a, b })),
    );
    const text = `Not copies: ${members.length === 2 ? 'the two are' : `all ${count(members.length)} are`} different photos.`;
    await this.carryOut({ group: group.id, text, isAnswer: true }, () => this.#answerAll(group, pairs));
  }

  /** The two photos of the weakest link are different: the group parts between them. */
  async split(group: DuplicateGroup): Promise<void> {
    const members = membersInOrder(group);
    const { a, b } = group.weakest;
    const names = [a, b].map((id) =>
      nameInGroup(
        group.kind,
        members.findIndex((member) => member.id === id),
      ),
    );
    const text = `Split between ${names.sort().join(' and ')}.`;
    await this.carryOut({ group: group.id, text, isAnswer: true }, () => this.#answerAll(group, [{ a, b }]));
  }

  /** What two photos of a group are to each other; null takes the answer back. */
  async answer(
    group: DuplicateGroup,
    places: readonly [number, number],
    verdict: Verdict | null,
  ): Promise<void> {
    const members = membersInOrder(group);
    const [one, other] = [members[places[0]], members[places[1]]];
    if (one === undefined || other === undefined) return;
    const pair = { a: one.id, b: other.id };
    const names = places.map((place) => nameInGroup(group.kind, place)).join(' and ');
    const texts = {
      same: `${names}: the same photo, you said.`,
      different: `${names}: different photos, you said.`,
      none: `Your answer about ${names} is taken back.`,
    };
    const work = async (): Promise<Done> => {
      const before = await this.#verdictOf(group, pair);
      if (before === verdict)
        throw new Nothing(verdict === null ? `You said nothing of ${names}.` : texts[verdict]);
      await this.#set([pair], verdict);
      return { undo: () => this.#set([pair], before).then(() => undefined) };
    };
    await this.carryOut({ group: group.id, text: texts[verdict ?? 'none'], isAnswer: true }, work);
  }

  /** Takes the last step back. */
  async undo(): Promise<void> {
    await this.#undo(this.#steps.at(-1));
  }

  /** Takes the last step back if it was an answer about photos. */
  async takeAnswerBack(): Promise<void> {
    const last = this.#steps.at(-1);
    if (last?.isAnswer === true) await this.#undo(last);
    else this.askForTwo();
  }

  async #undo(step: (Step & { group: number }) | undefined): Promise<void> {
    if (step === undefined || step.undo === null) {
      if (!this.deciding) this.say('Nothing to take back.');
      return;
    }
    const { undo, text, group } = step;
    await this.#alone(async () => {
      await undo();
      this.#steps = this.#steps.filter((other) => other !== step);
      await this.#groups.reload();
      this.#selection.goTo(group);
      this.said = { text: `Taken back: ${text}`, undo: null };
    });
  }

  /** Never rejects: what fails is said. @param work does it and returns the way back */
  async carryOut({ group, text, isAnswer = false }: Deed, work: () => Promise<Done>): Promise<void> {
    await this.#alone(async () => {
      const { undo, note = '' } = await work();
      const step = { text: text + note, undo, isAnswer, group };
      this.#steps = [...this.#steps, step].slice(-MAX_STEPS);
      await this.#groups.reload();
      this.said = step;
    });
  }

  /** Resolves once no decision is on its way. */
  async settled(): Promise<void> {
    while (this.deciding) await this.#underWay;
  }

  /** One at a time: what comes meanwhile is dropped, as the list under it is about to change. */
  async #alone(work: () => Promise<void>): Promise<void> {
    if (this.deciding) return;
    this.deciding = true;
    this.#underWay = this.#carriedOut(work);
    await this.#underWay;
  }

  async #carriedOut(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Nothing) this.say(error.message);
      else this.#messages.report(error);
    } finally {
      this.deciding = false;
    }
  }

  async #setKeeper({ id }: DuplicateGroup, photo: PhotoId | null): Promise<void> {
    await this.#client.request('groups.setKeeper', { group: id, photo, ...this.#groups.lookedAt });
  }

  /** "different" for all pairs. @returns what brings earlier answers back */
  async #answerAll({ members }: DuplicateGroup, pairs: readonly Pair[]): Promise<Done> {
    // An answer is listed by the first photo of equal bytes: all of them are in the group.
    const photos = new Set(members.map(({ id }) => id));
    const known = await this.#client.request('verdicts.list', {});
    const before = known.filter(({ a, b }) => photos.has(a) && photos.has(b));
    const { changed, sameBytes } = await this.#set(pairs, 'different');
    if (changed === 0) throw new Nothing('These files have the same bytes: there is nothing to part.');
    const undo = async (): Promise<void> => {
      await this.#set(pairs, null);
      for (const verdict of ['same', 'different'] as const) {
        await this.#set(
          before.filter((entry) => entry.verdict === verdict),
          verdict,
        );
      }
    };
    return sameBytes === 0 ? { undo } : { undo, note: ' Files of the same bytes stay together.' };
  }

  /** @returns how many answers are others than before, and of how many pairs there is nothing to say */
  async #set(
    pairs: readonly Pair[],
    verdict: Verdict | null,
  ): Promise<{ changed: number; sameBytes: number }> {
    let [changed, sameBytes] = [0, 0];
    for (let from = 0; from < pairs.length; from += MOST_PAIRS) {
      const part = pairs.slice(from, from + MOST_PAIRS).map(({ a, b }) => ({ a, b }));
      const change = await this.#client.request('verdicts.set', { pairs: part, verdict });
      changed += change.changed;
      sameBytes += change.sameBytes;
      if (change.sameBytes === part.length && pairs.length === 1) {
        throw new Nothing('Both files have the same bytes: there is nothing to say of them.');
      }
    }
    return { changed, sameBytes };
  }

  async #verdictOf({ id }: DuplicateGroup, pair: Pair): Promise<Verdict | null> {
    const { links } = await this.#client.request('groups.get', { id, ...this.#groups.lookedAt });
    return linkOf(links, pair)?.verdict ?? null;
  }
}

/** A deed that would change nothing; its message says why. */
class Nothing extends Error {
  override name = 'Nothing';
}
