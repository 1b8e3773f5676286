/**
 * @file Parameters of the local features. The WASM sources read this file too, so it holds plain numbers only: whole
 * ones are i32 there, all others f64. A change of any of them changes the codes: raise LOCAL_FEATURES_REVISION with it.
 */

/** Codes of different revisions can't be compared. */
export const LOCAL_FEATURES_REVISION = 1;

/** Luma of ITU-R BT.601. */
export const RED_WEIGHT = 0.299;
export const GREEN_WEIGHT = 0.587;
export const BLUE_WEIGHT = 0.114;

/** Longest side of the grey picture in which points are looked for. */
export const GREY_EDGE_PX = 256;
export const GREY_SHORT_EDGE_MIN_PX = 8;

/** Scale space of D. Lowe, "Distinctive image features from scale-invariant keypoints" (2004), section 3. */
export const OCTAVES_MAX = 5;
export const OCTAVE_EDGE_MIN_PX = 12;
export const INTERVALS = 3;
export const BASE_SIGMA_PX = 1.6;
/** The blur that a photo is taken to have already. */
export const INPUT_SIGMA_PX = 0.5;
export const KERNEL_RADIUS_SIGMAS = 3;
export const GAUSSIANS = 6;
export const DIFFERENCES = 5;

/** |difference of Gaussians| in grey levels. */
export const CONTRAST_MIN = 0.8;
/** Largest ratio of the two principal curvatures. */
export const EDGE_RATIO_MAX = 10;
/** Pixels at the border of a level where no point is looked for. */
export const BORDER_PX = 2;
/** Photos have about 150, the wildest patterns below 1,000. */
export const CANDIDATES_MAX = 4096;

export const POINTS_MAX = 256;
/** Cells along each side of the grid that spreads the points over the photo. */
export const GRID_CELLS = 6;
export const CELL_POINTS_MAX = 16;
/** A point must lie this far inside its content box, in pixels of the grey picture. */
export const BOX_MARGIN_PX = 1;
export const BOXES_MAX = 4;

export const HISTOGRAM_BINS = 36;
export const HISTOGRAM_SMOOTHINGS = 2;
/** Both in sigmas of the point. */
export const ORIENTATION_SIGMAS = 1.5;
export const ORIENTATION_RADIUS_SIGMAS = 4.5;
/** A second direction counts when its peak reaches this share of the highest. */
export const PEAK_SHARE_MIN = 0.8;
export const ORIENTATIONS_MAX = 2;
export const FEATURES_MAX = 512;

/** Samples, cells along a side; directions of a cell. */
export const SAMPLES = 16;
export const CELLS = 4;
export const DIRECTIONS = 8;
export const SAMPLE_SPACING_SIGMAS = 0.75;
export const SAMPLES_A_CELL = 4;
export const DESCRIPTOR_SIGMA_SAMPLES = 8;
export const CODE_BITS = 128;
export const CODE_BYTES = 16;

/** Odd polynomial for atan on 0..1, error below 1e-5 turns: the coefficients of a, a^3 ... a^11. */
export const ATAN_1 = 0.99997726;
export const ATAN_3 = -0.33262347;
export const ATAN_5 = 0.19354346;
export const ATAN_7 = -0.11643287;
export const ATAN_9 = 0.05265332;
export const ATAN_11 = -0.0117212;
