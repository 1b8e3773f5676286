/**
 * @file Parameters of verification. The WASM source reads this file too, so it holds plain numbers only: whole ones are
 * i32 there, all others f64. Lengths in px are those of the grey pictures that local features are measured in (256 px).
 */

/** Raised with every change of how codes are matched: a module built before is not used. */
export const MATCHING_REVISION = 1;
/** Bits of 128 in which a code may differ from the one it is matched with. */
export const DISTANCE_MAX = 40;
/** Its distance as a part of that of the next best code at another place (D. Lowe 2004, section 7.1). */
export const RATIO_MAX = 0.85;
/** Codes within this distance (sum of both axes) are of one place. */
export const SAME_PLACE_PX = 4;

/** Where a match may lie from where the map puts it: part of the longer side, and least. */
export const PLACE_TOLERANCE_SHARE = 0.025;
export const PLACE_TOLERANCE_MIN_PX = 3;
/** A single match gives a rough map: its tolerance is this many times as wide. */
export const HYPOTHESIS_WIDENING = 1.6;
/** Turn in radians, scale as a natural logarithm. */
export const HYPOTHESIS_TURN_MAX = 0.5;
export const HYPOTHESIS_LOG_SCALE_MAX = 0.6;
export const FIT_TURN_MAX = 0.6;
export const FIT_LOG_SCALE_MAX = 0.7;

export const FIT_ROUNDS = 4;
/** The first rounds fit a similarity (4 numbers), the others an affine map (6) if there are matches enough. */
export const SIMILARITY_ROUNDS = 2;
export const FIT_MATCHES_MIN = 3;
export const AFFINE_MATCHES_MIN = 8;
/** Points on a line say nothing about what happens across it: determinant as a part of the product of variances. */
export const SPREAD_MIN = 0.02;
/** Least sum of squared distances to the centre, px squared. */
export const SPREAD_SQUARES_MIN = 1e-6;
/** No copy is stretched or slanted more: ratio of the images of both axes, and sine of the angle between them. */
export const STRETCH_MAX = 2;
export const AXES_SINE_MIN = 0.6;
/** Inliers count once in a cell of this size. */
export const INLIER_CELL_PX = 3;

/** Fewer inliers are chance. */
export const INLIERS_MIN = 4;
/**
 * A variant this good ends the search. The share of all features is needed: of a scene that is nearly symmetric, the
 * mirrored copy matches a little unmirrored too.
 */
export const INLIERS_SURE = 12;
export const INLIER_SHARE_SURE = 0.25;
export const GOOD_SURE = 0.5;

/** Luma of ITU-R BT.601 in parts of 65,536. */
export const RED_PARTS = 19_595;
export const GREEN_PARTS = 38_470;
export const BLUE_PARTS = 7_471;

/** Longest sides of the levels of the grey pyramid: 128, 64, 32, 16 px. */
export const PYRAMID_EDGE_PX = 128;
export const PYRAMID_LEVELS = 4;
/** The level whose pixels are the samples: 64 px. */
export const SAMPLED_LEVEL = 1;
/** The other photo's level may be coarser than the samples by this factor. */
export const COARSER_MAX = 1.3;
export const BLOCK_EDGE = 8;
export const BLOCK_SAMPLES_MIN = 20;
export const SAMPLES_MIN = 60;
/** Grey levels squared. Blocks that are flat in both photos say nothing. */
export const BLOCK_VARIANCE_MIN = 12;
/** Added to variances, so that noise on a flat block is no disagreement. */
export const NOISE_VARIANCE = 6;
/** Correlation from which a block is good. */
export const BLOCK_CORRELATION_MIN = 0.55;
/** A block weighs as its contrast in grey levels, up to this. */
export const BLOCK_WEIGHT_MAX = 20;
