/** @file How many pixels of the screen one CSS pixel has, followed when the window goes to another screen. */
import { devicePixelRatio } from 'svelte/reactivity/window';

export const screenPixels = {
  get ratio(): number {
    return devicePixelRatio.current ?? 1;
  },
};
