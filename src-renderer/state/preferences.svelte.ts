/** @file How this window looks; kept in the window's own storage, for it concerns no other. */
export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];
export const rowSizes = ['large', 'small'] as const;
export type RowSize = (typeof rowSizes)[number];

const THEME_KEY = 'theme';
const ROWS_KEY = 'rows';

type Store = Pick<Storage, 'getItem' | 'setItem'>;

function kept<T extends string>(store: Store, key: string, choices: readonly T[], otherwise: T): T {
  const value = store.getItem(key);
  return choices.find((choice) => choice === value) ?? otherwise;
}

export class Preferences {
  readonly #store: Store;
  #theme = $state<ThemeChoice>('system');
  #rows = $state<RowSize>('large');
  /** What the system asks for; the window tells. */
  systemIsLight = $state(false);
  readonly shownTheme = $derived(
    this.#theme === 'system' ? (this.systemIsLight ? 'light' : 'dark') : this.#theme,
  );

  constructor(store: Store) {
    this.#store = store;
    this.#theme = kept(store, THEME_KEY, themeChoices, 'system');
    this.#rows = kept(store, ROWS_KEY, rowSizes, 'large');
  }

  get theme(): ThemeChoice {
    return this.#theme;
  }

  set theme(choice: ThemeChoice) {
    this.#theme = choice;
    this.#store.setItem(THEME_KEY, choice);
  }

  get rows(): RowSize {
    return this.#rows;
  }

  set rows(size: RowSize) {
    this.#rows = size;
    this.#store.setItem(ROWS_KEY, size);
  }
}
