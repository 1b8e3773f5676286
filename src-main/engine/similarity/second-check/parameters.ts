/**
 * @file Parameters of the second check. The WASM sources read this file too, so it holds plain numbers only (arrays are not
 * used there): whole ones are i32 there, all others f64. Lengths in px are those of the common raster.
 */

/** Raised with every change of the loops: a module built before is not used. */
export const SECOND_CHECK_REVISION = 1;

export const MID_GREY = 128;

// Raster
export const RASTER_EDGE_MIN_PX = 16;
/** Resolutions that differ by less are one. */
export const RASTER_SCALE_TOLERANCE = 0.01;
export const COMMON_BLUR_SIGMA_PX = 0.8;
export const BLUR_RADIUS_SIGMAS = 2.5;

/** Places between two pixels that bicubic interpolation tells apart. */
export const CUBIC_PHASES = 512;

// Registration
/** Grey levels squared, added to the local variance. */
export const LOCAL_NOISE_VARIANCE = 16;
export const NORMALISE_RADIUS_HALF_PX = 4;
export const NORMALISE_RADIUS_FULL_PX = 6;
export const HALVED_EDGE_MIN_PX = 48;
/** Larger rasters are halved twice. */
export const TWICE_HALVED_EDGE_PX = 500;
export const SAMPLES_WANTED = 5000;
/** Samples keep this far off the rim. */
export const RIM_PX = 2;
export const HALF_ROUNDS = 5;
export const FULL_ROUNDS = 4;
export const PERSPECTIVE_ROUNDS = 4;
export const REFINEMENT_SAMPLES_MIN = 80;
export const MAD_TO_SIGMA = 1.4826;
export const TUKEY_SIGMAS = 2.5;
/** In units of local deviation. */
export const RESIDUAL_SIGMA_MIN = 0.08;
export const DAMPING_SHARE = 0.001;
export const PERSPECTIVE_DAMPING_SHARE = 0.02;
export const STEP_MAX_PX = 12;
export const STEP_MIN_PX = 0.01;
/** No corner may move further than this part of B's longer side. */
export const CORNER_MOVE_SHARE_MAX = 0.12;

// Overlap
/** Of both frames, cut off all around; B's has to hold the neighbours that bicubic interpolation reads. */
export const FRAME_CUT_PX = 3;
/** Fewer compared pixels say nothing. */
export const COMPARED_PIXELS_MIN = 600;

// Tones
export const TONE_LEVELS = 24;
export const TONE_LEVEL_PIXELS_MIN = 12;
export const TONE_SAMPLES_WANTED = 5000;
/** Grey levels; one a round. */
export const TONE_FIELD_LIMITS: readonly number[] = [45, 20];
export const COLOUR_KNOTS = 7;
export const COLOUR_LIMITS: readonly number[] = [40, 24, 16];
export const COLOUR_SMOOTHNESS = 2;
export const FIELD_LIMIT_WIDENING = 1.5;
export const FIELD_DAMPING = 3;
export const GAIN_MIN = 0.3;
export const BLUR_SIGMAS_PX: readonly number[] = [0.5, 0.8, 1.2, 1.7, 2.4, 3.4];
/** Part of the misfit that a blur has to take away. */
export const BLUR_GAIN_MIN = 0.015;
export const BLUR_GIVE_UP_SIGMA_PX = 0.9;
/** Ratio of both sides' detail, as a natural logarithm. */
export const SHARPNESS_LOG_MIN = 0.08;

/** Part by which a curve must lessen the misfit, or median difference of Cb and Cr, for tones to have changed. */
export const TONE_GAIN_MIN = 0.1;
export const CHROMA_DIFFERENCE_MAX = 3;

// Blocks
export const BLOCK_COVER_MIN = 0.6;
export const CORRELATION_NOISE_VARIANCE = 4;
/** Blocks around a block whose means say what light does there. */
export const NEIGHBOURHOOD_BLOCKS = 2;
/** Grey levels of deviation that contrast is brought to, within these factors. */
export const CONTRAST_DEVIATION = 50;
export const CONTRAST_MIN = 0.6;
export const CONTRAST_MAX = 2;
/** Grey levels squared. */
export const FLAT_VARIANCE = 16;
export const NOISE_FLOOR_MIN = 6;
export const NOISE_FLOOR_TIMES = 3;
export const NOISE_FLOOR_PERCENTILE = 0.4;
export const NOISE_FLOOR_PERCENTILE_ALL = 0.25;
export const NOISE_FLOOR_BLOCKS_MIN = 6;
/** Part of a block's variance that may differ. */
export const TEXTURE_SHARE = 0.15;
/** Blocks above this variance have texture; fewer say nothing of what is left everywhere. */
export const TEXTURED_VARIANCE = 50;
export const TEXTURED_BLOCKS_MIN = 20;
/** What a block may be off by beyond 1: this many times the median and the third quartile of textured blocks, at most. */
export const EXCESS_MEDIAN_TIMES = 10;
export const EXCESS_QUARTILE_TIMES = 6;
export const EXCESS_ALLOWED_MAX = 2;
export const FILL_VARIANCE_MAX = 10;
export const FILL_SHARE = 0.7;
export const RIM_FILL_SHARE = 0.5;
export const FILL_TONE_SPREAD_MAX = 12;
/** Smaller pieces wholly on the rim are dropped. */
export const PIECE_BLOCKS_MIN = 3;

