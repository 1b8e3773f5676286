/** @file What the matcher is fitted on. */

/** Photos of the calibration split: with 75 copies each, more than the weights need. */
export const FIT_PHOTOS = 60;
