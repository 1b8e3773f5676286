/** @file "Did you mean": the known word that is nearest to a mistyped one. */

/** Edits that a word may be away and still be meant. */
function allowedEdits(word: string): number {
  return word.length <= 4 ? 1 : 2;
}

/** Levenshtein distance with swaps of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** A single letter means the first word that begins with it. */
export function nearestWord(given: string, known: readonly string[]): string | undefined {
  if (given.length === 1) return known.find((word) => word.startsWith(given));
  let nearest: { word: string; distance: number } | undefined;
  for (const word of known) {
    const distance = editDistance(given.toLowerCase(), word);
    if (distance <= allowedEdits(given) && distance < (nearest?.distance ?? Infinity))
      nearest = { word, distance };
  }
  return nearest?.word;
}
