/**
 * The root of an item in a forest in which a root is above itself. What was passed on the way points to it afterwards, so
 * the next way is short.
 */
export function rootIn(above: Int32Array, item: number): number {
  let root = item;
  while (above[root] !== root) root = above[root] ?? 0;
  for (let at = item; at !== root;) {
    const next = above[at] ?? 0;
    above[at] = root;
    at = next;
  }
  return root;
}
