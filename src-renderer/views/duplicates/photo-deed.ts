import type { IconName } from '../../components/icons.ts';

/** An entry of the menu of a photo; `key` does the same without the menu, '' where none does. */
export interface PhotoDeed {
  label: string;
  icon: IconName;
  key: string;
  run: () => void;
}
