/** @file Which photo of a group stays, by ordered rules, and the sentences that say why. */
import type { FolderId, KeeperRuleName, PhotoId } from '../../contract/model.ts';
import { keeperRules, type KeeperCandidate, type KeeperRule, type Speaker } from './keeper-rules.ts';

export interface KeeperOrder {
  rules: readonly KeeperRuleName[];
  /** Best first. */
  folders: readonly FolderId[];
}

/** What each rule left out. */
interface Step {
  rule: KeeperRuleName;
  out: KeeperCandidate[];
}

export interface KeeperChoice {
  keeper: KeeperCandidate;
  /** The rule after which one photo was left; null: the user chose, or the first by path stays. */
  decided: KeeperRuleName | null;
  chosen: boolean;
  steps: Step[];
}

export class Keepers {
  readonly #order: readonly KeeperRuleName[];
  readonly #rules: Record<KeeperRuleName, KeeperRule>;

  constructor({ rules, folders }: KeeperOrder) {
    this.#order = rules;
    this.#rules = keeperRules(new Map(folders.map((id, rank) => [id, rank])));
  }

  uses(rule: KeeperRuleName): boolean {
    return this.#order.includes(rule);
  }

  /**
   * The first rule that tells two photos apart decides between them. Nothing depends on the order of the photos.
   * @param chosen by the user; the rules then decide nothing
   * @throws RangeError for an empty group
   */
  choose(photos: readonly KeeperCandidate[], chosen?: PhotoId): KeeperChoice {
    const own = photos.find(({ id }) => id === chosen);
    if (own !== undefined) return { keeper: own, decided: null, chosen: true, steps: [] };
    let left = photos;
    let decided: KeeperRuleName | null = null;
    const steps: Step[] = [];
    for (const rule of this.#order) {
      if (left.length < 2) break;
      const stay = this.#best(rule, left);
      if (stay.length === left.length) continue;
      steps.push({ rule, out: left.filter((photo) => !stay.includes(photo)) });
      left = stay;
      if (left.length === 1) decided = rule;
    }
    return { keeper: firstByPath(left), decided, chosen: false, steps };
  }

  /** Each step's sentence in the order of the rules, then what else only the keeper has. */
  reasons(choice: KeeperChoice, photos: readonly KeeperCandidate[], say: Speaker): string[] {
    const { keeper, decided, chosen, steps } = choice;
    const said: string[] = chosen ? ['You chose it'] : [];
    for (const { rule, out } of steps) {
      said.push(this.#rules[rule].sentence(keeper, this.#strongest(rule, out, [keeper, ...out]), say));
    }
    const used = new Set(steps.map(({ rule }) => rule));
    const support = this.#order.filter((rule) => !used.has(rule) && this.#speaksFor(rule, keeper, photos));
    const others = photos.filter((photo) => photo !== keeper);
    for (const rule of support) {
      said.push(this.#rules[rule].sentence(keeper, this.#strongest(rule, others, photos), say));
    }
    if (decided === null && !chosen) {
      said.push(
        steps.length === 0 ? 'All are equal; the first by path stays' : 'The first by path of those left',
      );
    }
    return said;
  }

  #best(name: KeeperRuleName, left: readonly KeeperCandidate[]): KeeperCandidate[] {
    const rule = this.#rules[name];
    const values = left.map((photo) => rule.value(photo, left));
    const most = Math.max(...values);
    const least = Number.isFinite(most) ? most - rule.slack * Math.abs(most) : most;
    return left.filter((_, i) => (values[i] ?? -Infinity) >= least);
  }

  #strongest(
    name: KeeperRuleName,
    photos: readonly KeeperCandidate[],
    rivals: readonly KeeperCandidate[],
  ): KeeperCandidate {
    const rule = this.#rules[name];
    return photos.reduce((best, photo) => {
      const [value, most] = [rule.value(photo, rivals), rule.value(best, rivals)];
      return value > most || (value === most && byPath(photo, best) < 0) ? photo : best;
    });
  }

  /** The keeper alone is best under the rule. A reference folder speaks for it anyway. */
  #speaksFor(name: KeeperRuleName, keeper: KeeperCandidate, photos: readonly KeeperCandidate[]): boolean {
    if (photos.length < 2) return false;
    if (name === 'reference') return keeper.reference;
    const best = this.#best(name, photos);
    return best.length === 1 && best[0] === keeper;
  }
}

/** Bytes of the photos that may go: all but the keeper and those in reference folders. */
export function bytesToGain(keeper: KeeperCandidate, photos: readonly KeeperCandidate[]): number {
  return photos.reduce((sum, photo) => (photo === keeper || photo.reference ? sum : sum + photo.bytes), 0);
}

function byPath(a: KeeperCandidate, b: KeeperCandidate): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.id - b.id;
}

function firstByPath(photos: readonly KeeperCandidate[]): KeeperCandidate {
  const [first, ...rest] = photos;
  if (first === undefined) throw new RangeError('A group without photos has no keeper.');
  return rest.reduce((best, photo) => (byPath(photo, best) < 0 ? photo : best), first);
}
