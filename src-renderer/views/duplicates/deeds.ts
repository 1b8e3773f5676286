/** @file What the keys and the menu of a photo do about the selected group. */
import type { Verdict } from '../../../src-main/contract/model.ts';
import type { ListCommand } from '../../grid/keyboard.ts';
import type { AppState } from '../../state/app.svelte.ts';
import { ALL_STAY, nameInGroup } from '../../text/series.ts';
import { membersInOrder } from '../../text/keeper.ts';
import type { PhotoDeed } from './photo-deed.ts';

type Parts = Pick<AppState, 'decisions' | 'selection'>;

export async function runDeed(command: ListCommand, { decisions, selection }: Parts): Promise<void> {
  const { group } = selection;
  if (command.type === 'undo') return decisions.undo();
  if (command.type === 'answer') return answer(command.verdict, { decisions, selection });
  if (group === undefined) return;
  if (group.kind !== 'copies') {
    decisions.say(ALL_STAY);
    return;
  }
  if (command.type === 'keep') {
    const { photo } = selection.position;
    await decisions.keep(group, command.photo);
    // The keeper is called A now: the keys stay at it.
    if (photo === command.photo) selection.move({ row: selection.position.row, photo: 0 });
  } else if (command.type === 'apart') await decisions.apart(group);
  else if (command.type === 'split') {
    await (group.members.length === 2 ? decisions.apart(group) : decisions.split(group));
  }
}

/** Of two picked photos; a group of two has only one pair. */
async function answer(verdict: Verdict | null, { decisions, selection }: Parts): Promise<void> {
  const { group, picks } = selection;
  const pair = picks ?? (group?.members.length === 2 ? ([0, 1] as const) : null);
  if (group !== undefined && pair !== null && (verdict !== null || picks !== null)) {
    await decisions.answer(group, pair, verdict);
  } else if (verdict === null) await decisions.takeAnswerBack();
  else decisions.askForTwo();
}

/** The menu of the photo that the keys are at. @returns null without a photo */
export function photoDeeds(
  app: Parts & Pick<AppState, 'compareSelected' | 'findSimilar'>,
  reveal: (() => void) | undefined,
): { title: string; deeds: PhotoDeed[] } | null {
  const { decisions, selection } = app;
  const { group, picked, picks } = selection;
  if (group === undefined) return null;
  const photo = selection.position.photo ?? 0;
  const name = nameInGroup(group.kind, photo);
  const deeds: PhotoDeed[] = [];
  if (picks !== null && picked !== null) {
    const other = nameInGroup(group.kind, picked);
    deeds.push(
      { label: `Same photo as ${other}`, icon: 'same', key: 'Y', run: () => void answer('same', app) },
      { label: `Different from ${other}`, icon: 'cross', key: 'X', run: () => void answer('different', app) },
    );
  }
  if (group.kind === 'copies' && photo > 0) {
    const key = photo < 9 ? String(photo + 1) : '';
    deeds.push({
      label: 'Keep this photo',
      icon: 'check',
      key,
      run: () => void runDeed({ type: 'keep', photo }, { decisions, selection }),
    });
  }
  deeds.push({
    label: 'Compare',
    icon: 'compare',
    key: 'C',
    run: () => app.compareSelected(picks ?? [photo]),
  });
  const member = membersInOrder(group)[photo];
  if (member !== undefined)
    deeds.push({ label: 'Find similar', icon: 'search', key: 'F', run: () => app.findSimilar(member.id) });
  if (reveal !== undefined) deeds.push({ label: 'Show in folder', icon: 'library', key: 'R', run: reveal });
  const title =
    picked === null ? `Photo ${name}` : `Photo ${name}, with ${nameInGroup(group.kind, picked)} picked`;
  return { title, deeds };
}
