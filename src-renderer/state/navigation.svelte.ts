/** @file Which screen is shown; the address's fragment keeps it over a reload. */
import type { IconName } from '../components/icons.ts';

export const screens = ['library', 'duplicates', 'compare', 'similar', 'map', 'teach', 'settings'] as const;
export type ScreenName = (typeof screens)[number];

export const screenWords: Record<ScreenName, { label: string; icon: IconName }> = {
  library: { label: 'Library', icon: 'library' },
  duplicates: { label: 'Duplicates', icon: 'duplicates' },
  compare: { label: 'Compare', icon: 'compare' },
  similar: { label: 'Similar', icon: 'search' },
  map: { label: 'Map', icon: 'map' },
  teach: { label: 'Teach', icon: 'teach' },
  settings: { label: 'Settings', icon: 'settings' },
};

/** A place inside a screen: the library's list of files that can't be read. */
export const UNREADABLE = 'unreadable';
/** A place inside Settings: versions of the model. */
export const MODELS = 'models';

export function addressOf(screen: ScreenName, place?: string): string {
  return place === undefined ? `#/${screen}` : `#/${screen}/${place}`;
}

export class Navigation {
  screen = $state<ScreenName>('library');
  place = $state<string | null>(null);

  /** @param fragment of the address, as `location.hash` has it */
  read(fragment: string): void {
    const [name, place] = fragment.replace(/^#\/?/, '').split('/');
    this.screen = screens.find((screen) => screen === name) ?? 'library';
    this.place = place ?? null;
  }
}
