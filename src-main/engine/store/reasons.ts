/** @file Lists of relations in one column: names joined by commas, which no name contains. */
import type { Relation } from '../../contract/model.ts';

export function joinReasons(reasons: readonly Relation[]): string {
  return reasons.join(',');
}

export function splitReasons(text: string): Relation[] {
  return text === '' ? [] : (text.split(',') as Relation[]);
}
