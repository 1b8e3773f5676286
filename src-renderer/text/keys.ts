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
    { deed: 'Pick two photos', keys: ['Shift ←', '→'] },
    { deed: 'Kind of group', keys: ['Alt 1', '… 4'] },
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

const compare: KeySection = {
  title: 'Compare',
  keys: [
    { deed: 'Compare the group', keys: ['C'] },
    { deed: 'Next kind of view', keys: ['V'] },
    { deed: 'Side by side … difference', keys: ['Alt 1', '… 4'] },
    { deed: 'Zoom in, out, show all', keys: ['+', '-', '0'] },
    { deed: 'Pixel for pixel', keys: ['P'] },
    { deed: 'Move what is zoomed', keys: ['←', '→', '↑', '↓'] },
    { deed: 'Zoom together or apart', keys: ['L'] },
    { deed: 'Photo against A', keys: ['B', 'C', 'D'] },
    { deed: 'Flip: the last two', keys: ['Space'] },
    { deed: 'Flip: show a photo', keys: ['1', '… 4'] },
    { deed: 'Next region that differs', keys: ['R'] },
    { deed: 'More photos of the group', keys: ['M'] },
  ],
};

const decideInList: KeySection = {
  title: 'Decide',
  keys: [
    { deed: 'Keep this photo', keys: ['1', '… 9'] },
    { deed: 'Not copies', keys: ['N'] },
    { deed: 'Split at weakest link', keys: ['S'] },
    { deed: 'Picked: same, different', keys: ['Y', 'X'] },
    { deed: 'Take the answer back', keys: ['U'] },
    { deed: 'Undo last step', keys: ['Z'] },
    { deed: 'Deeds of a photo', keys: ['Menu'] },
    { deed: 'Slider: a step', keys: ['←', '→'] },
    { deed: 'Slider: five steps', keys: ['PgUp', 'PgDn'] },
  ],
};

const decide: KeySection = {
  title: 'Decide in Compare',
  keys: [
    { deed: 'Keep a photo', keys: ['1', '… 4'] },
    { deed: 'Same photo, different', keys: ['Y', 'X'] },
    { deed: 'Take the answer back', keys: ['U'] },
    { deed: 'Undo last step', keys: ['Z'] },
    { deed: 'Next, previous group', keys: ['J', 'K'] },
    { deed: 'Back to the group', keys: ['Esc'] },
  ],
};

const similar: KeySection = {
  title: 'Similar',
  keys: [
    { deed: 'Paste a picture', keys: ['Ctrl V'] },
    { deed: 'Photo beside, above, below', keys: ['←', '→', '↑', '↓'] },
    { deed: 'Select, select none', keys: ['Space', 'Esc'] },
    { deed: 'Search from this photo', keys: ['F'] },
    { deed: 'Compare', keys: ['C'] },
    { deed: 'Same photo, different', keys: ['Y', 'X'] },
    { deed: 'The picture before', keys: ['Alt ←'] },
  ],
};

const map: KeySection = {
  title: 'Map',
  keys: [
    { deed: 'Move the pointer', keys: ['←', '→', '↑', '↓'] },
    { deed: 'Zoom in, out, whole map', keys: ['+', '-', '0'] },
    { deed: 'Select the photo', keys: ['Space'] },
    { deed: 'Search from the photo', keys: ['⏎'] },
    { deed: 'Lasso', keys: ['L'] },
    { deed: 'The same as a list', keys: ['T'] },
    { deed: 'Select none', keys: ['Esc'] },
  ],
};

const teach: KeySection = {
  title: 'Teach',
  keys: [
    { deed: 'Same photo, different', keys: ['Y', 'X'] },
    { deed: 'Not sure', keys: ['Space'] },
    { deed: 'More pairs like the last', keys: ['M'] },
    { deed: 'Compare the two', keys: ['C'] },
    { deed: 'Last answer back', keys: ['Z'] },
  ],
};

const go: KeySection = {
  title: 'Window',
  keys: [
    { deed: 'Next screen', keys: ['Ctrl 1', '… 7'] },
    { deed: 'List, inspector, jobs', keys: ['F6'] },
    { deed: 'Add a folder', keys: ['Ctrl O'] },
    { deed: 'These keys', keys: ['?'] },
  ],
};

/** @param canReveal whether this shell can show a file in the file manager */
export function keySections(canReveal: boolean): readonly KeySection[] {
  const reveal = canReveal ? [{ deed: 'Show in folder', keys: ['R'] }] : [];
  const lookHere = { ...look, keys: [...look.keys, ...reveal] };
  return [move, decideInList, lookHere, compare, decide, similar, map, teach, go];
}
