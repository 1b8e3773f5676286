/** One name for two numbers, in either order of the two. */
export function pairName(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
