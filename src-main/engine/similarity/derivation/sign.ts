export type Side = 'a' | 'b';

/** Something that says which of two copies was made from the other. */
export interface Sign {
  /** The one that was made from the other. */
  side: Side;
  because: string;
  /** It is a part of the other: then it can't have more pixels of it. */
  isPart?: boolean;
}

export function otherOf(side: Side): Side {
  return side === 'a' ? 'b' : 'a';
}

/** @param says by the letters of this side and of the other */
export function sign(side: Side, says: (name: string, other: string) => string): Sign {
  return { side, because: says(side.toUpperCase(), otherOf(side).toUpperCase()) };
}
