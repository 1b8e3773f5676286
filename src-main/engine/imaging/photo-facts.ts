/** @file What a photo's metadata tell beside time and camera. Plain data, stored as JSON. */

/** Only what was told is there. */
export interface PhotoFacts {
  lens?: string;
  /** The program that wrote the file, or the camera's own. */
  software?: string;
  /** Seconds. */
  exposure?: number;
  /** As the f-number: 2.8. */
  aperture?: number;
  iso?: number;
  focalLengthMm?: number;
  /** Where it was taken, in degrees; north and east are positive. */
  place?: { latitude: number; longitude: number };
  caption?: string;
  /** -1 rejected, 0 not rated, 1 to 5 stars. */
  rating?: number;
  keywords?: string[];
  /** When a program last changed it, ISO 8601, with the offset from UTC where it was written. */
  changedAt?: string;
}
