export type Side = 'a' | 'b';

/** Something that says which of two copies was made from the other. */
export interface Sign {
  /** The one that was made from the other. */
  side: Side;
  because: string;
  /** It is a part of the other: then it can't have more pixels of it. */
  isPart?: boolean;
}
