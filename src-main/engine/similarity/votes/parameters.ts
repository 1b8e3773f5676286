/**
 * @file Parameters of the votes of local codes. The WASM source reads this file too, so it holds plain numbers only: whole
 * ones are i32 there, all others f64. Votes are whole numbers throughout: the order of adding can't change a sum, so an
 * index that grew photo by photo answers as one that was made at once, and WASM as plain TypeScript.
 */

/** Raised with every change of what is indexed or how votes are counted: an index or module made before is not used. */
export const VOTES_REVISION = 1;

/** Of each photo the first of its features, which are in order of use; the recipe's measure of recall against memory. */
export const INDEXED_FEATURES = 64;
/** All that most photos have. */
export const QUERY_FEATURES_MAX = 256;

/** Words: 256 branches with 256 words each. */
export const BRANCHES = 256;
export const WORDS_A_BRANCH = 256;
export const WORDS = 65_536;
/** Branches and words come in fours: a code, mirrored, negative, both. The bits of a word that tell which. */
export const VARIANT_SHIFT = 8;
export const VARIANTS = 4;
/** Branches that are searched for the word of an indexed code, and for those of a query. */
export const INDEX_BRANCHES = 2;
export const QUERY_BRANCHES_MAX = 3;
export const QUERY_WORDS_MAX = 4;

/** A posting's place: the photo's number, then turn and scale of the feature. */
export const NUMBER_BITS = 20;
export const PHOTOS_MAX = 1_048_576;
export const TURN_STEPS = 128;
export const TURN_SHIFT = 20;
export const SCALE_STEPS = 32;
export const SCALE_SHIFT = 27;
export const SCALE_STEPS_AN_OCTAVE = 4;
/** Along the longer side of the photo. */
export const PLACE_STEPS = 16;
/** The second half of a posting's code: 24 bits of it above x and y of 4 bits each. */
export const PLACE_BITS = 8;

/** A hit: at most so many of the 56 compared bits differ. It counts the less the more of them do. */
export const DISTANCE_MAX = 8;
export const DISTANCE_WORTHLESS = 28;
/** Fewer hits are chance. */
export const HITS_MIN = 2;
/** Hits of one variant of a query that are noted: the memory that a query may take. */
export const HITS_MAX = 262_144;
/** Photos with the most votes, whose hits are asked whether they agree on one map; and the hits of each. */
export const CHECKED_PHOTOS = 60;
export const CHECKED_HITS = 64;

/** Words weigh by how rare they are: this + ln(mean length of a list / its length), in sixteenths. */
export const WEIGHT_STEPS = 16;
export const WEIGHT_MEAN = 3;
export const WEIGHT_MIN = 5;
/** Longer lists are skipped, whatever the mean: 8 x the mean of the largest index. */
export const LIST_MAX = 8192;

/** Hits agree when turn, scale and place of one follow from the other's: steps of each. */
export const TURN_TOLERANCE = 8;
export const SCALE_TOLERANCE = 2;
export const PLACE_TOLERANCE = 2;
/** Bits behind the point of the numbers that turn and scale places. */
export const MAP_BITS = 10;

/** New photos are linked into lists of their own, until these are full; few enough to be searched, more to be built. */
export const FRESH_PHOTOS_SEARCHED = 4096;
export const FRESH_PHOTOS_MAX = 16_384;
export const FRESH_POSTINGS_MAX = 1_048_576;
