/** @file What a row of the list is drawn from, whichever kind its group is of. */
import type { DuplicateGroup, Folder } from '../../../src-main/contract/model.ts';
import type { RowSize } from '../../state/preferences.svelte.ts';

export interface RowProps {
  /** undefined while it is on its way. */
  group: DuplicateGroup | undefined;
  row: number;
  selected: boolean;
  /** The photo that the keys are at, null for the row itself; of the selected row only. */
  photo: number | null;
  /** Picked beside that one. */
  picked: number | null;
  size: RowSize;
  narrow: boolean;
  /** Photos that fit side by side. */
  fit: number;
  folders: readonly Folder[];
}
