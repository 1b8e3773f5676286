/** @file Whether the window is narrow: then rows, the rail and inspectors slim. */
import { innerWidth } from 'svelte/reactivity/window';

/** The same width as in styles/. */
const NARROW_BELOW_PX = 1180;

export const windowWidth = {
  get narrow(): boolean {
    return innerWidth.current !== undefined && innerWidth.current < NARROW_BELOW_PX;
  },
};