// Tiles of collages without gaps
/** Only looked for when the other picture shows this much or less of what it is by the common part. */
export const TILE_OVERLAP_MAX = 0.7;
export const TILE_DIFFERENCE_WEIGHT = 3;
export const TILE_SHARE_MIN = 0.4;
export const TILE_OUTSIDE_SHARE_MIN = 0.03;
export const TILE_OUTSIDE_DIFFERING_SHARE = 0.6;

// Looks
/** Difference over two pixels along x, added to that along y, grey levels. */
export const FLAT_GRADIENT_MAX = 4;
export const COMMONEST_COLOURS = 3;
export const LOOK_PIXELS_MIN = 30;
/** Every how many pixels all of the picture is looked at. */
export const COMMON_LOOK_STEP_PX = 2;
/** Undiffering blocks this near a differing one are its ground. */
export const GROUND_BLOCKS = 2;

// Displacement
export const DISPLACEMENT_BLOCK_CELLS = 4;
export const DISPLACEMENT_STEP_CELLS = 3;
export const DISPLACEMENT_COVER_MIN = 0.78;
export const DISPLACEMENT_CORRELATION_MIN = 0.55;
export const DISPLACEMENT_EIGENVALUE_MIN = 2.5;
export const DISPLACEMENT_MAX_PX = 6;

// Frames
export const POKE_MIN_PX = 1.6;
/** Further out than a hand moves between two frames, if all else lies still: cut in another way, or a collage's tile. */
export const POKE_FAR_PX = 12;
export const FAR_COHERENCE_MAX_PX = 0.15;
export const OUTSIDE_MIN_PX = 1.5;
export const OUTSIDE_PIXELS_MIN = 20;
export const FILL_LEVELS = 16;
export const FILL_PIXEL_SHARE = 0.8;

// Colours
export const CHROMA_STEP_PX = 4;
/** Below it a pixel is neutral; above COLOURED_MIN its hue counts. */
export const NEUTRAL_CHROMA_MAX = 7;
export const COLOURED_MIN = 10;
export const CHROMA_TURNED_MIN = 6;
export const NEUTRAL_PIXELS_MIN = 10;
export const NEUTRAL_SHARE_MIN = 0.03;
/** 40 degrees. */
export const HUE_COSINE_MAX = 0.766;
/** Editors turn all hues by a little, and some colours of a photo come out further: a thing of another colour has most. */
export const HUE_TURNED_SHARE_MIN = 0.5;
/** Of one less the share of chroma that lies in one direction, the smaller of both sides by the larger. */
export const HUE_VARIETY_KEPT_MIN = 0.3;
export const CHROMA_KEPT_MIN = 0.45;
export const ONE_HUE_MIN = 0.93;
/** What no tone model follows when hues turn; a picture that differs in more of its blocks is another one. */
export const RECOLOURED_DIFFERING_MAX = 0.25;

// Decision
export const COHERENCE_MAX_PX = 0.22;
export const DISPLACEMENT_80_MAX_PX = 0.6;
/** Differing blocks that photographic ground may have, and pages may not. */
export const STRAY_BLOCKS_MAX = 1;
/** Shares of flat pixels: of ground on which a single block counts, and of ground that only pages have. */
export const PAGE_FLAT_SHARE = 0.45;
export const SURE_PAGE_FLAT_SHARE = 0.6;
/** Above the first, something was added or edited; below the second, it is another picture. */
export const COPY_CHANCE_MIN = 0.6;
export const OTHER_CHANCE_MAX = 0.35;
export const SURE_LAYOUT_CHANCE = 0.9;
export const REGIONS_MAX = 12;

// Edits
/** Grey levels by which the mean may differ, and factor by which contrast may, in a copy that is only coded anew. */
export const BRIGHTNESS_CHANGE_MIN = 6;
export const CONTRAST_CHANGE_MIN = 1.12;
/** Mean chroma below which a picture is grey, and from which on it is coloured. */
export const GREY_CHROMA_MAX = 1.5;
export const COLOURFUL_CHROMA_MIN = 4;
export const CHROMA_CHANGE_MIN = 1.3;
/** Distance of the mean colours, in units of Cb and Cr. */
export const CAST_MIN = 5;
/** Part of the picture above which a content box is all of it. */
export const SURROUNDED_SHARE_MAX = 0.93;
/** Of the longer side: how far the other picture's frame may reach out of the box that holds it. */
export const SURROUNDED_SLACK = 0.04;
export const SURROUNDINGS_PLAIN_SHARE = 0.93;
/** Another box of more than this part of the one that holds the picture is another photo. */
export const COLLAGE_TILE_SHARE_MIN = 0.4;
