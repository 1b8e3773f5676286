/** @file Which kinds of facts a photo's metadata hold. */
import type { PhotoFacts } from '../imaging/photo-facts.ts';
import { factNames, type FactName } from '../similarity/keeper-rules.ts';
import type { ContentFacts } from './library-rows.ts';

/** @param told undefined: the photo was read before facts were stored */
export function factNamesOf(
  { takenAt, camera }: Pick<ContentFacts, 'takenAt' | 'camera'>,
  told: PhotoFacts | undefined,
): readonly FactName[] {
  const has: Record<FactName, boolean> = {
    place: told?.place !== undefined,
    date: takenAt !== null,
    camera: camera !== null,
    lens: told?.lens !== undefined,
    caption: told?.caption !== undefined,
    rating: (told?.rating ?? 0) > 0,
    keywords: (told?.keywords?.length ?? 0) > 0,
  };
  return factNames.filter((name) => has[name]);
}
