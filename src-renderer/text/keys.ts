/** @file Every key of the app, for the list that "?" opens and for Settings. */
export interface KeyEntry {
  deed: string;
  keys: readonly string[];
}
export interface KeySection {
  title: string;
  keys: readonly KeyEntry[];
}

const move: KeySection = {
  title: 'Move',
  keys: [
    { deed: 'Next, previous group', keys: ['J', 'K'] },
    { deed: 'The same', keys: ['↓', '↑'] },
    { deed: 'Photo in the group', keys: ['←', '→'] },
    { deed: 'First, last group', keys: ['Home', 'End'] },
    { deed: 'A page up, down', keys: ['PgUp', 'PgDn'] },
  ],
};

const look: KeySection = {
  title: 'Look',
  keys: [
    { deed: 'Group in large', keys: ['⏎'] },
    { deed: 'Photo before, after', keys: ['←', '→'] },
    { deed: 'Group before, after', keys: ['↑', '↓'] },
    { deed: 'Back to the list', keys: ['Esc'] },
  ],
};

const go: KeySection = {
  title: 'Window',
  keys: [
    { deed: 'Next screen', keys: ['Ctrl 1', '… 3'] },
    { deed: 'List, inspector, jobs', keys: ['F6'] },
    { deed: 'Add a folder', keys: ['Ctrl O'] },
    { deed: 'These keys', keys: ['?'] },
  ],
};

/** @param canReveal whether this shell can show a file in the file manager */
export function keySections(canReveal: boolean): readonly KeySection[] {
  if (!canReveal) return [move, look, go];
  return [move, { ...look, keys: [...look.keys, { deed: 'Show in folder', keys: ['R'] }] }, go];
}
