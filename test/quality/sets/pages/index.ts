export { asPng, CONTENTS, LOOKS, nearPage, pageCopies, pagePhoto, patches, rendered } from './render.ts';
export type { Layout, PagePhoto } from './page.ts';
import type { Layout } from './page.ts';
import { papers } from './papers.ts';
import { pictures } from './pictures.ts';
import { screens } from './screens.ts';

export const layouts: readonly Layout[] = [...screens, ...papers, ...pictures];
